import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readMappings } from '../../../../config/read-mappings.ts';
import { decodeNote } from '../../../../src/sync/decode-note.ts';
import { gateOf } from '../../../../src/sync/gate.ts';
import type { Mapping } from '../../../../src/sync/mapping.ts';
import type { Items } from '../../../../src/sync/note.ts';
import { portItem } from '../direct/port-items.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { mayRead } from '../engine/identity.ts';
import { textValues } from '../engine/item-lookup.ts';
import { readServerFile } from '../engine/server-file.ts';
import type { StoredNote } from '../stored-note.ts';
import { generateSample, SAMPLE_BRIDGE, type SampleOptions } from './generate-sample.ts';
import type { SampleForm } from './sample-report.ts';

const MAPPINGS = new Map(
  readMappings(fileURLToPath(new URL('../../../../config/mappings', import.meta.url))).map((mapping) => [
    mapping.form,
    mapping,
  ]),
);
const NOW = Date.parse('2026-11-23T03:00:00.010Z');

const cleanUps: (() => void)[] = [];
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

function emptyDomino(now = NOW): EmbeddedDomino {
  const root = mkdtempSync(join(tmpdir(), 'sample-'));
  const domino = new EmbeddedDomino({ root, timeSource: () => now });
  cleanUps.push(() => {
    domino.close();
    rmSync(root, { recursive: true, force: true });
  });
  return domino;
}

async function generate(options: Partial<SampleOptions> = {}) {
  const domino = options.domino ?? emptyDomino();
  const report = await generateSample({ members: 300, seed: 7, ...options, domino });
  const databases = [report.databases.members, report.databases.work].map((path) =>
    domino.openDatabase(path),
  );
  return { domino, report, databases, notes: databases.flatMap((database) => [...database.notes()]) };
}

const itemsOf = (note: StoredNote): Items =>
  Object.fromEntries(
    note.items.flatMap((item) => {
      const shown = portItem(item);
      return shown === null ? [] : [[item.name, shown] as const];
    }),
  );

const formOf = (note: StoredNote): SampleForm => textValues(note.items, 'Form')[0] as SampleForm;
const mappingOf = (note: StoredNote): Mapping => {
  const mapping = MAPPINGS.get(formOf(note));
  if (mapping === undefined) throw new Error(`no mapping for ${formOf(note)}`);
  return mapping;
};

const PARENTS: Readonly<Record<string, string>> = { NhiemVuDangVien: 'MaNhiemVu', DiemDanh: 'MaSinhHoat' };

/** What a note is by the bridge's own rules. */
function statesByForm(notes: readonly StoredNote[]): Record<string, Record<string, number>> {
  const keysReleased = new Set(notes.flatMap((note) => (ownState(note) === 'released' ? [keyOf(note)] : [])));
  const taken = new Set<string>();
  const counts: Record<string, Record<string, number>> = {};
  for (const note of notes) {
    const own = ownState(note);
    const parent = PARENTS[formOf(note)];
    const orphaned =
      parent !== undefined &&
      (own === 'released' || own === 'broken') &&
      !keysReleased.has(textValues(note.items, parent)[0] ?? '');
    const ofForm = (counts[formOf(note)] ??= {});
    const doubled = own === 'released' && taken.has(keyOf(note));
    const state = orphaned ? 'childOfUnreleased' : doubled ? 'duplicate' : own;
    if (own === 'released') taken.add(keyOf(note));
    ofForm[state] = (ofForm[state] ?? 0) + 1;
  }
  return counts;
}

function keyOf(note: StoredNote): string {
  const { key, fields } = mappingOf(note);
  return textValues(note.items, fields.find(({ field }) => field === key)?.item ?? '')[0] ?? '';
}

function ownState(note: StoredNote): string {
  const verdict = gateOf(mappingOf(note), itemsOf(note));
  if (verdict !== 'released') return mappingOf(note).gate.denied ? 'denied' : verdict.withheld;
  return decodeNote(mappingOf(note), itemsOf(note)).problems.length === 0 ? 'released' : 'broken';
}

const withoutZeros = (forms: Readonly<Record<string, Readonly<Record<string, number>>>>) =>
  Object.fromEntries(
    Object.entries(forms).map(([form, counts]) => [
      form,
      Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0)),
    ]),
  );

const perSecond = (database: EmbeddedDatabase): number[] => {
  const seconds = new Map<number, number>();
  for (const { modifiedInFile } of database.notes()) {
    const second = Math.floor(modifiedInFile / 1000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
  }
  return [...seconds.values()];
};

describe('generateSample', () => {
  test.for([false, true])(
    'the gate and the mappings find exactly what the report says (flaws: %s)',
    async (flaws) => {
      const { report, notes } = await generate({ flaws });
      expect(withoutZeros(statesByForm(notes))).toEqual(withoutZeros(report.forms));
      expect(notes).toHaveLength(report.notes);
      const broken = Object.values(report.forms).reduce((sum, counts) => sum + counts.broken, 0);
      expect(broken > 0).toBe(flaws);
      for (const state of ['released', 'unmarked', 'classified'] as const)
        expect(report.forms.DangVien?.[state]).toBeGreaterThan(0);
      expect(report.forms.NhiemVuDangVien?.childOfUnreleased).toBeGreaterThan(0);
    },
  );

  test('a city has every kind of note that begins in Notes, in the numbers that the report says', async () => {
    const { report, notes } = await generate({ city: { meetings: 2 }, members: 800 });
    expect(withoutZeros(statesByForm(notes))).toEqual(withoutZeros(report.forms));
    const born = [...MAPPINGS.values()].filter(({ creates }) => creates !== 'handbook');
    expect(Object.keys(report.forms).sort()).toEqual(born.map(({ form }) => form).sort());
    expect(report.forms.DangVien?.duplicate).toBeGreaterThan(0);
    for (const form of ['KyLuat', 'KiemTraGiamSat', 'HoSoDangVien'] as const)
      expect(report.forms[form]?.denied, form).toBeGreaterThan(0);
    expect(report.forms.DiemDanh?.childOfUnreleased).toBeGreaterThan(0);
    // Five levels: the committees between grassroots and cells included.
    const kinds = notes.flatMap((note) => textValues(note.items, 'LoaiToChuc'));
    expect(new Set(kinds)).toEqual(
      new Set(['DangBoTinh', 'DangBoCapTren', 'DangBoCoSo', 'DangBoBoPhan', 'ChiBo']),
    );
  });

  test('texts of a city are counted: decomposed letters, ABC fonts, partial dates', async () => {
    const { report, notes } = await generate({ city: { meetings: 0 }, members: 800 });
    const holding = (is: (text: string, item: string) => boolean) =>
      notes.filter(({ items }) =>
        items.some((item) => textValues(items, item.name).some((text) => is(text, item.name))),
      ).length;
    expect(report.texts.decomposed).toBe(holding((text) => text !== text.normalize('NFC')));
    expect(report.texts.partialDate).toBe(
      holding((text, item) => /^(?:Ngay|TuNgay)/u.test(item) && /^(?:\d\d\/)?\d{4}$/u.test(text)),
    );
    const typed = notes.filter((note) => {
      if (formOf(note) !== 'DangVien') return false;
      const { fullName } = decodeNote(mappingOf(note), itemsOf(note)).fields;
      return (
        typeof fullName === 'string' && fullName !== textValues(note.items, 'HoTen')[0]?.normalize('NFC')
      );
    });
    expect(typed.length).toBe(report.texts.abcFont);
    expect(report.texts.abcFont).toBeGreaterThan(5);
  });

  test('every mapped item occurs, with partial dates, decomposed names, rich text and attachments among them', async () => {
    const { notes } = await generate();
    for (const form of ['ToChucDang', 'DangVien', 'VanBan', 'NhiemVu', 'NhiemVuDangVien'] as const) {
      const names = new Set(
        notes.filter((note) => formOf(note) === form).flatMap((note) => note.items.map((item) => item.name)),
      );
      for (const { item } of MAPPINGS.get(form)?.fields ?? [])
        expect(names, `${form}.${item}`).toContain(item);
    }
    const members = notes.filter((note) => formOf(note) === 'DangVien').map(itemsOf);
    expect(members.some((items) => /^\d{4}$/u.test(String(items['NgaySinh']?.values[0])))).toBe(true);
    expect(members.some((items) => items['NgaySinh']?.type === 'datetime')).toBe(true);
    expect(
      members.some(
        (items) => items['HoTen']?.values[0] !== String(items['HoTen']?.values[0]).normalize('NFC'),
      ),
    ).toBe(true);
  });

  test('business keys are unique and references lead somewhere', async () => {
    const { notes } = await generate();
    const keys = new Map<string, Set<string>>();
    for (const note of notes) {
      const { key, fields, entity } = mappingOf(note);
      const value = textValues(note.items, fields.find(({ field }) => field === key)?.item ?? '')[0] ?? '';
      const known = keys.get(entity) ?? new Set();
      expect(known.has(value), `${entity} ${value}`).toBe(false);
      keys.set(entity, known.add(value));
    }
    const dangling = notes.flatMap((note) =>
      mappingOf(note).fields.flatMap(({ item, type, entity = '' }) => {
        const [value = ''] = textValues(note.items, item);
        return type === 'reference' && value !== '' && keys.get(entity)?.has(value) !== true ? [item] : [];
      }),
    );
    expect(dangling).toEqual([]);
  });

  test('invented people only: no citizen number and no telephone number can be real', async () => {
    const { notes } = await generate();
    for (const { items } of notes.filter((note) => formOf(note) === 'DangVien')) {
      for (const value of textValues(items, 'SoDinhDanh')) expect(value).toMatch(/^(099\d{9})?$/u);
      for (const value of textValues(items, 'DienThoai')) expect(value).toMatch(/^(010\d{7})?$/u);
    }
  });

  test('the same seed gives the same notes on any day, and a second run changes nothing', async () => {
    const first = await generate({ members: 60 });
    const later = await generate({ members: 60, domino: emptyDomino(NOW + 90 * 86_400_000) });
    const other = await generate({ members: 60, seed: 8 });
    const contents = (notes: readonly StoredNote[]) =>
      notes.map(({ unid, sequence, sequenceTime, created, parent, items }) => ({
        unid,
        sequence,
        sequenceTime,
        created,
        parent,
        items,
      }));
    expect(contents(later.notes)).toEqual(contents(first.notes));
    expect(other.notes.map(({ unid }) => unid)).not.toContain(first.notes[0]?.unid);
    const again = await generate({ members: 60, domino: first.domino });
    expect(contents(again.notes)).toEqual(contents(first.notes));
  });

  test('times lie in the past, spread, no second is full, and the clock is left as it was', async () => {
    const domino = emptyDomino();
    domino.clock.step(5000);
    const { databases, notes } = await generate({ domino, members: 1000 });
    expect(domino.now()).toBe(Math.floor((NOW + 5000) / 10) * 10);
    for (const note of notes) {
      expect(note.sequenceTime).toBeGreaterThanOrEqual(note.created);
      expect(note.modifiedInFile).toBeGreaterThanOrEqual(note.sequenceTime);
      expect(note.modifiedInFile).toBeLessThan(NOW);
    }
    for (const database of databases) {
      const counts = perSecond(database);
      expect(Math.max(...counts)).toBeLessThanOrEqual(200);
      expect(counts.length).toBeGreaterThan(20);
    }
  });

  test('a process that is killed meanwhile finds its own time again', async () => {
    const domino = emptyDomino();
    domino.clock.step(5000);
    const kept: unknown[] = [];
    const seen: number[] = [];
    for (const path of ['dangvien.nsf', 'tacnghiep.nsf']) {
      const database = domino.createDatabase(path);
      const original = database.import.bind(database);
      vi.spyOn(database, 'import').mockImplementation((notes) => {
        kept.push(readServerFile(domino.root)?.clockOffsetMs);
        seen.push(domino.now());
        return original(notes);
      });
    }
    await generate({ domino, members: 60 });
    expect(new Set(kept)).toEqual(new Set([5000]));
    expect(Math.max(...seen)).toBeLessThan(NOW);
  });

  test('the bridge may read every note, also those with Readers', async () => {
    const { notes } = await generate();
    const guarded = notes.filter(({ items }) => items.some(({ flags }) => flags.readers === true));
    expect(guarded.length).toBeGreaterThan(50);
    for (const { items } of notes) expect(mayRead(items, { name: SAMPLE_BRIDGE })).toBe(true);
    expect(guarded.every(({ items }) => mayRead(items, { name: 'CN=Somebody/O=Else' }))).toBe(false);
  });

  test('the databases of the default links get their replica IDs, others their own', async () => {
    const { databases } = await generate({ members: 1 });
    expect(databases.map(({ replicaId }) => replicaId)).toEqual(['4725880000AA0001', '4725880000AA0002']);
    const other = await generate({ members: 1, databases: { members: 'a.nsf', work: 'b.nsf' } });
    expect(other.databases.map(({ replicaId }) => replicaId)).not.toContain('4725880000AA0001');
  });

  test('what cannot be is refused, and an abort stops', async () => {
    await expect(generate({ members: 0 })).rejects.toThrow(/whole number from 1/u);
    await expect(generate({ seed: 0.5 })).rejects.toThrow(/seed/u);
    await expect(generate({ domino: emptyDomino(Date.parse('2025-01-01')) })).rejects.toThrow(/before 2026/u);
    await expect(generate({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});
