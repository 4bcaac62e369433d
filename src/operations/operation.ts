import type { z } from 'zod';

/**
 * Something an operator can ask of the bridge. One definition serves the command line (in-process) and the operations API (through the
 * running server), so both do exactly the same.
 */
export interface Operation<A = unknown, R = unknown> {
  /** kebab-case; the path segment in the API. */
  readonly name: string;
  /** One sentence for the OpenAPI page. */
  readonly summary: string;
  /** Least role that may call it. */
  readonly role: 'auditor' | 'releaser' | 'operator';
  readonly args: z.ZodType<A>;
  run(args: A, context: OperationContext): Promise<R>;
}

export interface OperationContext {
  /** Account name of the person who asked; journalled with what they decide. */
  readonly by: string;
  readonly signal: AbortSignal;
  progress(step: Progress): void;
}

export interface Progress {
  readonly phase: string;
  readonly done: number;
  /** Null while nobody can know. */
  readonly estimated: number | null;
}

/**
 * A request that cannot be carried out and why; the message says what to do.
 * `refused`: a rule forbids it now. `needs-approval`: a person must accept a preview first (`previewId`).
 */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly code: 'bad-request' | 'not-found' | 'refused' | 'needs-approval' | 'unavailable' | 'busy';
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: OperationError['code'],
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.code = code;
    this.details = details;
  }
}
