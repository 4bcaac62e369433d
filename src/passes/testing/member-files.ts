import { createHash, randomUUID } from 'node:crypto';
import { fileItem } from '../../../connectors/domino/embedded/engine/item-builders.ts';
import { dateTimeOf } from '../../../connectors/domino/embedded/engine/notes-date-time.ts';
import type { FieldMapping, Mapping } from '../../sync/mapping.ts';
import type { BlobRef } from '../../sync/values.ts';
import type { TestBridge } from './test-bridge.ts';

/** The field that {@link withFiles} adds. */
export const FILES = 'files';
const SOMEBODY = { name: 'CN=Can bo Mau/O=Mau', access: 'manager' } as const;

/** A mapping whose records carry files that members hand in. */
export function withFiles(mapping: Mapping, more: Partial<FieldMapping> = {}): Mapping {
  const field: FieldMapping = {
    item: '$FILE',
    field: FILES,
    type: 'attachments',
    direction: 'both',
    writer: 'handbook',
    conflict: 'handbook-wins',
    clear: 'delete',
    nonsummary: false,
    check: {},
    ...more,
  };
  return { ...mapping, fields: [...mapping.fields, field] };
}

export const bytes = (size: number, seed = 1): Buffer =>
  Buffer.from(Uint8Array.from({ length: size }, (_, at) => (at * 31 + (at >> 8) * seed + seed) & 0xff));

export function refOf(name: string, content: Buffer): BlobRef {
  return { name, sha256: createHash('sha256').update(content).digest('hex'), size: content.length };
}

/** A member's files of a record become exactly these; bytes first, as the handbook takes them. */
export async function handIn(
  bridge: TestBridge,
  recordId: string,
  files: Readonly<Record<string, Buffer>>,
  entity = 'assignment',
): Promise<void> {
  const [record] = await bridge.handbook.read([recordId]);
  if (!record) throw new Error(`no record ${recordId}`);
  const refs = Object.entries(files).map(([name, content]) => refOf(name, content));
  for (const ref of refs)
    await bridge.handbook.putBlob({ recordId, field: FILES }, ref, chunksOf(files[ref.name] as Buffer));
  const [outcome] = await bridge.handbook.apply([
    {
      opId: randomUUID(),
      recordId,
      entity,
      expectedVersion: record.version,
      kind: 'put',
      key: record.key,
      set: { [FILES]: refs.length === 0 ? null : refs },
    },
  ]);
  if (outcome?.kind !== 'applied') throw new Error('the record moved');
}

async function* chunksOf(content: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < content.length; at += 100_000) yield content.subarray(at, at + 100_000);
}

/** Somebody in Notes attaches a file, beside those that are there. */
export function attachInNotes(bridge: TestBridge, unid: string, name: string, content: Buffer): void {
  const added = fileItem(name, content, dateTimeOf(bridge.file.now()));
  bridge.file.saveAs(SOMEBODY, unid, (items) => [...items, added]);
}

export function removeInNotes(bridge: TestBridge, unid: string, name: string): void {
  bridge.file.saveAs(SOMEBODY, unid, (items) =>
    items.filter(({ value }) => value.type !== 'file' || value.file.name !== name),
  );
}

/** The files of a note as they are stored. */
export function filesInNotes(bridge: TestBridge, unid: string): Readonly<Record<string, Buffer>> {
  const items = bridge.file.read(unid)?.items ?? [];
  const files = items.flatMap(({ value }) => (value.type === 'file' ? [value.file] : []));
  if (new Set(files.map(({ name }) => name)).size !== files.length) throw new Error('a file is there twice');
  return Object.fromEntries(files.map((file) => [file.name, Buffer.from(file.bytes)]));
}

/** The files of a record as members read them; a name without bytes is an error. */
export async function filesInHandbook(
  bridge: TestBridge,
  recordId: string,
): Promise<Readonly<Record<string, Buffer>>> {
  const [record] = await bridge.handbook.read([recordId]);
  const refs = (record?.fields[FILES] ?? []) as readonly BlobRef[];
  const files: [string, Buffer][] = [];
  for (const ref of refs) {
    const blob = await bridge.handbook.readBlob({ recordId, field: FILES }, ref.name);
    const parts: Uint8Array[] = [];
    for await (const part of blob?.content ?? []) parts.push(part);
    const content = Buffer.concat(parts);
    if (blob === null || refOf(ref.name, content).sha256 !== ref.sha256)
      throw new Error('the record names a file that the handbook does not hold');
    files.push([ref.name, content]);
  }
  return Object.fromEntries(files);
}
