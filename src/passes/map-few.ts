/** Results in the order of the items, with at most `few` of them worked on at once. After a failure nothing new is begun, and what runs is waited for. */
export async function mapFew<T, R>(
  few: number,
  items: readonly T[],
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = Array.from({ length: items.length });
  const failures: unknown[] = [];
  let next = 0;
  const lane = async () => {
    while (next < items.length && failures.length === 0) {
      const place = next++;
      try {
        results[place] = await work(items[place] as T);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(few, items.length) }, lane));
  if (failures.length > 0) throw failures[0];
  return results;
}
