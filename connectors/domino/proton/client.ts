import { type AttachmentUpload, DominoError } from '../port.ts';
import type { Unid } from '../../../src/sync/note.ts';
import { type BulkAnswer, NOTHING_MATCHED, parseBulkAnswer, parseUnid } from './answers.ts';
import type { CanonicalItem } from './encode.ts';
import type { Deed } from '../wire/failure.ts';
import { meansNothingMatched } from './errors.ts';
import type { DominoDbDatabase, DominoDbStream } from './module-api.ts';
import type { Call, SendWire } from '../wire/server-guard.ts';
import { sendFile } from './send-file.ts';

/**
 * A query that names times or UNIDs may be charged for every document of the file, and the server's default ends it at 200,000: asked for by name, the
 * limit is out of the way. The time limit stays the server's.
 */
const UNLIMITED_SCAN = { queryLimits: { maxDocumentsScanned: 2_000_000_000 } };

/** One failing document must not stop the others of its batch; the module's default is not documented. */
const CONTINUE = { onErrorOptions: 'ON_ERROR_CONTINUE' };

export interface PageRequest {
  readonly query: string;
  readonly itemNames: readonly string[];
  readonly start: number;
  readonly count: number;
}

type CanonicalItems = Readonly<Record<string, CanonicalItem>>;

/**
 * The wire calls, each answer checked. Rejects with `WireFailure` (the server said no, or nothing), or `DominoError` (not asked, or an
 * answer that the schema does not allow: `protocol` for reads, `outcome-unknown` for writes, which may have taken effect).
 */
export class ProtonClient {
  readonly #database: DominoDbDatabase;
  readonly #send: SendWire;
  /** Whether reads ask for canonical items; a probe turns it off for servers that refuse the option. */
  asksCanonical = true;

  constructor(database: DominoDbDatabase, send: SendWire) {
    this.#database = database;
    this.#send = send;
  }

  supports(method: keyof DominoDbDatabase): boolean {
    return typeof this.#database[method] === 'function';
  }

  async readPage(page: PageRequest, call: Call): Promise<BulkAnswer> {
    return this.#bulk('query', 'Query', call, () =>
      this.#database.bulkReadDocuments({ ...page, ...UNLIMITED_SCAN, ...this.#format(), ...CONTINUE }),
    );
  }

  async readByUnid(
    unids: readonly Unid[],
    itemNames: readonly string[],
    attachmentSummaries: boolean,
    call: Call,
  ): Promise<BulkAnswer> {
    const summaries = attachmentSummaries ? { readAttachmentSummaries: true } : {};
    return this.#bulk('read', `Read of ${unids.length} notes`, call, () =>
      this.#database.bulkReadDocumentsByUnid({
        unids,
        itemNames,
        ...summaries,
        ...this.#format(),
        ...CONTINUE,
      }),
    );
  }

  /** The document object of one note, unchecked: it is judged like an entry of a bulk answer. */
  async readOne(
    unid: Unid,
    itemNames: readonly string[],
    attachmentSummaries: boolean,
    call: Call,
  ): Promise<unknown> {
    const summaries = attachmentSummaries ? { readAttachmentSummaries: true } : {};
    return this.#send('read', `Read of note ${unid}`, call, async () => {
      const document = await this.#database.useDocument({ unid });
      return document.read({ itemNames, ...summaries, ...this.#format() });
    });
  }

  async create(document: CanonicalItems, call: Call): Promise<Unid> {
    const answer = await this.#send('write', 'Creation of a note', call, () =>
      this.#database.createDocument({ document }),
    );
    const unid = parseUnid(answer);
    if (unid === null) throw malformed('Creation of a note', 'write');
    return unid;
  }

  async replaceItems(unid: Unid, replaceItems: CanonicalItems, call: Call): Promise<void> {
    await this.#send('write', `Write of note ${unid}`, call, async () => {
      const document = await this.#database.useDocument({ unid });
      return document.replaceItems({ replaceItems });
    });
  }

  async deleteItems(unid: Unid, itemNames: readonly string[], call: Call): Promise<void> {
    await this.#send('write', `Deletion of items of note ${unid}`, call, async () => {
      const document = await this.#database.useDocument({ unid });
      return document.deleteItems({ itemNames });
    });
  }

  async deleteDocument(unid: Unid, call: Call): Promise<void> {
    await this.#send('write', `Deletion of note ${unid}`, call, async () => {
      const document = await this.#database.useDocument({ unid });
      return document.delete({});
    });
  }

  async replaceItemsWhere(query: string, replaceItems: CanonicalItems, call: Call): Promise<BulkAnswer> {
    return this.#bulkWrite('bulkReplaceItems', { query, replaceItems }, call);
  }

  async deleteItemsWhere(query: string, itemNames: readonly string[], call: Call): Promise<BulkAnswer> {
    return this.#bulkWrite('bulkDeleteItems', { query, itemNames }, call);
  }

  async deleteWhere(query: string, call: Call): Promise<BulkAnswer> {
    return this.#bulkWrite('bulkDeleteDocuments', { query }, call);
  }

  /** Answers the name that the file got. */
  async createAttachment(unid: Unid, file: AttachmentUpload, call: Call): Promise<string> {
    return this.#send('write', `Upload to note ${unid}`, call, async (signal) => {
      const writer = await this.#database.bulkCreateAttachmentStream?.({});
      if (writer === undefined) throw unsupported('bulkCreateAttachmentStream');
      return sendFile(writer, unid, file, signal);
    });
  }

  async deleteAttachment(unid: Unid, name: string, call: Call): Promise<BulkAnswer> {
    return this.#bulk('write', `Removal of a file of note ${unid}`, call, async () => {
      const given = { unids: [unid], fileNames: [name], ...CONTINUE };
      const answer = this.#database.bulkDeleteAttachmentsByUnid?.(given);
      if (answer === undefined) throw unsupported('bulkDeleteAttachmentsByUnid');
      return answer;
    });
  }

  /** `attach` runs before any event can pass: the module begins to emit right after it answered. */
  async openAttachments(unid: Unid, call: Call, attach: (stream: DominoDbStream) => void): Promise<void> {
    await this.#open('bulkReadAttachmentStreamByUnid', { unids: [unid] }, call, attach);
  }

  async openRichText(
    unid: Unid,
    itemName: string,
    call: Call,
    attach: (stream: DominoDbStream) => void,
  ): Promise<void> {
    await this.#open('bulkReadRichTextStreamByUnid', { unids: [unid], fields: [itemName] }, call, attach);
  }

  async #open(
    method: 'bulkReadAttachmentStreamByUnid' | 'bulkReadRichTextStreamByUnid',
    options: Readonly<Record<string, unknown>>,
    call: Call,
    attach: (stream: DominoDbStream) => void,
  ): Promise<void> {
    await this.#send('read', 'Opening of a stream', call, async () => {
      const stream = await this.#database[method]?.(options);
      if (stream === undefined) throw unsupported(method);
      attach(stream);
    });
  }

  async #bulkWrite(
    method: 'bulkReplaceItems' | 'bulkDeleteItems' | 'bulkDeleteDocuments',
    options: Readonly<Record<string, unknown>>,
    call: Call,
  ): Promise<BulkAnswer> {
    return this.#bulk('write', 'Guarded write', call, async () => {
      const answer = this.#database[method]?.({ ...options, ...UNLIMITED_SCAN, ...CONTINUE });
      if (answer === undefined) throw unsupported(method);
      return answer;
    });
  }

  async #bulk(deed: Deed, action: string, call: Call, send: () => PromiseLike<unknown>): Promise<BulkAnswer> {
    const answer = await this.#send(deed, action, call, async () => {
      try {
        return await send();
      } catch (cause) {
        if (deed !== 'read' && meansNothingMatched(cause)) return NOTHING_MATCHED;
        throw cause;
      }
    });
    const parsed = parseBulkAnswer(answer);
    if (parsed === null) throw malformed(action, deed);
    return parsed;
  }

  #format(): Readonly<Record<string, unknown>> {
    return this.asksCanonical ? { canonicalFormat: true } : {};
  }
}

function malformed(action: string, deed: Deed): DominoError {
  return new DominoError(
    deed === 'write' ? 'outcome-unknown' : 'protocol',
    `${action}: the answer has a shape that is not known`,
  );
}

function unsupported(method: string): DominoError {
  return new DominoError(
    'bad-request',
    `This version of @domino/domino-db has no ${method}: upgrade the AppDev Pack`,
  );
}
