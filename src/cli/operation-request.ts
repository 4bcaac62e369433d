import { z } from 'zod';
import { OperationError } from '../operations/operation.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';

/** What one command asks of the bridge, and what its answer means. */
export interface OperationRequest {
  readonly operation: string;
  /** Members that are undefined are left out. */
  readonly args: Readonly<Record<string, unknown>>;
  /** Text for people; `renderResult` where it is missing. */
  readonly show?: (result: unknown) => string;
  /** Exit code of a result; 0 where it is missing. */
  readonly exitOf?: (result: unknown) => ExitCode;
}

/** Without the members that are undefined. */
export function present(args: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== undefined));
}

/** Checks the members of a result that the command line relies on. Throws `OperationError` `unavailable`. */
export function readAnswer<T>(schema: z.ZodType<T>, result: unknown): T {
  const parsed = schema.safeParse(result);
  if (parsed.success) return parsed.data;
  const where = parsed.error.issues.map((issue) => issue.path.join('.') || 'the whole answer').join(', ');
  throw new OperationError(
    'unavailable',
    `Cannot read the bridge's answer (${where}). Use the command line of the server's own version.`,
  );
}

export const checkAnswer = z.looseObject({ ok: z.boolean() });

/** For operations that answer `{ok, …}`: `code` when it is not. */
export function exitUnlessOk(code: ExitCode): (result: unknown) => ExitCode {
  return (result) => (readAnswer(checkAnswer, result).ok ? EXIT.ok : code);
}
