import { z } from 'zod';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { readAnswer } from '../operation-request.ts';
import { renderResult } from '../render-result.ts';

const done = z.looseObject({ done: z.boolean() });

/** For operations that answer `{done, …}`: what destroys, or changes many notes, is first shown; `--yes` does it. */
export const CAREFULLY = {
  show: (result: unknown): string =>
    readAnswer(done, result).done
      ? renderResult(result)
      : `${renderResult(result)}\nNothing was changed. Do it with --yes.\n`,
  exitOf: (result: unknown): ExitCode => (readAnswer(done, result).done ? EXIT.ok : EXIT.needsApproval),
};

export const CAREFUL_EXITS = { 3: 'nothing was changed; --yes does it' };
