const CAUSES = 5;

/** What may be logged of an error: where it came from, not its message, which may quote values. */
export function discreetError(error: unknown, depth: unknown = 0): object {
  const level = typeof depth === 'number' ? depth : 0;
  if (!(error instanceof Error)) return { type: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name,
    code: 'code' in error ? error.code : undefined,
    stack: frames.map((frame) => frame.trim()),
    ...(error.cause === undefined || level === CAUSES
      ? {}
      : { cause: discreetError(error.cause, level + 1) }),
  };
}
