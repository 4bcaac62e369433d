import type { NotesDatabase } from '../../connectors/domino/port.ts';

/** Sees each call of a database. Hands on what `work` gives or throws. */
export interface DominoWatch {
  call<T>(call: DominoCall, work: () => Promise<T>): Promise<T>;
  /** Notes that a call answered. */
  notes(linkId: string, count: number): void;
  /** Bytes of a stream that were read. */
  bytes(linkId: string, count: number): void;
}

export interface DominoCall {
  readonly linkId: string;
  readonly call: Exclude<keyof NotesDatabase, 'capabilities' | 'close'>;
}

/** The same database with somebody looking on. Of a stream the call is what brings its first part. */
export function watchedDatabase(database: NotesDatabase, linkId: string, watch: DominoWatch): NotesDatabase {
  const call = <T>(name: DominoCall['call'], work: () => Promise<T>) =>
    watch.call({ linkId, call: name }, work);
  const readDeletionStubs = database.readDeletionStubs?.bind(database);
  const listItems = database.listItems?.bind(database);
  const attachFile = database.attachFile?.bind(database);
  const detachFile = database.detachFile?.bind(database);
  const otherForms = database.otherForms?.bind(database);
  async function* first<T>(name: DominoCall['call'], source: AsyncIterable<T>): AsyncGenerator<T, void> {
    const iterator = source[Symbol.asyncIterator]();
    let ended = false;
    try {
      let step = await call(name, () => iterator.next());
      while (step.done !== true) {
        yield step.value;
        step = await iterator.next();
      }
      ended = true;
    } finally {
      if (!ended) await iterator.return?.();
    }
  }
  async function* counted(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    for await (const part of source) {
      watch.bytes(linkId, part.byteLength);
      yield part;
    }
  }
  return {
    // Some are settled only when the server has been asked.
    get capabilities() {
      return database.capabilities;
    },
    identify: (options) => call('identify', () => database.identify(options)),
    readSlice: (slice, items, options) =>
      call('readSlice', async () => {
        const reading = await database.readSlice(slice, items, options);
        watch.notes(linkId, reading.notes.length);
        return reading;
      }),
    readSlicePage: (slice, items, start, options) =>
      call('readSlicePage', async () => {
        const reading = await database.readSlicePage(slice, items, start, options);
        watch.notes(linkId, reading.notes.length);
        return reading;
      }),
    readNotes: (unids, items, options) =>
      call('readNotes', async () => {
        const readings = await database.readNotes(unids, items, options);
        watch.notes(linkId, readings.length);
        return readings;
      }),
    findByItem: (form, item, value, options) =>
      call('findByItem', () => database.findByItem(form, item, value, options)),
    readRichText: (unid, item, options) =>
      counted(first('readRichText', database.readRichText(unid, item, options))),
    readAttachments: async function* (unid, options) {
      for await (const attachment of first('readAttachments', database.readAttachments(unid, options)))
        yield { ...attachment, content: counted(attachment.content) };
    },
    createNote: (items, options) => call('createNote', () => database.createNote(items, options)),
    replaceItems: (unid, items, expected, options) =>
      call('replaceItems', () => database.replaceItems(unid, items, expected, options)),
    deleteNote: (unid, expected, options) =>
      call('deleteNote', () => database.deleteNote(unid, expected, options)),
    ...(readDeletionStubs === undefined
      ? {}
      : {
          readDeletionStubs: (since, options) =>
            call('readDeletionStubs', () => readDeletionStubs(since, options)),
        }),
    ...(listItems === undefined
      ? {}
      : { listItems: (unid, options) => call('listItems', () => listItems(unid, options)) }),
    ...(attachFile === undefined
      ? {}
      : { attachFile: (unid, file, options) => call('attachFile', () => attachFile(unid, file, options)) }),
    ...(detachFile === undefined
      ? {}
      : { detachFile: (unid, name, options) => call('detachFile', () => detachFile(unid, name, options)) }),
    ...(otherForms === undefined
      ? {}
      : { otherForms: (known, options) => call('otherForms', () => otherForms(known, options)) }),
    close: () => database.close(),
  };
}
