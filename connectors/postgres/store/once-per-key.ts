// One statement may write a row only once.

/** The last item of each key, in the order in which the keys came first. */
export function lastOfEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Splits so that no round has a key twice and the items of a key stay in order; one round unless keys repeat. */
export function roundsByKey<T>(items: readonly T[], keyOf: (item: T) => string): readonly (readonly T[])[] {
  const rounds: T[][] = [];
  const reached = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    const round = reached.get(key) ?? 0;
    reached.set(key, round + 1);
    (rounds[round] ??= []).push(item);
  }
  return rounds;
}
