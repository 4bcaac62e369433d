import { z } from 'zod';
import { UNID_PATTERN } from '../../sync/note.ts';

/** File path below Domino's data folder, for example `dangvien.nsf`; on another server than the home server `CN=Huyen/O=Tinh uy!!dangvien.nsf`. */
export const databaseName = z
  .string()
  .regex(/\.nsf$/iu, { error: 'the name of a Notes database ends with .nsf' });

export const noteUnid = z
  .string()
  .regex(UNID_PATTERN, { error: 'a UNID is 32 upper-case hexadecimal digits' });

/** Whose edit it is: a Notes name; the server's own where it is missing. */
export const asUser = z.string().min(1).optional();

const itemSchema = z.strictObject({
  type: z.enum(['text', 'number', 'datetime']),
  values: z.array(z.union([z.string(), z.number()])),
  list: z.boolean().optional(),
  names: z.boolean().optional(),
  readers: z.boolean().optional(),
  authors: z.boolean().optional(),
  nonsummary: z.boolean().optional(),
});

/** By item name. */
export const itemsSchema = z.record(z.string().min(1), itemSchema);
