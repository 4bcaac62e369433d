import { z } from 'zod';
import type { Upload } from '../../../connectors/handbook/uploads-port.ts';

export const TUS = '1.0.0';
/** One file. */
export const MOST_BYTES = 25 * 1024 * 1024;
/** What one request may add. */
export const MOST_PATCH_BYTES = 8 * 1024 * 1024;

const tusIn = z.literal(TUS).describe('Version of the protocol (tus.io)');
const bytes = z.coerce.number<string>().int();

export const creationHeaders = z.object({
  'tus-resumable': tusIn,
  'upload-length': bytes.min(1).max(MOST_BYTES).describe('Size of the whole file, bytes'),
  'upload-metadata': z
    .string()
    .max(4_000)
    .describe('`filename`, `entity`, `record`, `sha256`, each with its value in base64'),
});

export const patchHeaders = z.object({
  'tus-resumable': tusIn,
  'upload-offset': bytes.min(0).max(MOST_BYTES).describe('Where the bytes belong: what HEAD answered'),
});

export const uploadOut = z.object({
  uploadId: z.string(),
  entity: z.string(),
  recordId: z.string(),
  fileName: z.string(),
  size: z.number(),
  received: z.number(),
  sha256: z.string(),
  state: z
    .enum(['receiving', 'held', 'refused'])
    .describe('held: whole, checked and kept here; it goes to Notes once a way there takes attachments'),
  mediaType: z.string().nullable().describe('By what is in it'),
  reason: z.string().nullable().describe('Why it was refused: digest, type, damaged, bomb, active'),
  createdAt: z.string(),
});

export function uploadAnswer({ id, createdAt, ...upload }: Upload): z.infer<typeof uploadOut> {
  return { ...upload, uploadId: id, createdAt: new Date(createdAt).toISOString() };
}
