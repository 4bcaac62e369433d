import { afterEach, describe, expect, it } from 'vitest';
import type { Slice } from '../port.ts';
import { CONTRACT_FORM, note, text } from '../contract/contract-case.ts';
import { type EmbeddedOptions, type EmbeddedSubject, openEmbedded } from './testing/embedded-proton.ts';

let subject: EmbeddedSubject;
const open = async (options?: EmbeddedOptions): Promise<EmbeddedSubject> => {
  subject = await openEmbedded(options);
  return subject;
};
afterEach(async () => subject.close());

const ALL: Slice = { by: 'created', forms: [CONTRACT_FORM], from: null, to: null };
const ABSENT = 'DEADBEEFDEADBEEFDEADBEEFDEADBEEF';
type Answer = { readonly documents?: readonly unknown[] };

/** Half of the documents of an answer are lost on the way; its counts stay. */
const halved = (answer: unknown): unknown => {
  const { documents = [], ...rest } = answer as Answer;
  return { ...rest, documents: documents.slice(0, Math.floor(documents.length / 2)) };
};

async function notes(count: number): Promise<string[]> {
  const unids: string[] = [];
  for (let place = 0; place < count; place += 1) unids.push(await subject.person.createNote(note()));
  return unids;
}

describe('half an answer', () => {
  it('by UNID makes no note missing: what was not answered is asked for again, then one by one', async () => {
    const { database } = await open({
      alter: (face) => ({
        bulkReadDocumentsByUnid: async (options) => halved(await face['bulkReadDocumentsByUnid']?.(options)),
      }),
    });
    const unids = await notes(7);
    const readings = await database.readNotes([...unids, ABSENT], []);
    expect(readings.map(({ unid, kind }) => [unid, kind])).toEqual([
      ...unids.map((unid) => [unid, 'note']),
      [ABSENT, 'missing'],
    ]);
  });

  it('of a query is seen to be incomplete', async () => {
    const { database } = await open({
      alter: (face) => ({
        bulkReadDocuments: async (options) => halved(await face['bulkReadDocuments']?.(options)),
      }),
    });
    await notes(4);
    const { total, notes: read } = await database.readSlice(ALL, []);
    expect([total, read.length]).toEqual([4, 2]);
    await expect(database.findByItem(CONTRACT_FORM, 'Form', CONTRACT_FORM)).rejects.toMatchObject({
      code: 'scan-limit',
    });
  });
});

describe('an answer out of shape', () => {
  it('one entry is one failed reading; the others are read', async () => {
    const odd = [
      null,
      7,
      { '@unid': 'short' },
      { '@unid': ABSENT, Form: 'x' },
      { '@unid': ABSENT, '@error': { message: 'odd' } },
    ];
    const { database } = await open({
      alter: (face) => ({
        bulkReadDocuments: async (options) => {
          const { documents = [] } = ((await face['bulkReadDocuments']?.(options)) ?? {}) as Answer;
          const all = [...documents, ...odd];
          return { documents: all, documentRange: { start: 0, count: all.length, total: all.length } };
        },
      }),
    });
    const [unid] = await notes(1);
    const { notes: read, total } = await database.readSlice(ALL, []);
    expect(total).toBe(6);
    expect(read.find((reading) => reading.unid === unid)?.kind).toBe('note');
    expect(read.filter((reading) => reading.kind === 'failed').map(({ code }) => code)).toEqual([
      'protocol',
      'protocol',
      'protocol',
      'protocol',
      'busy',
    ]);
  });

  it('error entries without a UNID belong to the UNID in their place', async () => {
    const { database } = await open({
      alter: (face) => ({
        bulkReadDocumentsByUnid: async (options) => {
          const { documents = [] } = ((await face['bulkReadDocumentsByUnid']?.(options)) ?? {}) as Answer;
          return {
            documents: documents.map((entry) => {
              const { '@unid': unid, ...rest } = entry as Record<string, unknown>;
              return '@error' in rest ? rest : { '@unid': unid, ...rest };
            }),
          };
        },
      }),
    });
    const [first = '', last = ''] = await notes(2);
    const readings = await database.readNotes([first, ABSENT, last], []);
    expect(readings.map(({ kind }) => kind)).toEqual(['note', 'missing', 'note']);
  });

  it.each([
    [undefined],
    ['text'],
    [{ documents: 'none' }],
    [{ documents: [{}, {}], documentRange: { total: 1 } }],
  ])('as a whole is protocol: %j', async (answer) => {
    const { database } = await open({ alter: () => ({ bulkReadDocumentsByUnid: async () => answer }) });
    await expect(database.readNotes([ABSENT], [])).rejects.toMatchObject({ code: 'protocol' });
  });

  it('to a creation leaves its outcome unknown', async () => {
    const { database } = await open({ alter: () => ({ createDocument: async () => ({ unid: ABSENT }) }) });
    await expect(database.createNote(note())).rejects.toMatchObject({ code: 'outcome-unknown' });
  });
});

describe('a module of another version', () => {
  it('without the optional methods declares less and still works', async () => {
    const { database } = await open({
      alter: () =>
        Object.fromEntries(
          [
            'bulkReplaceItems',
            'bulkDeleteItems',
            'bulkDeleteDocuments',
            'bulkReadAttachmentStreamByUnid',
            'bulkReadRichTextStreamByUnid',
          ].map((method) => [method, undefined as never]),
        ),
    });
    const [unid = ''] = await notes(1);
    await expect(database.probe()).resolves.toEqual({ canonicalFormat: false, guard: 'disproven' });
    expect(database.capabilities).toMatchObject({ attachments: false, richText: false, guardedWrite: false });
    const [reading] = await database.readNotes([unid], []);
    const token = reading?.kind === 'note' ? reading.token : null;
    await expect(database.replaceItems(unid, { Title: text('x') }, token)).resolves.toEqual({
      kind: 'written',
    });
    await expect(database.deleteNote(unid, token)).resolves.toEqual({ kind: 'written' });
  });

  it('that refuses canonical items is asked without them', async () => {
    const { database } = await open({ quirks: { canonicalFormat: 'rejected' } });
    await expect(database.probe()).resolves.toMatchObject({ canonicalFormat: false });
  });
});

describe('what is asked', () => {
  it('names the items wanted and Form, nothing else; the probe asks Form only', async () => {
    const { database, domino } = await open();
    const [unid = ''] = await notes(1);
    await database.readSlice(ALL, []);
    expect(domino.requests.itemsAskedOf(unid)).toEqual(new Set(['form']));
    await database.readNotes([unid], ['DoMat']);
    expect(domino.requests.itemsAskedOf(unid)).toEqual(new Set(['form', 'domat']));
    expect(domino.requests.entries().every(({ attachments }) => !attachments)).toBe(true);
  });
});
