/**
 * The same values in the same order, with the next one already asked for while the caller works on this one: two are held at most. When
 * the caller stops early, what was asked for is waited for and its outcome dropped.
 */
export async function* readAhead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = started(source);
  try {
    for (;;) {
      const step = await next;
      if (step.done === true) return;
      next = started(source);
      yield step.value;
    }
  } finally {
    await next.catch(() => undefined);
    await source.return(undefined);
  }
}

function started<T>(source: AsyncGenerator<T>): Promise<IteratorResult<T, unknown>> {
  const step = source.next();
  // Its failure is told when its turn comes; until then nobody listens.
  step.catch(() => undefined);
  return step;
}
