import { SingleBar } from 'cli-progress';
import type { Progress } from '../operations/operation.ts';

export interface ProgressDisplay {
  show(step: Progress): void;
  /** Leaves the terminal as it was; before anything else is printed. */
  close(): void;
}

/** A moving bar for a terminal. */
export function createProgressBar(stream: NodeJS.WriteStream): ProgressDisplay {
  let bar: SingleBar | null = null;
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
          step.estimated === null ? '{phase}  {value}' : '{phase}  {bar}  {value}/{total}  {percentage}%';
        bar = new SingleBar({
          stream,
          format,
          barsize: 30,
          barCompleteChar: '█',
          barIncompleteChar: '░',
          clearOnComplete: false,
          hideCursor: true,
        });
        bar.start(total, step.done, { phase });
        return;
      }
      bar.setTotal(total);
      bar.update(step.done, { phase });
    },
    close,
  };
}

/** Plain lines for a log: a phase's first step, then about ten more, or every thousand where nobody knows how many there will be. */
export function createProgressLines(write: (line: string) => void): ProgressDisplay {
  let phase: string | null = null;
  let next = 0;
  return {
    show({ phase: current, done, estimated }) {
      const isNewPhase = current !== phase;
      const isLast = estimated !== null && done >= estimated;
      if (!isNewPhase && done < next && !isLast) return;
      if (!isNewPhase && next === Infinity) return;
      const stride = estimated === null ? 1000 : Math.max(1, Math.ceil(estimated / 10));
      phase = current;
      next = isLast ? Infinity : (Math.floor(done / stride) + 1) * stride;
      write(`${current}: ${done}${estimated === null ? '' : ` of ${estimated}`}\n`);
    },
    close() {},
  };
}
