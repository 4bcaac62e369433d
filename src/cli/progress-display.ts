import { SingleBar } from 'cli-progress';
import type { Progress } from '../operations/operation.ts';
import { paceOf } from './pace.ts';

export interface ProgressDisplay {
  show(step: Progress): void;
  /** Leaves the terminal as it was; before anything else is printed. */
  close(): void;
}

/** A moving bar for a terminal. */
export function createProgressBar(stream: NodeJS.WriteStream): ProgressDisplay {
  let bar: SingleBar | null = null;
  let started = { done: 0, ms: 0 };
  let phase = '';
  const close = () => {
    bar?.stop();
    bar = null;
  };
  return {
    show(step) {
      if (step.phase !== phase) close();
      phase = step.phase;
      const total = step.estimated ?? step.done;
      if (bar === null) {
        const format =
          step.estimated === null
            ? '{phase}  {value}  {pace}'
            : '{phase}  {bar}  {value}/{total}  {percentage}%  {pace}';
        bar = new SingleBar({
          stream,
          format,
          barsize: 30,
          barCompleteChar: '█',
          barIncompleteChar: '░',
          clearOnComplete: false,
          hideCursor: true,
        });
        started = { done: step.done, ms: performance.now() };
        bar.start(total, step.done, { phase, pace: '' });
        return;
      }
      bar.setTotal(total);
      const now = { done: step.done, ms: performance.now() };
      bar.update(step.done, { phase, pace: paceOf(started, now, step.estimated) });
    },
    close,
  };
}

/** Plain lines for a log: a phase's first step, then about ten more, or every thousand where nobody knows how many there will be. */
export function createProgressLines(
  write: (line: string) => void,
  now: () => number = () => performance.now(),
): ProgressDisplay {
  let started = { done: 0, ms: 0 };
  let phase: string | null = null;
  let next = 0;
  return {
    show({ phase: current, done, estimated }) {
      const isNewPhase = current !== phase;
      const isLast = estimated !== null && done >= estimated;
      if (!isNewPhase && done < next && !isLast) return;
      if (!isNewPhase && next === Infinity) return;
      const stride = estimated === null ? 1000 : Math.max(1, Math.ceil(estimated / 10));
      if (isNewPhase) started = { done, ms: now() };
      phase = current;
      next = isLast ? Infinity : (Math.floor(done / stride) + 1) * stride;
      const pace = paceOf(started, { done, ms: now() }, estimated);
      write(
        `${current}: ${done}${estimated === null ? '' : ` of ${estimated}`}${pace === '' ? '' : `, ${pace}`}\n`,
      );
    },
    close() {},
  };
}
