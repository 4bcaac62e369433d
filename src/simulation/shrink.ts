/**
 * The smallest list that still fails, by taking out ever smaller parts (delta debugging). `fails` is asked at most `most` times.
 */
export async function shrink<T>(
  items: readonly T[],
  fails: (part: readonly T[]) => Promise<boolean>,
  most = 400,
): Promise<readonly T[]> {
  let current = items;
  let asked = 0;
  for (let size = Math.ceil(current.length / 2); size >= 1 && asked < most; ) {
    let shrunk = false;
    for (let from = 0; from < current.length && asked < most; ) {
      const part = [...current.slice(0, from), ...current.slice(from + size)];
      asked += 1;
      if (part.length < current.length && (await fails(part))) {
        current = part;
        shrunk = true;
      } else from += size;
    }
    if (!shrunk || size === 1) size = size === 1 && shrunk ? 1 : Math.floor(size / 2);
  }
  return current;
}
