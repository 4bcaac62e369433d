import { z } from 'zod';

/** Text that PostgreSQL can hold: no NUL, no half of a surrogate pair. `maxLength` in UTF-16 units. */
export function text(maxLength: number, minLength = 1) {
  return z
    .string()
    .min(minLength)
    .max(maxLength)
    .refine(
      (value) => value.isWellFormed() && !value.includes('\u0000'),
      'Holds characters that are not text',
    );
}

/** Page size in a query. */
export function limit(max: number, usual: number) {
  return z.coerce.number<string>().int().min(1).max(max).default(usual).describe(`1 to ${max}`);
}

/** A number that JSON carries without loss. */
export const exactNumber = z
  .number()
  .min(Number.MIN_SAFE_INTEGER)
  .max(Number.MAX_SAFE_INTEGER)
  .describe('Within ±(2^53−1)');
