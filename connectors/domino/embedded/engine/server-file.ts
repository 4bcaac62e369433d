import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a server keeps of itself across restarts, in `server.json` of its data folder. */
export interface ServerFile {
  readonly name: string;
  readonly clockOffsetMs: number;
}

/** Null when the folder holds none yet. Throws when the file is damaged. */
export function readServerFile(root: string): ServerFile | null {
  const file = join(root, 'server.json');
  const kept = readJson(file) as Partial<ServerFile> | null;
  if (kept === null) return null;
  const { name, clockOffsetMs } = kept;
  if (typeof name !== 'string' || typeof clockOffsetMs !== 'number') {
    throw new Error(`cannot read "${file}": expected {"name": text, "clockOffsetMs": number}`);
  }
  return { name, clockOffsetMs };
}

export function writeServerFile(root: string, content: ServerFile): void {
  writeJson(join(root, 'server.json'), content);
}

/** Null when there is no such file. Throws when it holds no JSON. */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  return JSON.parse(text);
}

/** Replaces the file at once, so that a crash leaves the old or the new one. */
export function writeJson(file: string, content: unknown): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}
