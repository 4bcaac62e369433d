import { z } from 'zod';
import { ProblemError } from '../problem.ts';
import { text } from '../text-schema.ts';
import { entityIn } from './record-schema.ts';

const metadata = z.strictObject({
  filename: text(255).refine((name) => !/[/\\]|^\.{1,2}$/.test(name), 'A name, not a path'),
  entity: entityIn,
  record: z.uuid(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/, '64 of 0-9 a-f'),
});

/** The header `Upload-Metadata` of tus 1.0: `key base64, key base64`. Fails with problem `validation`. */
export function readUploadMetadata(header: string): z.infer<typeof metadata> {
  const fields = new Map<string, string>();
  for (const pair of header.split(',')) {
    const [key = '', value = '', ...more] = pair.trim().split(' ');
    const decoded = more.length === 0 && !fields.has(key) ? utf8Of(value) : null;
    if (decoded === null) throw bad('Write key base64 pairs, separated by commas, each key once');
    fields.set(key, decoded.normalize('NFC'));
  }
  const parsed = metadata.safeParse(Object.fromEntries(fields));
  if (!parsed.success) throw bad('Give filename, entity, record and sha256 (hex), and nothing else');
  return parsed.data;
}

function utf8Of(base64: string): string | null {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch {
    return null;
  }
}

function bad(message: string): ProblemError {
  return new ProblemError('validation', { errors: [{ path: 'headers/upload-metadata', message }] });
}
