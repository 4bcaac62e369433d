/** Every chunk of a blob but the last one is as long as this: a place in the blob tells its chunk. */
export const CHUNK_BYTES = 256 * 1024;
