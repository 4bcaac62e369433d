import { setImmediate as nextTurn } from 'node:timers/promises';
import type { StoredItem } from '../stored-note.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { mayCreate, mayDelete, mayEdit } from '../engine/identity.ts';
import { withoutItems } from '../engine/item-lookup.ts';
import { type BulkResponse, bulkResponse, checkCount, type Entry, forEachTarget } from './bulk-response.ts';
import type { BulkOptions, PageOptions, QueryOptions } from './call-options.ts';
import { notAuthorized } from './domino-db-error.ts';
import { databaseOf, type ProtonCall } from './proton-host.ts';
import { queryPage } from './query-page.ts';
import { metadata, visibleNote } from './read-entry.ts';

export type ItemsChange = (items: readonly StoredItem[]) => readonly StoredItem[];

/** Creates one note and answers its metadata. */
export function createNote(call: ProtonCall, filePath: string, items: readonly StoredItem[]): Entry {
  const database = databaseOf(call, filePath);
  if (!mayCreate(call.identity)) throw notAuthorized('create documents');
  return metadata(database.create(items, { by: call.identity.name }), call.context.quirks);
}

/** Saves one note; the last writer wins. Throws when it is not there or may not be edited. */
export function changeNote(call: ProtonCall, filePath: string, unid: string, change: ItemsChange): Entry {
  const database = databaseOf(call, filePath);
  const note = visibleNote(call, database, unid);
  if (!mayEdit(note.items, call.identity)) throw notAuthorized(`edit document ${unid}`);
  const saved = database.save(unid, change, { by: call.identity.name });
  return metadata({ ...note, ...saved }, call.context.quirks);
}

export function deleteNote(call: ProtonCall, filePath: string, unid: string): Entry {
  const database = databaseOf(call, filePath);
  const note = visibleNote(call, database, unid);
  if (!mayDelete(note.items, call.identity)) throw notAuthorized(`delete document ${unid}`);
  database.delete(unid);
  return metadata(note, call.context.quirks);
}

/** All items but those that Domino itself keeps give way to the new ones. */
export function replacingAll(items: readonly StoredItem[]): ItemsChange {
  return (before) => [
    ...withoutItems(items, KEPT_BY_DOMINO),
    ...before.filter(({ name }) => KEPT_BY_DOMINO.includes(name.toLowerCase())),
  ];
}

const KEPT_BY_DOMINO = ['$updatedby', '$revisions'];

/** Drops attachments by name; without names all of them. */
export function droppingFiles(fileNames: readonly string[] | undefined): ItemsChange {
  return (before) =>
    before.filter(
      ({ value }) =>
        value.type !== 'file' || (fileNames !== undefined && !fileNames.includes(value.file.name)),
    );
}

/** One write per target that the caller names, each with its own fate; durable together when it returns. */
export function writeEach<T>(
  call: ProtonCall,
  filePath: string,
  targets: readonly T[],
  options: BulkOptions,
  each: { readonly unid: (target: T) => string | null; readonly work: (target: T) => Entry },
): BulkResponse {
  checkCount(call.method, targets.length, call.context.quirks);
  const database = databaseOf(call, filePath);
  const done = database.batch(() => forEachTarget(call, targets, options.onErrorOptions, each));
  return bulkResponse(done, call.context.quirks);
}

/**
 * The same write to every note of a page of a query. Search and write are two steps: what changes in between is not searched again.
 * A hidden note among the matches fails.
 */
export async function writeFound(
  call: ProtonCall,
  filePath: string,
  options: QueryOptions & PageOptions & BulkOptions,
  work: (unid: string) => Entry,
): Promise<BulkResponse> {
  const database: EmbeddedDatabase = databaseOf(call, filePath);
  const { notes, range } = queryPage(call, database, options);
  if (call.context.quirks.queryThenWrite === 'racy') await nextTurn();
  const done = database.batch(() =>
    forEachTarget(call, notes, options.onErrorOptions, {
      unid: ({ unid }) => unid,
      work: ({ unid }) => work(unid),
    }),
  );
  return bulkResponse(done, call.context.quirks, range);
}
