import type {
  AttachmentContent,
  AttachmentUpload,
  AttachOutcome,
  CallOptions,
  Capabilities,
  InstanceIdentity,
  NotesDatabase,
  ReadOptions,
  Slice,
  SliceReading,
  WriteOutcome,
} from '../port.ts';
import { DominoError, uploadMs } from '../port.ts';
import type { Items, NoteReading, Token, Unid } from '../../../src/sync/note.ts';
import { ProtonClient } from './client.ts';
import { encodeItems } from './encode.ts';
import { readByUnids, readPageOf } from './note-reading.ts';
import { streamAttachments, streamRichText } from './note-streams.ts';
import { attachFile, detachFile, removeNote, writeItems } from './note-writing.ts';
import type { ProbeResult } from './probe.ts';
import { type ProtonServer, type ProtonServerOptions, openProtonServer } from './proton-server.ts';
import { countForms, formsQuery, itemQuery, otherFormsQuery, sliceQuery } from '../wire/query.ts';
import { Session } from './session.ts';

/** Proton refuses more at run time (HCL's Node-RED node). */
const CAP = 200;
/** Nothing carries it; asking for it shows whether the database answers. */
const NO_NOTE = '0'.repeat(32);

export interface ProtonDatabaseOptions {
  /** An open server to share, or how to open one. */
  readonly server: ProtonServer | ProtonServerOptions;
  /** Relative to the server's data directory, e.g. `party/members.nsf`. */
  readonly filePath: string;
  /** Forms the probe may look at; without them it looks at any note. It reads Form only. */
  readonly forms?: readonly string[];
  /** `never` leaves every write unguarded; default `probe`: guarded where the probe proves that it works. */
  readonly guardedWrites?: 'probe' | 'never';
}

/** The port plus what only this way in has. */
export interface ProtonDatabase extends NotesDatabase {
  /** Asks the server what its documentation leaves open; settles `capabilities.guardedWrite`. The first call does it otherwise. */
  probe(options?: CallOptions): Promise<ProbeResult>;
  /** How many notes there are of these forms, or of any form (null). */
  countNotes(forms: readonly string[] | null, options?: CallOptions): Promise<number>;
}

/** Makes no request to Domino. Throws `module-missing` or `bad-request`. */
export async function openProtonDatabase(options: ProtonDatabaseOptions): Promise<ProtonDatabase> {
  const server = 'send' in options.server ? options.server : await openProtonServer(options.server);
  const session = new Session({
    client: new ProtonClient(await server.useDatabase(options.filePath), server.send),
    limits: server.limits,
    forms: options.forms ?? null,
    guardedWrites: options.guardedWrites ?? 'probe',
  });
  return new ProtonNotesDatabase(server.name, options.filePath, session);
}

class ProtonNotesDatabase implements ProtonDatabase {
  readonly #server: string;
  readonly #filePath: string;
  readonly #session: Session;

  constructor(server: string, filePath: string, session: Session) {
    this.#server = server;
    this.#filePath = filePath;
    this.#session = session;
  }

  get capabilities(): Capabilities {
    const { client } = this.#session;
    return {
      conditionalWrite: false,
      conditionalDelete: false,
      deletionStubs: false,
      serverClock: false,
      listItems: false,
      attachments: client.supports('bulkReadAttachmentStreamByUnid'),
      attachmentWrites:
        client.supports('bulkCreateAttachmentStream') && client.supports('bulkDeleteAttachmentsByUnid'),
      richText: client.supports('bulkReadRichTextStreamByUnid'),
      createResponses: false,
      tokenKind: 'modified',
      lostUpdateDetection: 'none',
      guardedWrite: this.#session.isProven(),
      cap: CAP,
    };
  }

  async identify(options?: CallOptions): Promise<InstanceIdentity> {
    await this.#session.read(`Look for "${this.#filePath}"`, options, (call) =>
      this.#session.client.readByUnid([NO_NOTE], ['Form'], false, call),
    );
    return { server: this.#server, filePath: this.#filePath, replicaId: null };
  }

  async readSlice(slice: Slice, itemNames: readonly string[], options?: CallOptions): Promise<SliceReading> {
    return this.readSlicePage(slice, itemNames, 0, options);
  }

  async readSlicePage(
    slice: Slice,
    itemNames: readonly string[],
    start: number,
    options?: CallOptions,
  ): Promise<SliceReading> {
    return this.#session.read('Read of a slice', options, (call) =>
      readPageOf(this.#session.client, sliceQuery(slice), itemNames, { start, count: CAP }, call),
    );
  }

  async readNotes(
    unids: readonly Unid[],
    itemNames: readonly string[],
    options?: ReadOptions,
  ): Promise<readonly NoteReading[]> {
    if (unids.length > CAP)
      throw new DominoError('bad-request', `Cannot read ${unids.length} notes at once: ${CAP} are the most`);
    return this.#session.read(`Read of ${unids.length} notes`, options, (call) =>
      readByUnids(this.#session.client, unids, itemNames, options?.attachmentSummaries === true, call),
    );
  }

  async findByItem(
    form: string,
    itemName: string,
    value: string,
    options?: CallOptions,
  ): Promise<readonly Unid[]> {
    const action = `Search by ${itemName}`;
    return this.#session.read(action, options, async (call) => {
      const query = itemQuery(form, itemName, value);
      const range = { start: 0, count: CAP };
      const found = await readPageOf(this.#session.client, query, ['Form', itemName], range, call);
      if (found.total > found.notes.length)
        throw new DominoError('scan-limit', `${action}: ${found.total} notes match, ${CAP} can be compared`);
      return found.notes.flatMap((note) => {
        if (note.kind !== 'note' || note.items['Form']?.values[0] !== form) return [];
        return note.items[itemName]?.values.includes(value) === true ? [note.unid] : [];
      });
    });
  }

  async otherForms(
    known: readonly string[],
    options?: CallOptions,
  ): ReturnType<NonNullable<NotesDatabase['otherForms']>> {
    return this.#session.read('Look for other forms', options, async (call) => {
      const range = { start: 0, count: CAP };
      return countForms(
        (await readPageOf(this.#session.client, otherFormsQuery(known), ['Form'], range, call)).notes,
      );
    });
  }

  readRichText(unid: Unid, itemName: string, options?: CallOptions): AsyncIterable<Uint8Array> {
    return streamRichText(this.#session, unid, itemName, options);
  }

  readAttachments(unid: Unid, options?: CallOptions): AsyncIterable<AttachmentContent> {
    return streamAttachments(this.#session, unid, options);
  }

  async createNote(
    items: Items,
    options?: CallOptions & { readonly parent?: Unid },
  ): Promise<{ readonly unid: Unid }> {
    if (options?.parent !== undefined)
      throw new DominoError(
        'bad-request',
        'Cannot create a response: Proton cannot set the parent of a note',
      );
    return this.#session.write('Creation of a note', options, async (call) => ({
      unid: await this.#session.client.create(encodeItems(items), call),
    }));
  }

  async replaceItems(
    unid: Unid,
    items: Readonly<Record<string, Items[string] | null>>,
    expected: Token | null,
    options?: CallOptions,
  ): Promise<WriteOutcome> {
    return this.#session.write(`Write of note ${unid}`, options, async (call) => {
      if (expected !== null) await this.#session.settleGuard(call);
      return writeItems(this.#session.client, this.#session, unid, items, expected, call);
    });
  }

  async deleteNote(unid: Unid, expected: Token | null, options?: CallOptions): Promise<WriteOutcome> {
    return this.#session.write(`Deletion of note ${unid}`, options, async (call) => {
      if (expected !== null) await this.#session.settleGuard(call);
      return removeNote(this.#session.client, this.#session, unid, expected, call);
    });
  }

  async attachFile(unid: Unid, file: AttachmentUpload, options: CallOptions = {}): Promise<AttachOutcome> {
    const timeoutMs = options.timeoutMs ?? this.#session.limits.writeMs + uploadMs(file.size);
    return this.#session.write(`Upload to note ${unid}`, { ...options, timeoutMs }, (call) =>
      attachFile(this.#session.client, unid, file, call),
    );
  }

  async detachFile(unid: Unid, name: string, options?: CallOptions): Promise<WriteOutcome> {
    return this.#session.write(`Removal of a file of note ${unid}`, options, (call) =>
      detachFile(this.#session.client, unid, name, call),
    );
  }

  async probe(options?: CallOptions): Promise<ProbeResult> {
    return this.#session.read('Probe', options, (call) => this.#session.probe(call));
  }

  async countNotes(forms: readonly string[] | null, options?: CallOptions): Promise<number> {
    return this.#session.read('Count of notes', options, async (call) => {
      const range = { start: 0, count: 1 };
      return (await readPageOf(this.#session.client, formsQuery(forms), [], range, call)).total;
    });
  }

  /** HCL's module has no way to close a connection. */
  async close(): Promise<void> {}
}
