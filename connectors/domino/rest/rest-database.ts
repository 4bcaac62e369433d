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
import type { DeletionStub, Items, NoteReading, Token, Unid } from '../../../src/sync/note.ts';
import { formsQuery, itemQuery } from '../wire/query.ts';
import type { Call } from '../wire/server-guard.ts';
import { removeFile, uploadFile } from './attachment-writing.ts';
import { streamAttachments, streamRichText, summariesOf } from './contents.ts';
import { type DescribedForm, describeForms } from './describe-forms.ts';
import { stubsByAgent } from './deletion-agent.ts';
import type { ExpectedForm } from './findings.ts';
import { CAP, pageFrom, readByUnids, readPageOf, wholeSlice } from './note-reading.ts';
import { createNote, removeNote, writeItems } from './note-writing.ts';
import { probeReport, type RestProbe } from './probe.ts';
import type { RestServer } from './rest-server.ts';
import { RestSession } from './session.ts';
import { findInView, sliceOf, viewInsteadOfDql } from './view-reading.ts';

export interface RestDatabaseOptions {
  readonly server: RestServer;
  /** `dataSource`: the name under which the database is offered, in lower case. */
  readonly scope: string;
  /** What the link needs of each form; without it only the server itself is judged. */
  readonly expected?: readonly ExpectedForm[];
  /** Notes name of the bridge; another one at the server stops writes. */
  readonly identity?: string;
  /** Ids of the probe's findings whose loss the operator accepts. */
  readonly acceptLoss?: readonly string[];
  /** Whether the schema is said to require the revision, until the server has been asked. Default true. */
  readonly conditionalWrite?: boolean;
  readonly richTextAs?: 'html' | 'plain' | 'mime';
  /** View of the schema, sorted by the time of the last change; asked where the schema allows no DQL. */
  readonly changesView?: string;
  /** Server agent that lists deletion stubs. */
  readonly deletionAgent?: string;
}

/** The port plus what only this way in has. */
export interface RestDatabase extends NotesDatabase {
  /** Asks server and schema what they do to this link's documents. Also done by the first call, and every ten minutes. */
  probe(options?: CallOptions): Promise<RestProbe>;
  /** Every form that the schema offers, whether mapped or not. */
  describeForms(options?: CallOptions): Promise<readonly DescribedForm[]>;
  /** How many notes there are of these forms, or of any form that the schema knows (null). */
  countNotes(forms: readonly string[] | null, options?: CallOptions): Promise<number>;
  attachFile(unid: Unid, file: AttachmentUpload, options?: CallOptions): Promise<AttachOutcome>;
  detachFile(unid: Unid, name: string, options?: CallOptions): Promise<WriteOutcome>;
}

/** Makes no request to Domino. */
export function openRestDatabase(options: RestDatabaseOptions): RestDatabase {
  const { server } = options;
  const session = new RestSession({
    client: server.client,
    hostRoot: server.hostRoot,
    learn: (operations) => server.learn(operations),
    scope: options.scope,
    limits: server.limits,
    expected: options.expected ?? [],
    identity: options.identity ?? null,
    acceptLoss: options.acceptLoss ?? [],
    conditionalWrite: options.conditionalWrite ?? true,
    richTextAs: options.richTextAs ?? 'html',
    deletionAgent: options.deletionAgent ?? null,
    changesView: options.changesView ?? null,
  });
  return options.deletionAgent === undefined
    ? new RestNotesDatabase(server.name, session)
    : new RestWithStubs(server.name, session, options.deletionAgent);
}

class RestNotesDatabase implements RestDatabase {
  readonly #server: string;
  protected readonly session: RestSession;

  constructor(server: string, session: RestSession) {
    this.#server = server;
    this.session = session;
  }

  get capabilities(): Capabilities {
    return {
      conditionalWrite: this.session.conditionalWrite,
      conditionalDelete: false,
      deletionStubs: this.session.options.deletionAgent !== null,
      serverClock: false,
      listItems: false,
      attachments: true,
      attachmentWrites: true,
      richText: true,
      richTextFormat: this.session.options.richTextAs,
      createResponses: true,
      tokenKind: this.session.tokenKind,
      lostUpdateDetection: 'none',
      guardedWrite: true,
      cap: CAP,
    };
  }

  async identify(options?: CallOptions): Promise<InstanceIdentity> {
    const { scope } = this.session.options;
    const { schema } = await this.session.read(`Look for scope "${scope}"`, options, async (call) => {
      return (await this.session.probe(call)).scope;
    });
    return { server: this.#server, filePath: schema.nsfPath, replicaId: null };
  }

  async readSlice(slice: Slice, itemNames: readonly string[], options?: CallOptions): Promise<SliceReading> {
    return this.session.read('Read of a slice', options, async (call) =>
      sliceOf(this.session, slice, itemNames, wholeSlice, call),
    );
  }

  async readSlicePage(
    slice: Slice,
    itemNames: readonly string[],
    start: number,
    options?: CallOptions,
  ): Promise<SliceReading> {
    return this.session.read('Read of a slice', options, async (call) =>
      sliceOf(this.session, slice, itemNames, pageFrom(start), call),
    );
  }

  async readNotes(
    unids: readonly Unid[],
    itemNames: readonly string[],
    options?: ReadOptions,
  ): Promise<readonly NoteReading[]> {
    if (unids.length > CAP)
      throw new DominoError('bad-request', `Cannot read ${unids.length} notes at once: ${CAP} are the most`);
    return this.session.read(`Read of ${unids.length} notes`, options, async (call) => {
      const readings = await readByUnids(this.session, unids, itemNames, call);
      if (options?.attachmentSummaries !== true) return readings;
      return Promise.all(readings.map((reading) => this.#withSummaries(reading, call)));
    });
  }

  async findByItem(
    form: string,
    itemName: string,
    value: string,
    options?: CallOptions,
  ): Promise<readonly Unid[]> {
    const action = `Search by ${itemName}`;
    const query = itemQuery(form, itemName, value);
    return this.session.read(action, options, async (call) => {
      const facts = await this.session.facts(call);
      const frame = this.session.frame(facts, [itemName], [form]);
      const view = viewInsteadOfDql(this.session, facts);
      if (view !== null) return findInView(this.session, view, frame, { itemName, value }, call);
      const found = await readPageOf(this.session, query, frame, pageFrom(0), call);
      if (found.total > found.notes.length)
        throw new DominoError('scan-limit', `${action}: more than ${CAP} notes match, too many to compare`);
      return found.notes.flatMap((note) =>
        note.kind === 'note' && note.items[itemName]?.values.includes(value) === true ? [note.unid] : [],
      );
    });
  }

  readRichText(unid: Unid, itemName: string, options?: CallOptions): AsyncIterable<Uint8Array> {
    return streamRichText(this.session, unid, itemName, options);
  }

  readAttachments(unid: Unid, options?: CallOptions): AsyncIterable<AttachmentContent> {
    return streamAttachments(this.session, unid, options);
  }

  async createNote(
    items: Items,
    options?: CallOptions & { readonly parent?: Unid },
  ): Promise<{ readonly unid: Unid }> {
    return this.session.write('Creation of a note', options, (call) =>
      createNote(this.session, items, options?.parent, call),
    );
  }

  async replaceItems(
    unid: Unid,
    items: Readonly<Record<string, Items[string] | null>>,
    expected: Token | null,
    options?: CallOptions,
  ): Promise<WriteOutcome> {
    return this.session.write(`Write of note ${unid}`, options, (call) =>
      writeItems(this.session, unid, items, expected, call),
    );
  }

  async deleteNote(unid: Unid, expected: Token | null, options?: CallOptions): Promise<WriteOutcome> {
    return this.session.write(`Deletion of note ${unid}`, options, (call) =>
      removeNote(this.session, unid, expected, call),
    );
  }

  async attachFile(unid: Unid, file: AttachmentUpload, options: CallOptions = {}): Promise<AttachOutcome> {
    const timeoutMs = options.timeoutMs ?? this.session.options.limits.writeMs + uploadMs(file.size);
    return this.session.write(`Upload to note ${unid}`, { ...options, timeoutMs }, (call) =>
      uploadFile(this.session, unid, file, call),
    );
  }

  async detachFile(unid: Unid, name: string, options?: CallOptions): Promise<WriteOutcome> {
    return this.session.write(`Removal of a file of note ${unid}`, options, (call) =>
      removeFile(this.session, unid, name, call),
    );
  }

  async probe(options?: CallOptions): Promise<RestProbe> {
    return this.session.read('Probe', options, async (call) =>
      probeReport(this.session, await this.session.probe(call)),
    );
  }

  async describeForms(options?: CallOptions): Promise<readonly DescribedForm[]> {
    return this.session.read('Forms of the schema', options, (call) => describeForms(this.session, call));
  }

  async countNotes(forms: readonly string[] | null, options?: CallOptions): Promise<number> {
    return this.session.read('Count of notes', options, async (call) => {
      const frame = this.session.frame(await this.session.facts(call), [], forms ?? []);
      const all = { start: 0, counted: 100_000 };
      return (await readPageOf(this.session, formsQuery(forms), frame, all, call)).total;
    });
  }

  /** The connections belong to the server, which other databases share. */
  async close(): Promise<void> {}

  async #withSummaries(reading: NoteReading, call: Call): Promise<NoteReading> {
    if (reading.kind !== 'note') return reading;
    return { ...reading, attachments: await summariesOf(this.session, reading.unid, call) };
  }
}

class RestWithStubs extends RestNotesDatabase {
  readonly #agent: string;

  constructor(server: string, session: RestSession, agent: string) {
    super(server, session);
    this.#agent = agent;
  }

  async readDeletionStubs(since: string | null, options?: CallOptions): Promise<readonly DeletionStub[]> {
    return this.session.read('Deletion stubs', options, (call) =>
      stubsByAgent(this.session, this.#agent, since, call),
    );
  }
}
