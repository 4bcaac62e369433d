import { createHash } from 'node:crypto';
import type { Rights } from '../../../connectors/handbook/readers-port.ts';
import type { Upload, UploadEnd } from '../../../connectors/handbook/uploads-port.ts';
import type { AppDeps } from '../app-deps.ts';
import { MOST_PATCH_BYTES } from './upload-schema.ts';

type Deps = Pick<AppDeps, 'uploads' | 'inspector' | 'clock'>;

const PIECE = 256 * 1024;

/** Keeps what comes, piece by piece: what was kept when the line breaks stays. The offset afterwards; null = it does not fit there. */
export async function receiveBytes(
  { uploads }: Deps,
  rights: Rights,
  upload: Upload,
  offset: number,
  body: AsyncIterable<Uint8Array>,
): Promise<number | null> {
  if (upload.state !== 'receiving' || upload.received !== offset) return null;
  let at = offset;
  let waiting = Buffer.alloc(0);
  const keep = async (least: number): Promise<boolean> => {
    while (waiting.length >= least && waiting.length > 0) {
      const piece = waiting.subarray(0, PIECE);
      const next = await uploads.append(rights, upload.id, at, piece);
      if (next === null) return false;
      at = next;
      waiting = waiting.subarray(piece.length);
    }
    return true;
  };
  try {
    for await (const part of body) {
      waiting = Buffer.concat([waiting, part]);
      if (at + waiting.length > Math.min(upload.size, offset + MOST_PATCH_BYTES)) return null;
      if (!(await keep(PIECE))) return null;
    }
  } catch {
    // The sender went away: it asks for the offset and goes on from there.
    await keep(1);
    return at;
  }
  return (await keep(1)) ? at : null;
}

/** Looks at a whole file and ends its upload: held, or refused with its bytes erased. */
export async function endUpload(deps: Deps, rights: Rights, upload: Upload): Promise<UploadEnd> {
  const { uploads, inspector, clock } = deps;
  const parts: Uint8Array[] = [];
  const digest = createHash('sha256');
  for await (const part of uploads.content(rights, upload.id)) {
    parts.push(part);
    digest.update(part);
  }
  const now = clock.now();
  const end = async (): Promise<UploadEnd> => {
    if (digest.digest('hex') !== upload.sha256) return { state: 'refused', reason: 'digest', now };
    const verdict = await inspector.inspect(Buffer.concat(parts));
    return verdict.kind === 'good'
      ? { state: 'held', mediaType: verdict.mediaType, now }
      : { state: 'refused', reason: verdict.reason, now };
  };
  const ended = await end();
  await uploads.end(rights, upload.id, ended);
  return ended;
}
