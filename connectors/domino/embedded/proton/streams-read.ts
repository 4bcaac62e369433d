import * as z from 'zod';
import type { StoredNote } from '../stored-note.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { mayRead } from '../engine/identity.ts';
import { instantOf } from '../engine/notes-date-time.ts';
import { logRead } from './bulk-read.ts';
import { CHUNKS, FILE_NAMES, QUERY, UNIDS } from './call-options.ts';
import { compositeData } from '../rich-text/composite-data.ts';
import { type Define, type Method } from './define-method.ts';
import { badRequest, noteNotFound } from './domino-db-error.ts';
import { encodeInstant } from './encode-item.ts';
import { databaseOf, type ProtonCall, requireAccess, stillUp } from './proton-host.ts';
import { PartStream, type StreamPart } from './part-stream.ts';
import { runProtonQuery } from './query-page.ts';

export interface ReadingStreams {
  readonly bulkReadAttachmentStream: Method<PartStream>;
  readonly bulkReadAttachmentStreamByUnid: Method<PartStream>;
  readonly bulkReadRichTextStream: Method<PartStream>;
  readonly bulkReadRichTextStreamByUnid: Method<PartStream>;
}

export const FIELDS = { fields: z.array(z.string().min(1)).min(1) };
const DEFAULT_CHUNK_KB = 64;

export function readingStreams(define: Define, filePath: string): ReadingStreams {
  const found = (call: ProtonCall, options: z.infer<z.ZodObject<typeof QUERY>>): string[] =>
    runProtonQuery(call, databaseOf(call, filePath), options).matches.map(({ unid }) => unid);
  return {
    bulkReadAttachmentStream: define('bulkReadAttachmentStream', {
      shape: { ...QUERY, ...FILE_NAMES, ...CHUNKS },
      convert: (options) => options,
      work: (options, call) =>
        openReading(
          call,
          options.chunkSizeKb,
          attachmentParts(call, filePath, found(call, options), options.fileNames),
        ),
    }),
    bulkReadAttachmentStreamByUnid: define('bulkReadAttachmentStreamByUnid', {
      shape: { ...UNIDS, ...FILE_NAMES, ...CHUNKS },
      convert: (options) => options,
      work: ({ unids, fileNames, chunkSizeKb }, call) =>
        openReading(call, chunkSizeKb, attachmentParts(call, filePath, unids, fileNames)),
    }),
    bulkReadRichTextStream: define('bulkReadRichTextStream', {
      shape: { ...QUERY, ...FIELDS, ...CHUNKS },
      convert: (options) => options,
      work: (options, call) =>
        openReading(
          call,
          options.chunkSizeKb,
          richTextParts(call, filePath, found(call, options), options.fields),
        ),
    }),
    bulkReadRichTextStreamByUnid: define('bulkReadRichTextStreamByUnid', {
      shape: { ...UNIDS, ...FIELDS, ...CHUNKS },
      convert: (options) => options,
      work: ({ unids, fields, chunkSizeKb }, call) =>
        openReading(call, chunkSizeKb, richTextParts(call, filePath, unids, fields)),
    }),
  };
}

/** The stream starts by itself. Throws when the chunk size is odd: rich text records start at even offsets. */
export function openReading(
  call: ProtonCall,
  chunkSizeKb: number | undefined,
  parts: Iterable<StreamPart>,
): PartStream {
  const size = chunkSizeKb ?? DEFAULT_CHUNK_KB;
  if (size !== 1 && size % 2 !== 0) throw badRequest(`${call.method}: chunkSizeKb must be even`);
  const stream = new PartStream();
  const { context, faults } = call;
  const { restarts } = context.faults;
  stream.start(parts, {
    chunkBytes: size * 1024,
    chunkLimit: faults.chunkLimit,
    pass: async (bytes) => {
      const ms = context.faults.travelMs(faults.network, bytes);
      if (ms > 0) await context.delay(ms);
      stillUp(context, restarts);
    },
  });
  return stream;
}

/** Attachments note by note, each read from disk when its turn comes. A note that cannot be read is one part with `error`. */
export function* attachmentParts(
  call: ProtonCall,
  filePath: string,
  unids: readonly string[],
  fileNames: readonly string[] | undefined,
): Generator<StreamPart> {
  const database = openLogged(call, filePath, unids, [], true);
  for (const unid of unids) {
    const note = readable(call, database, unid);
    if (note === null) {
      const head = { unid, fileName: '', fileSize: 0, error: noteNotFound(unid) };
      yield { event: 'file', info: head, bytes: new Uint8Array(0) };
      continue;
    }
    for (const { value } of note.items) {
      if (value.type !== 'file' || fileNames?.includes(value.file.name) === false) continue;
      const { name, bytes, modified } = value.file;
      const at = (modified === null ? null : instantOf(modified)) ?? note.created;
      yield {
        event: 'file',
        info: {
          unid: note.unid,
          fileName: name,
          fileSize: bytes.byteLength,
          modified: encodeInstant(at),
        },
        bytes,
      };
    }
  }
}

/** Rich text items that the notes have; one that is absent has no part. */
export function* richTextParts(
  call: ProtonCall,
  filePath: string,
  unids: readonly string[],
  fields: readonly string[],
): Generator<StreamPart> {
  const database = openLogged(call, filePath, unids, fields, false);
  for (const unid of unids) {
    const note = readable(call, database, unid);
    for (const fieldName of fields) {
      if (note === null) {
        const info = { unid, fieldName, error: noteNotFound(unid) };
        yield { event: 'field', info, bytes: new Uint8Array(0) };
        continue;
      }
      const bytes = richTextBytes(call, note, fieldName);
      if (bytes !== null) yield { event: 'field', info: { unid: note.unid, fieldName }, bytes };
    }
  }
}

/** A long rich text is several items of one name, one after the other. */
function richTextBytes(call: ProtonCall, note: StoredNote, fieldName: string): Uint8Array | null {
  const pieces = note.items.flatMap(({ name, value }) => {
    if (value.type !== 'richtext' || name.toLowerCase() !== fieldName.toLowerCase()) return [];
    const converts = call.context.quirks.richText === 'cd' && value.format === 'dxl';
    return [converts ? compositeData(value.bytes) : value.bytes];
  });
  return pieces.length === 0 ? null : Buffer.concat(pieces);
}

function openLogged(
  call: ProtonCall,
  filePath: string,
  unids: readonly string[],
  itemNames: readonly string[],
  attachments: boolean,
): EmbeddedDatabase {
  const database = databaseOf(call, filePath);
  requireAccess(call, 'reader', 'read documents');
  const options = { itemNames: [...itemNames], readAttachmentSummaries: attachments };
  logRead(call, filePath, { query: null, unids, options, answered: unids });
  return database;
}

function readable(call: ProtonCall, database: EmbeddedDatabase, unid: string): StoredNote | null {
  const note = database.read(unid);
  return note !== null && mayRead(note.items, call.identity) ? note : null;
}
