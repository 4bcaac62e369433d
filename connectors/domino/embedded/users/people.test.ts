import { describe, expect, test } from 'vitest';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { numberItem, richTextItem, textItem } from '../engine/item-builders.ts';
import { findItem, textValues, withItems } from '../engine/item-lookup.ts';
import { temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { categorise, changeForm, resaveRichText, retype, runAgent, stamp } from './agents.ts';
import { openNote } from './open-note.ts';
import { copyAndPaste, cutAndPaste } from './paste.ts';

const LAN = { name: 'CN=Lan/O=Party' };
const BRIDGE = 'CN=Bridge/O=Party';
const MINUTE = 60_000;

function member(database: EmbeddedDatabase, parent?: string): string {
  const items = [
    textItem('Form', 'F'),
    textItem('HandbookId', 'r-1'),
    textItem('Key', 'k-1'),
    textItem('X', '0'),
  ];
  return database.create(items, { by: LAN.name, ...(parent === undefined ? {} : { parent }) }).unid;
}

const value = (database: EmbeddedDatabase, unid: string, name: string): unknown =>
  textValues(database.readBare(unid)?.items ?? [], name)[0];

describe('a document held open', () => {
  test('[US1] saved ten minutes later, after a program wrote another item: a save conflict; the first save stays', () => {
    using t = temporaryDomino();
    const unid = member(t.database);
    const held = openNote(t.database, LAN, unid);
    t.time += 5 * MINUTE;
    t.database.save(unid, (items) => withItems(items, [textItem('Y', 'bridge')]), { by: BRIDGE });
    t.time += 5 * MINUTE;
    const outcome = held.save({ written: [textItem('X', 'lan')] });
    expect(outcome.kind).toBe('save-conflict');
    expect(t.database.read(outcome.unid ?? '')).toMatchObject({ conflict: true, parent: unid, sequence: 1 });
    expect(value(t.database, outcome.unid ?? '', 'HandbookId')).toBe('r-1');
    expect([value(t.database, unid, 'X'), value(t.database, unid, 'Y')]).toEqual(['0', 'bridge']);
    expect([value(t.database, outcome.unid ?? '', 'X'), value(t.database, outcome.unid ?? '', 'Y')]).toEqual([
      'lan',
      undefined,
    ]);
  });

  test('[US1] nobody saved meanwhile: saved; the person gives up, or the form wants no conflicts: nothing of theirs stays', () => {
    using t = temporaryDomino();
    const unid = member(t.database);
    expect(
      openNote(t.database, LAN, unid).save({ written: [textItem('X', '1')], removed: ['Key'] }).kind,
    ).toBe('saved');
    expect([value(t.database, unid, 'X'), value(t.database, unid, 'Key')]).toEqual(['1', undefined]);
    const held = openNote(t.database, LAN, unid);
    t.database.save(unid, (items) => withItems(items, [textItem('$ConflictAction', '2')]));
    expect(held.save({ written: [textItem('X', '2')] })).toEqual({ kind: 'given-up', unid: null });
    t.database.save(unid, (items) => withItems(items, [textItem('$ConflictAction', '0')]));
    expect(held.save({ written: [textItem('X', '2')] }, 'give-up').kind).toBe('given-up');
    expect([t.database.count(), value(t.database, unid, 'X')]).toEqual([1, '1']);
  });

  test('[US1] saved after somebody deleted it, it is there again', () => {
    using t = temporaryDomino();
    const unid = member(t.database);
    const held = openNote(t.database, LAN, unid);
    t.time += MINUTE;
    const stub = t.database.delete(unid);
    expect(held.save({ written: [textItem('X', 'lan')] })).toEqual({ kind: 'recreated', unid });
    expect(t.database.readBare(unid)?.sequence).toBe(stub.sequence + 1);
    expect(t.database.stubs()).toEqual([]);
  });

  test('[US1] or is refused, by the other switch', () => {
    using t = temporaryDomino({ quirks: { saveOfDeleted: 'refused' } });
    const held = openNote(t.database, LAN, member(t.database));
    t.database.delete(held.unid);
    expect(() => held.save({ written: [] })).toThrow(expect.objectContaining({ code: 'not-found' }));
  });
});

describe('agents', () => {
  test('[US2] an agent saves every note that its signer may edit, and moves their sequence even if nothing changes', () => {
    using t = temporaryDomino();
    const unids = [member(t.database), member(t.database)];
    expect(
      runAgent(
        t.database,
        LAN,
        stamp(() => [textItem('X', '0')]),
      ),
    ).toEqual(unids);
    expect(unids.map((unid) => t.database.readBare(unid)?.sequence)).toEqual([2, 2]);
    expect(
      runAgent(
        t.database,
        { ...LAN, access: 'reader' },
        stamp(() => [textItem('X', '1')]),
      ),
    ).toEqual([]);
    expect(
      runAgent(
        t.database,
        LAN,
        stamp(() => []),
        { dryRun: true },
      ),
    ).toEqual(unids);
    expect(unids.map((unid) => t.database.readBare(unid)?.sequence)).toEqual([2, 2]);
  });

  test('[US7] mass categorising adds to the categories of every note, also where they are there', () => {
    using t = temporaryDomino();
    const unid = member(t.database);
    runAgent(t.database, LAN, categorise(['A']));
    runAgent(t.database, LAN, categorise(['B', 'A']));
    expect(t.database.readBare(unid)?.sequence).toBe(3);
    expect(textValues(t.database.readBare(unid)?.items ?? [], 'Categories')).toEqual(['A', 'B']);
  });

  test('[US5] forms change under documents, and go', () => {
    using t = temporaryDomino();
    const unid = member(t.database);
    expect(runAgent(t.database, LAN, changeForm('G', 'H'))).toEqual([]);
    runAgent(t.database, LAN, changeForm('F', 'G'));
    expect(value(t.database, unid, 'Form')).toBe('G');
    runAgent(t.database, LAN, changeForm('G', null));
    expect(findItem(t.database.readBare(unid)?.items ?? [], 'Form')).toBeUndefined();
  });

  test('[US5] values change their type and shape, not their meaning', () => {
    using t = temporaryDomino();
    const { unid } = t.database.create([textItem('T', '7'), numberItem('N', 7), textItem('L', ['a', 'b'])]);
    const after = (name: string, how: Parameters<typeof retype>[1]): unknown => {
      runAgent(t.database, LAN, retype(name, how));
      return findItem(t.database.readBare(unid)?.items ?? [], name)?.value;
    };
    expect(after('N', 'to-text')).toEqual({ type: 'text', values: ['7'], list: false });
    expect(after('N', 'to-number')).toEqual({ type: 'number', values: [7], list: false });
    expect(after('N', 'to-list')).toEqual({ type: 'number', values: [7], list: true });
    expect(after('N', 'to-single')).toEqual({ type: 'number', values: [7], list: false });
    expect(after('T', 'trailing-blank')).toEqual({ type: 'text', values: ['7 '], list: false });
    const { sequence } = t.database.readBare(unid) ?? {};
    expect([after('L', 'to-single'), after('L', 'to-number')]).toEqual([
      { type: 'text', values: ['a', 'b'], list: true },
      { type: 'text', values: ['a', 'b'], list: true },
    ]);
    expect(t.database.readBare(unid)?.sequence).toBe(sequence);
  });

  test('[US6] rich text saved again moves the sequence, its DXL is other bytes with the same text', () => {
    using t = temporaryDomino();
    const dxl = new TextEncoder().encode('<richtext><par>Xin chào</par></richtext>');
    const { unid } = t.database.create([
      richTextItem('Body', dxl, 'dxl'),
      richTextItem('Cd', new Uint8Array([1, 2])),
    ]);
    runAgent(t.database, LAN, resaveRichText('Body'));
    runAgent(t.database, LAN, resaveRichText('Cd'));
    const bytes = (name: string): string => {
      const body = findItem(t.database.read(unid)?.items ?? [], name)?.value;
      return body?.type === 'richtext' ? new TextDecoder().decode(body.bytes) : '';
    };
    expect([bytes('Body'), bytes('Cd')]).toEqual([
      '<richtext><par>Xin chào</par>\n</richtext>',
      '\u0001\u0002',
    ]);
    expect(t.database.readBare(unid)?.sequence).toBe(3);
  });
});

describe('the clipboard', () => {
  test('[US3] a copy has every item, marks and keys of other programs too, and an identity of its own', () => {
    using t = temporaryDomino();
    const other = t.domino.createDatabase('other.nsf');
    const parent = member(t.database);
    const child = member(t.database, member(t.database, parent));
    t.time += MINUTE;
    for (const into of [null, other]) {
      const copy = copyAndPaste(t.database, child, { into, as: LAN });
      const note = (into ?? t.database).readBare(copy);
      expect(note).toMatchObject({
        sequence: 1,
        created: t.domino.now(),
        parent: t.database.readBare(child)?.parent,
      });
      expect(copy).not.toBe(child);
      expect(['HandbookId', 'Key'].map((name) => textValues(note?.items ?? [], name)[0])).toEqual([
        'r-1',
        'k-1',
      ]);
    }
    const under = copyAndPaste(t.database, child, { into: null, as: LAN, under: parent });
    expect(t.database.readBare(under)?.parent).toBe(parent);
  });

  test('[US4] a cut leaves a stub, and the note is another one in the other database, or by the switch the same', () => {
    for (const movedUnid of ['new', 'kept'] as const) {
      using t = temporaryDomino({ quirks: { movedUnid } });
      const other = t.domino.createDatabase('other.nsf');
      const unid = member(t.database);
      const moved = cutAndPaste(t.database, unid, { into: other, as: LAN });
      expect(moved === unid).toBe(movedUnid === 'kept');
      expect([t.database.stubs().length, t.database.count(), other.count()]).toEqual([1, 0, 1]);
    }
  });

  test('[US4] nobody cuts what they may not delete, nor copies what they may not read', () => {
    using t = temporaryDomino();
    const unid = member(t.database);
    expect(() => cutAndPaste(t.database, unid, { into: null, as: { ...LAN, deletes: false } })).toThrow(
      expect.objectContaining({ code: 'not-authorized' }),
    );
    expect(() => copyAndPaste(t.database, unid, { into: null, as: { ...LAN, access: 'reader' } })).toThrow(
      expect.objectContaining({ code: 'not-authorized' }),
    );
    expect(() => copyAndPaste(t.database, unid, { into: null, as: { ...LAN, access: 'none' } })).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
    expect(t.database.count()).toBe(1);
  });
});
