import * as z from 'zod';

const accessToken = z.string().min(1).optional();

/** Accepted everywhere; there are no forms here, so nothing is computed. */
const computeOptions = z
  .strictObject({
    computeWithForm: z.boolean().optional(),
    ignoreComputeErrors: z.boolean().optional(),
  })
  .optional();

const queryLimits = z
  .strictObject({
    maxViewEntriesScanned: z.int().min(1).optional(),
    maxDocumentsScanned: z.int().min(1).optional(),
    maxMilliSeconds: z.int().min(1).optional(),
  })
  .optional();

const onErrorOptions = z.enum(['ON_ERROR_CONTINUE', 'ON_ERROR_ABORT_REMAINING']).optional();

const names = z.array(z.string().min(1));

export const TOKEN = { accessToken };

export const QUERY = {
  query: z.string().min(1),
  queryArgs: z.array(z.unknown()).optional(),
  queryLimits,
};

export const PAGE = { start: z.int().min(0).optional(), count: z.int().min(0).optional() };

export const UNIDS = { unids: z.array(z.string()) };

export const BULK = { accessToken, onErrorOptions };

export const READ = {
  itemNames: names.optional(),
  computeOptions,
  readAttachmentSummaries: z.boolean().optional(),
  canonicalFormat: z.boolean().optional(),
  duplicateItems: z.boolean().optional(),
};

export const WRITE = { computeOptions, duplicateItems: z.boolean().optional() };

export const ITEM_NAMES = { itemNames: names.min(1) };

export const FILE_NAMES = { fileNames: names.optional() };

export const CHUNKS = { chunkSizeKb: z.int().min(1).max(1024).optional() };

/** A document object: item values are judged one by one later. */
export const documentObject = z.record(z.string(), z.unknown());

export type QueryOptions = z.infer<z.ZodObject<typeof QUERY>>;
export type PageOptions = z.infer<z.ZodObject<typeof PAGE>>;
export type ReadOptions = z.infer<z.ZodObject<typeof READ>>;
export type BulkOptions = z.infer<z.ZodObject<typeof BULK>>;
