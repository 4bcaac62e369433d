import { describe, expect, it } from 'vitest';
import { runBridgeHere } from './testing/run-bridge-here.ts';

const answering = (answer: unknown) => () => Promise.resolve(answer);
const counts = {
  live: 1204,
  pendingUpdates: 2,
  pendingDeletes: 0,
  withheld: 31,
  openConflicts: 1,
  quarantined: 0,
};

describe('status', () => {
  it('is one line a link and the next step where there is one', async () => {
    const link = {
      link: 'đảng-viên',
      health: 'healthy',
      mode: 'sync',
      next: '',
      pulledAt: '2026-11-23T02:05:09.120Z',
      pushedAt: null,
      sweptAt: null,
      counts,
    };
    const braked = { ...link, link: 'van-ban', health: 'braked', next: 'bridge release …' };
    const { out } = await runBridgeHere(['status'], answering({ links: [link, braked] }));
    expect(out).toBe(
      [
        'link       health   mode  pulled             pushed  swept  live  updates  deletes  withheld  conflicts  quarantined',
        '---------  -------  ----  -----------------  ------  -----  ----  -------  -------  --------  ---------  -----------',
        'đảng-viên  healthy  sync  2026-11-23T02:05Z  never   never  1204        2        0        31          1            0',
        'van-ban    braked   sync  2026-11-23T02:05Z  never   never  1204        2        0        31          1            0',
        '',
        'van-ban: bridge release …',
        '',
      ].join('\n'),
    );
  });
});

describe('preview', () => {
  const entry = {
    pairId: 'p',
    recordId: 'r1',
    unid: null,
    entity: 'member',
    event: 'create',
    rule: 'P1',
    fields: ['fullName', 'hometown'],
  };
  const preview = {
    id: '7f3a',
    link: 'dang-vien',
    lane: 'first-run',
    at: '2026-11-23T02:05:09.120Z',
    events: { create: 1 },
    decidedBy: null,
    entries: [entry],
  };

  it('lists everything and says how to approve it', async () => {
    const { out } = await runBridgeHere(['preview'], answering({ previews: [preview] }));
    expect(out).toBe(
      [
        'Preview 7f3a of link dang-vien (first-run), 2026-11-23T02:05:09.120Z: 1 create',
        '',
        'event   rule  entity  fields              unid  record',
        '------  ----  ------  ------------------  ----  ------',
        'create  P1    member  fullName, hometown  -     r1',
        '',
        'Approve it: npm run -s bridge -- sync --once --accept-preview 7f3a',
        '',
      ].join('\n'),
    );
  });

  it.each([
    [{ lane: 'manual' }, 'Approve', false],
    [{ decidedBy: 'an' }, 'Approve', false],
    [{ decidedBy: 'an' }, 'Decided by an.', true],
    [{ events: {}, entries: [] }, 'nothing to do', true],
  ])('%j', async (change, words, isThere) => {
    const { out } = await runBridgeHere(['preview'], answering({ previews: [{ ...preview, ...change }] }));
    expect(out.includes(words)).toBe(isThere);
  });
});

describe('lists of cases', () => {
  it('conflicts shows no values', async () => {
    const row = {
      id: 'c1',
      linkId: 'a',
      entity: 'member',
      recordId: 'r1',
      field: 'hometown',
      kind: 'field',
      state: 'open',
      at: 't',
      base: 'Xã A',
      notes: 'Xã B',
      handbook: 'Xã C',
    };
    const { out } = await runBridgeHere(['conflicts'], answering({ conflicts: [row] }));
    expect(out).toContain('c1  a     open   field  member  hometown  r1      t\n');
    expect(out).not.toContain('Xã');
  });

  it('conflicts show has them', async () => {
    const { out } = await runBridgeHere(
      ['conflicts', 'show', 'c1'],
      answering({ id: 'c1', notes: 'Xã B', handbook: 'Xã C' }),
    );
    expect(out).toBe('id        c1\nnotes     Xã B\nhandbook  Xã C\n');
  });

  it('quarantine says why', async () => {
    const row = {
      id: 'q1',
      linkId: 'a',
      form: 'DangVien',
      unid: null,
      code: 'bad-date',
      detail: 'item NgaySinh',
      at: 't',
    };
    const { out } = await runBridgeHere(['quarantine'], answering({ quarantined: [row] }));
    expect(out).toContain('q1  a     DangVien  -     bad-date  t   item NgaySinh\n');
  });

  it('say when they are empty', async () => {
    expect((await runBridgeHere(['conflicts'], answering({ conflicts: [] }))).out).toBe('No conflicts.\n');
    expect((await runBridgeHere(['quarantine'], answering({ quarantined: [] }))).out).toBe(
      'Nothing is set aside.\n',
    );
  });
});

it('verify names what is known already', async () => {
  const { out, exit } = await runBridgeHere(
    ['verify'],
    answering({ compared: 9, differences: [], explained: { conflict: 2, hidden: 1 } }),
  );
  expect(out).toBe('Compared 9: both sides agree.\nKnown already, and not counted: 2 conflict, 1 hidden.\n');
  expect(exit).toBe(0);
});
