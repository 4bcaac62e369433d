/** Under this the rate is chance. */
const TELLING_MS = 1_000;

/** How fast a phase goes. `started` is what was done when it began; times are milliseconds of one clock. Empty while nobody can tell. */
export function paceOf(
  started: { readonly done: number; readonly ms: number },
  now: { readonly done: number; readonly ms: number },
  estimated: number | null,
): string {
  const ms = now.ms - started.ms;
  const done = now.done - started.done;
  if (ms < TELLING_MS || done <= 0) return '';
  const perSecond = (done / ms) * 1000;
  const rate = `${perSecond >= 10 ? Math.round(perSecond) : Number(perSecond.toPrecision(2))}/s`;
  if (estimated === null || now.done >= estimated) return rate;
  return `${rate}, about ${timeInWords((estimated - now.done) / perSecond)} left`;
}

function timeInWords(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
