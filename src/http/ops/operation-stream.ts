import { PassThrough, type Readable } from 'node:stream';
import { type Operation, OperationError, type Progress } from '../../operations/operation.ts';

export interface StreamedRun {
  readonly by: string;
  readonly signal: AbortSignal;
  /** What became of an error that is no `OperationError`: it goes to the log, not to the client. */
  readonly onDefect: (error: unknown) => void;
}

/**
 * Runs an operation; its progress and its outcome as lines of JSON: `{"progress":…}`…, then one `{"result":…}` or `{"error":{code,message,details}}`.
 * While the reader is slow only the newest progress is kept.
 */
export function streamOperation(operation: Operation, args: unknown, run: StreamedRun): Readable {
  const lines = new PassThrough();
  let waiting: Progress | null = null;
  lines.on('drain', () => {
    if (waiting !== null) lines.write(line({ progress: waiting }));
    waiting = null;
  });
  const progress = (step: Progress): void => {
    if (lines.writableEnded || lines.destroyed) return;
    if (lines.writableNeedDrain) waiting = step;
    else lines.write(line({ progress: step }));
  };
  void outcome(operation, args, { ...run, progress }).then((last) => {
    if (lines.destroyed) return;
    if (waiting !== null) lines.write(line({ progress: waiting }));
    waiting = null;
    lines.end(last);
  });
  return lines;
}

async function outcome(
  operation: Operation,
  args: unknown,
  run: StreamedRun & { progress(step: Progress): void },
): Promise<string> {
  try {
    return line({ result: (await operation.run(args, run)) ?? null });
  } catch (error) {
    if (error instanceof OperationError) {
      return line({ error: { code: error.code, message: error.message, details: error.details } });
    }
    if (run.signal.aborted) {
      return line({
        error: { code: 'unavailable', message: 'The server is stopping; repeat this later.', details: {} },
      });
    }
    run.onDefect(error);
    const message =
      'Something failed in the server. Its log has the request id of this answer (x-request-id).';
    return line({ error: { code: 'internal', message, details: {} } });
  }
}

function line(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
