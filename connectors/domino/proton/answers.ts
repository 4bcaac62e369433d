import { z } from 'zod';

/** `documents` may be missing when nothing matched (HCL's sample guards against it); its entries are judged one by one. */
const bulkAnswer = z.looseObject({
  documents: z.array(z.unknown()).nullish(),
  documentRange: z
    .looseObject({
      start: z.number().int().nonnegative().optional(),
      count: z.number().int().nonnegative().optional(),
      total: z.number().int().nonnegative(),
    })
    .nullish(),
  errors: z.number().int().nonnegative().nullish(),
});

export interface BulkAnswer {
  readonly entries: readonly unknown[];
  /** All matches of the query; null when the server did not say. */
  readonly total: number | null;
}

export const NOTHING_MATCHED: unknown = {
  documents: [],
  documentRange: { start: 0, count: 0, total: 0 },
  errors: 0,
};

/** Null when the answer is no bulk response, or counts fewer matches than it lists. */
export function parseBulkAnswer(answer: unknown): BulkAnswer | null {
  const parsed = bulkAnswer.safeParse(answer);
  if (!parsed.success) return null;
  const entries = parsed.data.documents ?? [];
  const total = parsed.data.documentRange?.total ?? null;
  return total !== null && total < entries.length ? null : { entries, total };
}

const UNID = /^[0-9A-Fa-f]{32}$/;

/** A UNID in our spelling, or null. */
export function parseUnid(value: unknown): string | null {
  return typeof value === 'string' && UNID.test(value) ? value.toUpperCase() : null;
}

/** Why the server could not give this part of a stream; undefined when it could. Such a head may lack everything else. */
export function partError(head: unknown): unknown {
  return partHead.safeParse(head).data?.error ?? undefined;
}

const partHead = z.looseObject({ error: z.unknown().optional() });

/** Head of a `file` event, and one entry of `@attachments`. */
export const fileHead = z.looseObject({
  fileName: z.string(),
  fileSize: z.number().int().nonnegative(),
  modified: z.unknown().optional(),
});

/** Head of a `field` event. */
export const fieldHead = z.looseObject({ fieldName: z.string() });

/** What a writer of attachments answers. Java's entries may carry an error; so entries are judged one by one. */
export const filesWritten = z.looseObject({
  attachments: z.array(
    z.looseObject({
      fileName: z.string().optional(),
      fileSize: z.number().int().nonnegative().optional(),
      errorCode: z.union([z.string(), z.number()]).nullish(),
      errorMessage: z.string().nullish(),
    }),
  ),
});
