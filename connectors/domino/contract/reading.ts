import assert from 'node:assert/strict';
import type { NotesDatabase } from '../port.ts';
import { DominoError, type DominoErrorCode } from '../port.ts';
import type { NoteRead, NoteReading, Unid } from '../../../src/sync/note.ts';

export async function readOne(
  database: NotesDatabase,
  unid: Unid,
  itemNames: readonly string[] = [],
): Promise<NoteReading> {
  const readings = await database.readNotes([unid], itemNames);
  assert.equal(readings.length, 1, 'one UNID asked, one reading expected');
  const [reading] = readings;
  assert.ok(reading !== undefined && reading.unid === unid, 'the reading names the note asked for');
  return reading;
}

export async function readNote(
  database: NotesDatabase,
  unid: Unid,
  itemNames: readonly string[] = [],
): Promise<NoteRead> {
  return asNote(await readOne(database, unid, itemNames));
}

export function asNote(reading: NoteReading | undefined): NoteRead {
  assert.ok(reading !== undefined, 'a reading is there');
  assert.equal(reading.kind, 'note', reading.kind === 'failed' ? reading.message : `note ${reading.unid}`);
  return reading;
}

/** Values of one item; empty when the note does not have it. */
export const valuesOf = (reading: NoteRead, itemName: string): readonly (string | number)[] =>
  reading.items[itemName]?.values ?? [];

/** The whole second that an instant lies in, moved by `seconds`: `YYYY-MM-DDTHH:MM:SSZ`. */
export function second(instant: string, seconds = 0): string {
  const start = Date.parse(`${instant.slice(0, 19)}Z`) + seconds * 1000;
  return `${new Date(start).toISOString().slice(0, 19)}Z`;
}

export async function refuses(work: Promise<unknown>, ...codes: readonly DominoErrorCode[]): Promise<void> {
  const failure = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  assert.ok(failure instanceof DominoError, `a DominoError is expected, got ${String(failure)}`);
  assert.ok(
    codes.includes(failure.code),
    `${codes.join(' or ')} expected, got ${failure.code}: ${failure.message}`,
  );
}

export async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const chunk of chunks) parts.push(chunk);
  return new Uint8Array(Buffer.concat(parts));
}
