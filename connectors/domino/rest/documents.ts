import { z } from 'zod';
import type { Token, Unid } from '../../../src/sync/note.ts';
import { canonicalInstant } from '../wire/stamps.ts';

export type DocumentJson = Readonly<Record<string, unknown>>;

export const documentSchema = z.record(z.string(), z.unknown());

const unidSchema = z
  .string()
  .regex(/^[0-9A-Fa-f]{32}$/)
  .transform((text) => text.toUpperCase());

export const parseUnid = (value: unknown): Unid | null => unidSchema.safeParse(value).data ?? null;

export interface DocumentMeta {
  readonly unid: Unid;
  readonly created: string;
  /** When it came into this file in its present state, where the server says that; else when it was saved. */
  readonly modified: string;
  readonly token: Token;
}

const keys = {
  unid: unidSchema,
  created: z.string(),
  lastmodified: z.string(),
  lastmodifiedinfile: z.string().optional(),
  revision: z.string().min(1).optional(),
  etag: z.string().min(1).optional(),
};
const nested = z.looseObject(keys);

/**
 * What a document says of itself: under `@meta` (servers since 2023), as flat `@unid`, `@etag`, … (the specification's examples of 2022), or
 * bare (`docmeta`). Null when stamps or any token are missing. A `revision` is opaque here: 24 hex digits, whatever the specification says.
 */
export function metaOf(document: DocumentJson): DocumentMeta | null {
  const parsed = nested.safeParse(document['@meta'] ?? flat(document));
  if (!parsed.success) return null;
  const { unid, created, lastmodified, lastmodifiedinfile, revision, etag } = parsed.data;
  const createdAt = canonicalInstant(created);
  // A replicated note keeps the stamp of its save elsewhere; slices go by its arrival here.
  const modified = canonicalInstant(lastmodifiedinfile ?? lastmodified);
  const token: Token | null =
    revision !== undefined
      ? { kind: 'oid', value: revision.toUpperCase() }
      : etag !== undefined
        ? { kind: 'etag', value: etag }
        : null;
  if (createdAt === null || modified === null || token === null) return null;
  return { unid, created: createdAt, modified, token };
}

function flat(document: DocumentJson): Record<string, unknown> {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, document[`@${key}`] ?? document[key]]));
}

/** The value under a name; answers of older servers differ in case (`form`). */
export function valueOf(document: DocumentJson, name: string): unknown {
  if (Object.hasOwn(document, name)) return document[name];
  const wanted = name.toLowerCase();
  const key = Object.keys(document).find((one) => one.toLowerCase() === wanted);
  return key === undefined ? undefined : document[key];
}
