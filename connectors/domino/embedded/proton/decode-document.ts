import * as z from 'zod';
import type { ItemFlags, StoredItem } from '../stored-note.ts';
import { badRequest } from './domino-db-error.ts';
import { parseDateTimes } from './parse-date-time.ts';
import type { ProtonQuirks } from './quirks.ts';

export interface DocumentFormat {
  readonly duplicateItems: boolean;
  readonly arrayShorthand: ProtonQuirks['arrayShorthand'];
}

const flags = {
  names: z.boolean().optional(),
  readers: z.boolean().optional(),
  authors: z.boolean().optional(),
  nonsummary: z.boolean().optional(),
};

const oneOrMany = <T extends z.ZodType>(value: T) => z.union([value, z.array(value)]);

const canonicalItem = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), data: oneOrMany(z.string()), ...flags }),
  z.strictObject({ type: z.literal('number'), data: oneOrMany(z.number()), ...flags }),
  z.strictObject({ type: z.literal('datetime'), data: oneOrMany(z.string()), ...flags }),
]);

/**
 * The items of a document object. System properties (`@unid`, …) are ignored, whatever they say. Throws ERR_BAD_REQUEST for a value that
 * cannot be converted: the package refuses it before anything is sent.
 */
export function decodeDocument(
  document: Readonly<Record<string, unknown>>,
  format: DocumentFormat,
): StoredItem[] {
  return Object.entries(document)
    .filter(([name]) => !name.startsWith('@'))
    .flatMap(([name, value]) => {
      if (!format.duplicateItems) return [decodeItem(name, value, format)];
      const repeated = Array.isArray(value) ? (value as unknown[]) : [value];
      return repeated.map((one) => decodeCanonical(name, one));
    });
}

const IN_SUMMARY: ItemFlags = { summary: true };

function decodeItem(name: string, value: unknown, format: DocumentFormat): StoredItem {
  // Most items by far are these two; what they may not be (NaN, …) is said below.
  if (typeof value === 'string') {
    return { name, flags: IN_SUMMARY, value: { type: 'text', values: [value.toWellFormed()], list: false } };
  }
  if (typeof value === 'number' && Number.isFinite(value)) {
    return { name, flags: IN_SUMMARY, value: { type: 'number', values: [value], list: false } };
  }
  if (typeof value === 'number') return decodeCanonical(name, { type: 'number', data: value });
  if (Array.isArray(value) && format.arrayShorthand === 'accept' && value.length > 0) {
    return decodeCanonical(name, { type: typeof value[0] === 'number' ? 'number' : 'text', data: value });
  }
  return decodeCanonical(name, value);
}

function decodeCanonical(name: string, value: unknown): StoredItem {
  const parsed = canonicalItem.safeParse(value);
  if (!parsed.success) {
    throw badRequest(`Cannot convert document. Unknown item type or property in item "${name}"`);
  }
  const item = parsed.data;
  const list = Array.isArray(item.data);
  const common = { name, flags: flagsOf(item) };
  switch (item.type) {
    case 'text':
      // What travels is UTF-8, which has no half surrogates.
      return {
        ...common,
        value: { type: 'text', values: asList(item.data).map((text) => text.toWellFormed()), list },
      };
    case 'number':
      return { ...common, value: { type: 'number', values: asList(item.data), list } };
    case 'datetime':
      return {
        ...common,
        value: { type: 'datetime', values: parseDateTimes(name, asList(item.data)), ranges: [], list },
      };
  }
}

function flagsOf(item: z.infer<typeof canonicalItem>): ItemFlags {
  const names = item.names === true || item.readers === true || item.authors === true;
  return {
    ...(item.nonsummary === true ? {} : { summary: true }),
    ...(names ? { names: true } : {}),
    ...(item.readers === true ? { readers: true } : {}),
    ...(item.authors === true ? { authors: true } : {}),
  };
}

function asList<T>(data: T | T[]): T[] {
  return Array.isArray(data) ? data : [data];
}
