import { addCounts, type DxlHeader, type DxlNote, noCounts } from './dxl-note.ts';
import { type ReadOptions, readDxl } from './read-dxl.ts';

/** Where the notes of a file go. What was put since `begin` counts only after `commit`. */
export interface DxlTarget {
  begin(header: DxlHeader): Promise<void> | void;
  put(notes: DxlNote[]): Promise<void> | void;
  commit(): Promise<void> | void;
  /** Forgets everything since `begin`. */
  rollback(): Promise<void> | void;
}

export interface DxlSource {
  /** Named in the result. */
  readonly name: string;
  open(): AsyncIterable<Uint8Array>;
}

export interface ImportResult {
  /** Files that were looked at, with those rejected. */
  readonly files: number;
  /** These count what was committed. */
  readonly documents: number;
  readonly items: number;
  readonly attachments: number;
  readonly keptRaw: number;
  readonly designNotesSkipped: number;
  readonly rejected: readonly { readonly file: string; readonly reason: string }[];
}

export interface ImportOptions extends ReadOptions {
  readonly signal?: AbortSignal;
}

/** Notes per `put`, and bytes after which a batch goes early. */
const BATCH_NOTES = 200;
const BATCH_BYTES = 16 * 1024 * 1024;

/**
 * Puts every data note of the files into `target`, all of a file or nothing of it. A file that cannot be read or stored is rejected with the
 * reason and the next one is taken. Throws when a rollback fails, and what `signal` was aborted with, after rolling back.
 */
export async function importDxl(
  files: Iterable<DxlSource> | AsyncIterable<DxlSource>,
  target: DxlTarget,
  options: ImportOptions = {},
): Promise<ImportResult> {
  let seen = 0;
  let counts = noCounts;
  const rejected: { file: string; reason: string }[] = [];
  for await (const file of files) {
    options.signal?.throwIfAborted();
    seen += 1;
    const result = await importFile(file, target, options);
    if (typeof result === 'string') rejected.push({ file: file.name, reason: result });
    else counts = addCounts(counts, result);
  }
  return { files: seen, ...counts, rejected };
}

async function importFile(
  file: DxlSource,
  target: DxlTarget,
  options: ImportOptions,
): Promise<typeof noCounts | string> {
  let begun = false;
  let counts = noCounts;
  let batch: DxlNote[] = [];
  let bytes = 0;
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await target.put(batch);
    batch = [];
    bytes = 0;
  };
  try {
    for await (const event of readDxl(file.open(), options)) {
      options.signal?.throwIfAborted();
      if (event.kind === 'header') {
        begun = true;
        await target.begin(event.header);
      } else if (event.kind === 'note') {
        batch.push(event.note);
        bytes += contentSize(event.note);
        if (batch.length >= BATCH_NOTES || bytes >= BATCH_BYTES) await flush();
      } else {
        counts = event.counts;
      }
    }
    await flush();
    await target.commit();
    return counts;
  } catch (error) {
    if (begun) await target.rollback();
    options.signal?.throwIfAborted();
    return error instanceof Error ? error.message : String(error);
  }
}

function contentSize(note: DxlNote): number {
  let size = 0;
  for (const { value } of note.items) {
    if (value.type === 'file') size += value.file.bytes.length;
    else if (value.type === 'richtext' || value.type === 'raw') size += value.bytes.length;
    else if (value.type === 'text') for (const text of value.values) size += text.length;
  }
  return size;
}
