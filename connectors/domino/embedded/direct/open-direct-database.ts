import type { DeletionStub, Items, NoteReading, Token, Unid } from '../../../../src/sync/note.ts';
import { UNID_PATTERN } from '../../../../src/sync/note.ts';
import {
  type AttachmentContent,
  type AttachmentUpload,
  type AttachOutcome,
  type CallOptions,
  type Capabilities,
  DominoError,
  type InstanceIdentity,
  type NotesDatabase,
  type ReadOptions,
  type Slice,
  type SliceReading,
  type WriteOutcome,
} from '../../port.ts';
import { countForms, formsQuery, itemQuery, otherFormsQuery, sliceQuery } from '../../wire/query.ts';
import { compileQuery } from '../dql/query.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { type AccessLevel, mayRead, type NotesIdentity } from '../engine/identity.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import { type DirectSession, onDatabase } from './direct-call.ts';
import { attachmentsOf, richTextOf } from './direct-contents.ts';
import { type Asked, readingOf } from './direct-reading.ts';
import { addFile, createNote, dropFile, type ItemChanges, removeNote, writeItems } from './direct-writing.ts';

/** As Proton, so that passes meet slices of the same size. */
const CAP = 200;

const CAPABILITIES: Capabilities = {
  conditionalWrite: true,
  conditionalDelete: true,
  deletionStubs: true,
  serverClock: true,
  listItems: true,
  attachments: true,
  attachmentWrites: true,
  richText: true,
  createResponses: true,
  tokenKind: 'oid',
  lostUpdateDetection: 'sequence',
  guardedWrite: true,
  cap: CAP,
};

export interface DirectDatabaseOptions {
  readonly domino: EmbeddedDomino;
  readonly filePath: string;
  readonly identity: NotesIdentity;
  /** The only forms that slices may name (`bad-request` otherwise): a defect cannot list what no link is for. Absent: any. */
  readonly forms?: readonly string[];
}

/** The port plus what `bridge domino contract` asks of a scratch database. */
export interface DirectDatabase extends NotesDatabase {
  /** How many notes there are of these forms, or of any form (null). */
  countNotes(forms: readonly string[] | null, options?: CallOptions): Promise<number>;
}

/**
 * The port right on the engine of the embedded Domino. It shows more than Proton can (originator IDs, deletion stubs, item names) and writes conditionally, so
 * it is no stand-in for a Proton server: it is for links that must see stubs on the embedded Domino, and for tests of what passes do with such
 * capabilities. The file is looked up at each call; a missing one is `not-found` then, not here.
 */
export function openDirectDatabase(options: DirectDatabaseOptions): DirectDatabase {
  return new DirectNotesDatabase(options);
}

class DirectNotesDatabase implements DirectDatabase {
  readonly capabilities = CAPABILITIES;
  readonly #session: DirectSession;
  readonly #forms: readonly string[] | null;

  constructor({ domino, filePath, identity, forms }: DirectDatabaseOptions) {
    this.#session = { domino, filePath, identity };
    this.#forms = forms ?? null;
  }

  async identify(options?: CallOptions): Promise<InstanceIdentity> {
    return this.#on('Identification', 'reader', options, ({ filePath, replicaId }) => ({
      server: this.#session.domino.name,
      filePath,
      replicaId,
    }));
  }

  readSlice(slice: Slice, itemNames: readonly string[], options?: CallOptions): Promise<SliceReading> {
    return this.readSlicePage(slice, itemNames, 0, options);
  }

  async readSlicePage(
    slice: Slice,
    itemNames: readonly string[],
    start: number,
    options?: CallOptions,
  ): Promise<SliceReading> {
    const other = slice.forms.find((form) => this.#forms?.includes(form) === false);
    if (other !== undefined)
      throw new DominoError('bad-request', `Cannot list form "${other}": it is not ours`);
    const query = sliceQuery(slice);
    return this.#on('Read of a slice', 'reader', options, (database) => {
      const { matches } = database.query(compileQuery(query));
      const unids = matches.slice(start, start + CAP).map(({ unid }) => unid);
      const asked = { itemNames, attachmentSummaries: false };
      return { total: matches.length, notes: this.#readings(database, unids, asked, query) };
    });
  }

  async readNotes(
    unids: readonly Unid[],
    itemNames: readonly string[],
    options?: ReadOptions,
  ): Promise<readonly NoteReading[]> {
    if (unids.length > CAP) {
      throw new DominoError('bad-request', `Cannot read ${unids.length} notes at once: ${CAP} are the most`);
    }
    for (const unid of unids) checkUnid(unid);
    const asked = { itemNames, attachmentSummaries: options?.attachmentSummaries === true };
    return this.#on(`Read of ${unids.length} notes`, 'reader', options, (database) =>
      this.#readings(database, [...new Set(unids)], asked, null),
    );
  }

  async findByItem(
    form: string,
    itemName: string,
    value: string,
    options?: CallOptions,
  ): Promise<readonly Unid[]> {
    const query = itemQuery(form, itemName, value);
    return this.#on(`Search by ${itemName}`, 'reader', options, (database) => {
      const unids = database.query(compileQuery(query)).matches.map(({ unid }) => unid);
      const asked = { itemNames: [itemName], attachmentSummaries: false };
      // The query ignores case and accents.
      return this.#readings(database, unids, asked, query).flatMap((note) =>
        note.kind === 'note' &&
        note.items['Form']?.values[0] === form &&
        note.items[itemName]?.values.includes(value) === true
          ? [note.unid]
          : [],
      );
    });
  }

  async otherForms(
    known: readonly string[],
    options?: CallOptions,
  ): ReturnType<NonNullable<NotesDatabase['otherForms']>> {
    const query = otherFormsQuery(known);
    return this.#on('Look for other forms', 'reader', options, (database) => {
      const unids = database
        .query(compileQuery(query))
        .matches.map(({ unid }) => unid)
        .slice(0, CAP);
      return countForms(
        this.#readings(database, unids, { itemNames: ['Form'], attachmentSummaries: false }, query),
      );
    });
  }

  readRichText(unid: Unid, itemName: string, options?: CallOptions): AsyncIterable<Uint8Array> {
    this.#log('readRichText', { unids: [unid], itemNames: [itemName] });
    return richTextOf(this.#session, unid, itemName, options);
  }

  readAttachments(unid: Unid, options?: CallOptions): AsyncIterable<AttachmentContent> {
    this.#log('readAttachments', { unids: [unid], itemNames: [], attachments: true });
    return attachmentsOf(this.#session, unid, options);
  }

  async createNote(
    items: Items,
    options?: CallOptions & { readonly parent?: Unid },
  ): Promise<{ readonly unid: Unid }> {
    return this.#on('Creation of a note', 'author', options, (database, identity) =>
      createNote(database, identity, items, options?.parent),
    );
  }

  async replaceItems(
    unid: Unid,
    items: ItemChanges,
    expected: Token | null,
    options?: CallOptions,
  ): Promise<WriteOutcome> {
    return this.#on(`Write of note ${unid}`, 'author', options, (database, identity) =>
      writeItems(database, identity, unid, items, expected),
    );
  }

  async deleteNote(unid: Unid, expected: Token | null, options?: CallOptions): Promise<WriteOutcome> {
    return this.#on(`Deletion of note ${unid}`, 'author', options, (database, identity) =>
      removeNote(database, identity, unid, expected),
    );
  }

  async attachFile(unid: Unid, file: AttachmentUpload, options?: CallOptions): Promise<AttachOutcome> {
    const parts: Uint8Array[] = [];
    for await (const part of file.open()) parts.push(part);
    const bytes = Buffer.concat(parts);
    return this.#on(`Upload to note ${unid}`, 'author', options, (database, identity) =>
      addFile(database, identity, unid, { name: file.name, bytes }),
    );
  }

  async detachFile(unid: Unid, name: string, options?: CallOptions): Promise<WriteOutcome> {
    return this.#on(`Removal of a file of note ${unid}`, 'author', options, (database, identity) =>
      dropFile(database, identity, unid, name),
    );
  }

  async readDeletionStubs(since: string | null, options?: CallOptions): Promise<readonly DeletionStub[]> {
    const from = since === null ? 0 : Date.parse(since);
    if (Number.isNaN(from)) throw new DominoError('bad-request', `Cannot list deletions since "${since}"`);
    return this.#on('List of deletions', 'reader', options, (database) =>
      database.stubs(from).map(({ unid, deletedAt }) => ({ unid, deletedAt: formatInstant(deletedAt) })),
    );
  }

  /** None for a note that is not there or hidden. */
  async listItems(unid: Unid, options?: CallOptions): Promise<readonly string[]> {
    checkUnid(unid);
    return this.#on(`Items of note ${unid}`, 'reader', options, (database, identity) => {
      const items = database.readBare(unid)?.items ?? [];
      return mayRead(items, identity) ? [...new Set(items.map(({ name }) => name))] : [];
    });
  }

  async countNotes(forms: readonly string[] | null, options?: CallOptions): Promise<number> {
    const query = compileQuery(formsQuery(forms));
    return this.#on('Count of notes', 'reader', options, (database) => database.query(query).matches.length);
  }

  /** The server goes on; it belongs to whoever opened it. */
  async close(): Promise<void> {}

  #on<T>(
    action: string,
    needed: AccessLevel,
    options: CallOptions | undefined,
    work: (database: EmbeddedDatabase, identity: NotesIdentity) => T,
  ): T {
    return onDatabase(this.#session, action, needed, options, work);
  }

  #readings(
    database: EmbeddedDatabase,
    unids: readonly Unid[],
    asked: Asked,
    query: string | null,
  ): NoteReading[] {
    const identity = database.identityOf(this.#session.identity);
    const readings = unids.map((unid) => readingOf(database, unid, identity, asked));
    const answered = readings.flatMap(({ kind, unid }) => (kind === 'missing' ? [] : [unid]));
    this.#log(query === null ? 'readNotes' : 'query', {
      unids: query === null ? unids : [],
      itemNames: asked.itemNames,
      attachments: asked.attachmentSummaries,
      query,
      answered,
    });
    return readings;
  }

  #log(
    method: string,
    asked: {
      readonly unids: readonly Unid[];
      readonly itemNames: readonly string[];
      readonly attachments?: boolean;
      readonly query?: string | null;
      readonly answered?: readonly Unid[];
    },
  ): void {
    const { domino, filePath, identity } = this.#session;
    domino.requests.record({
      at: domino.now(),
      method: `direct.${method}`,
      filePath,
      identity: identity.name,
      query: null,
      attachments: false,
      answered: asked.unids,
      ...asked,
    });
  }
}

function checkUnid(unid: Unid): void {
  if (!UNID_PATTERN.test(unid)) {
    throw new DominoError('bad-request', `Cannot read note "${unid}": a UNID is 32 upper-case hex digits`);
  }
}
