import { verify } from '../operations/verify.ts';
import type { Counts } from './counting.ts';
import type { Bench } from './open-bench.ts';

export interface Measured<T> {
  readonly value: T;
  readonly seconds: number;
  /** Processor time of this process, embedded Domino included; tells more than seconds where a machine is shared. */
  readonly cpuSeconds: number;
  readonly counts: Counts;
}

/** How long `work` takes and what it sends. */
export async function measure<T>(bench: Bench, work: () => Promise<T>): Promise<Measured<T>> {
  bench.phases.restart();
  const before = bench.counter.now();
  const cpu = process.cpuUsage();
  const started = performance.now();
  const value = await work();
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { value, seconds, cpuSeconds: (user + system) / 1e6, counts: bench.counter.since(before) };
}

/** A rate counts only when the comparison after the run finds both sides equal. Returns how many documents were compared. */
export async function requireEqual(bench: Bench): Promise<number> {
  const { compared, differences } = await verify(bench.bridge).run({}, bench.context);
  if (differences.length > 0)
    throw new Error(
      `The sides are not equal (${differences.length} differences, the first ${JSON.stringify(differences[0])}): the rate does not count`,
    );
  return compared;
}

/** `label     1000 things in 2.0 s = 500/s; …` */
export function rateLine(label: string, amount: number, what: string, measured: Measured<unknown>): string {
  const { seconds, cpuSeconds, counts } = measured;
  const per = (count: number) => (amount === 0 ? '–' : (count / amount).toFixed(2));
  return (
    `${label.padEnd(10)}${amount} ${what} in ${seconds.toFixed(1)} s = ${(amount / seconds).toFixed(0)}/s; each ` +
    `${per(cpuSeconds * 1000)} ms of this process's CPU, ${per(counts.calls)} calls to Domino, ${per(counts.sql)} SQL statements`
  );
}

/** Greatest resident memory of this process so far, embedded Domino included. */
export function memoryLine(): string {
  return `memory    at most ${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB resident`;
}
