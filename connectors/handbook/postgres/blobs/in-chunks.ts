/** The same bytes in chunks of `size`, the last one shorter; no empty chunk. */
export async function* inChunks(content: AsyncIterable<Uint8Array>, size: number): AsyncIterable<Buffer> {
  let collected: Uint8Array[] = [];
  let length = 0;
  for await (const bytes of content) {
    let from = 0;
    while (length + bytes.length - from >= size) {
      const to = from + size - length;
      yield Buffer.concat([...collected, bytes.subarray(from, to)]);
      collected = [];
      length = 0;
      from = to;
    }
    if (from < bytes.length) {
      // A copy: the sender may use its buffer again.
      collected.push(Uint8Array.from(bytes.subarray(from)));
      length += bytes.length - from;
    }
  }
  if (length > 0) yield Buffer.concat(collected);
}
