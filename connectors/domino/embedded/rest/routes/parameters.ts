import * as z from 'zod';
import { RICH_TEXT_FORMS } from '../rich-text/rich-text-json.ts';

/** Shapes of query parameters. What a specification does not name is ignored, as the server does. */
export const flag = (otherwise: boolean) =>
  z
    .enum(['true', 'false'])
    .default(otherwise ? 'true' : 'false')
    .transform((text) => text === 'true');

export const whole = (least: number) =>
  z
    .string()
    .regex(/^-?\d{1,10}$/u, 'a whole number is needed')
    .transform(Number)
    .refine((number) => number >= least, `at least ${least}`);

export const richTextAs = z
  .enum(RICH_TEXT_FORMS)
  .optional()
  .transform((form) => form ?? null);

export const mode = z.string().default('default');

/** One or several values of one name. */
export const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((given) => (given === undefined ? [] : [given].flat()));

/** Comma-separated names; null when not given. */
export const names = z
  .string()
  .optional()
  .transform((text) => text?.split(',').map((name) => name.trim()) ?? null);

export const documentBody = z.record(z.string(), z.unknown());
