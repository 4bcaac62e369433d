/** [QU3] What is to be written cannot be expressed in Notes; nothing was sent. */
export class UnwritableError extends Error {
  override readonly name = 'UnwritableError';
}
