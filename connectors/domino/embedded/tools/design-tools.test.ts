import { expect, test } from 'vitest';
import { temporaryDomino } from '../engine/testing/temporary-domino.ts';
import { FaultInjector } from '../faults/fault-injector.ts';
import { DominoServers } from '../engine/domino-servers.ts';
import { createDominoTools } from './create-domino-tools.ts';

const DATABASE = 'members.nsf';
const LAN = 'CN=Lan/O=Party';
const COLUMN = {
  name: 'ten',
  item: 'HoTen',
  sorted: 'ascending',
  clickSort: false,
  categorized: false,
  separateValues: false,
} as const;
const VIEW = {
  name: 'Dang vien',
  aliases: ['dv'],
  kind: 'view',
  selection: 'all',
  columns: [COLUMN],
} as const;
const byView = "'Dang vien'.ten = 'Bưởi'";

function opened() {
  const t = temporaryDomino();
  const { design, ...tools } = createDominoTools({
    servers: new DominoServers(t.domino),
    faults: new FaultInjector(),
  });
  const note = (name: string): string => {
    t.time += 1000;
    return tools.createNote(DATABASE, { HoTen: { type: 'text', values: [name] } }, null).unid;
  };
  const ask = (query: string, as: string | null = null) =>
    design.query({ database: DATABASE, query, explain: false, as, limit: 50 });
  return { t, tools, design, note, ask, [Symbol.dispose]: () => t[Symbol.dispose]() };
}

const wrong = expect.objectContaining({ code: 'bad-request' });

test('[DQ14] [DQ15] a view answers once it is catalogued and built, of what was saved before; a new design is outdated', () => {
  using o = opened();
  const unid = o.note('Bưởi');
  const view = { ...VIEW, aliases: [...VIEW.aliases], columns: [...VIEW.columns] };
  expect(o.design.putView(DATABASE, view)).toEqual({
    database: DATABASE,
    catalogued: false,
    fullTextUpTo: null,
    views: [
      {
        name: 'Dang vien',
        aliases: ['dv'],
        kind: 'view',
        selection: 'all',
        columns: ['ten=HoTen:ascending'],
        builtUpTo: null,
        catalog: 'absent',
        documents: null,
      },
    ],
  });
  expect(() => o.ask(byView)).toThrow(wrong);
  expect(o.design.catalog(DATABASE)).toMatchObject({ catalogued: true, views: [{ catalog: 'current' }] });
  expect(() => o.ask(byView)).toThrow(wrong);
  o.design.buildViews(DATABASE);
  expect(o.ask(byView)).toMatchObject({ found: 1, scanned: 0, notes: [{ unid }] });
  o.note('Bưởi');
  expect(o.ask(byView).found).toBe(1);
  expect(o.ask("HoTen = 'BUOI' or HoTen = 'x'").found).toBe(2);
  const changed = o.design.putView(DATABASE, { ...view, selection: { Form: ['F', 'G'] } });
  expect(changed.views).toMatchObject([{ selection: 'Form = F, G', catalog: 'outdated', builtUpTo: null }]);
  expect(o.design.removeView(DATABASE, 'dv').views).toEqual([]);
  expect(() => o.design.removeView(DATABASE, 'dv')).toThrow(expect.objectContaining({ code: 'not-found' }));
});

test('[DQ15] [DQ16] folders hold what was put in, the full-text index knows notes up to its update', () => {
  using o = opened();
  const unid = o.note('Bưởi');
  const folder = { ...VIEW, aliases: [], name: 'F', kind: 'folder', columns: [] } as const;
  o.design.putView(DATABASE, { ...folder, aliases: [], columns: [] });
  o.design.catalog(DATABASE);
  o.design.buildViews(DATABASE);
  expect(o.design.changeFolder(DATABASE, 'F', [unid], 'put').views).toMatchObject([{ documents: 1 }]);
  expect(o.ask("in ('F')").found).toBe(1);
  expect(o.design.changeFolder(DATABASE, 'F', [unid], 'take').views).toMatchObject([{ documents: 0 }]);
  expect(() => o.ask("HoTen contains ('bưởi')")).toThrow(wrong);
  expect(o.design.fullText(DATABASE, false).fullTextUpTo).toMatch(/Z$/u);
  o.note('Bưởi');
  expect(o.ask("HoTen contains ('bưởi')").found).toBe(1);
  expect(o.design.fullText(DATABASE, true).fullTextUpTo).toBeNull();
});

test('[DQ12] a query shows to a person what Readers let them see, and is explained', () => {
  using o = opened();
  const unid = o.note('Bưởi');
  o.tools.setReaders(DATABASE, unid, ['CN=Other/O=Party'], null);
  expect([o.ask("HoTen = 'Bưởi'").found, o.ask("HoTen = 'Bưởi'", LAN).found]).toEqual([1, 0]);
  const request = { database: DATABASE, query: "HoTen = 'Bưởi'", explain: true, as: null, limit: 1 };
  expect(o.design.query(request)).toMatchObject({
    found: null,
    notes: [],
    explanation: expect.stringContaining("HoTen = 'Bưởi'"),
  });
  expect(() => o.ask('HoTen like x')).toThrow(wrong);
});
