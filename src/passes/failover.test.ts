import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DominoError } from '../../connectors/domino/port.ts';
import type { EmbeddedDatabase } from '../../connectors/domino/embedded/engine/embedded-database.ts';
import { NotesUser } from '../../connectors/domino/embedded/engine/notes-user.ts';
import { instanceRelease } from '../operations/instance-release.ts';
import { instanceSwitch } from '../operations/instance-switch.ts';
import { instancesList } from '../operations/instances.ts';
import type { Link } from './pass-deps.ts';
import { backup, fileOf } from './testing/restore.ts';
import { newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { recordOf, stateCounts, versions } from './testing/views.ts';

const SECOND = 'embedded!!duphong.nsf';
let bridge: TestBridge;
let second: EmbeddedDatabase;
let link: Link;
let down = false;
beforeEach(async () => {
  down = false;
  bridge = await openTestBridge({ forms: ['NhiemVu'], renewMs: 3_600_000 });
  const sister = await fileOf(bridge, 'duphong.nsf', []);
  second = sister.file;
  const gone = () => {
    throw new DominoError('unreachable', 'the server is down');
  };
  link = {
    ...bridge.link,
    database: tamper(bridge.link.database, {
      readNotes: (real, ...given) => (down ? gone() : real(...given)),
      readSlice: (real, ...given) => (down ? gone() : real(...given)),
      findByItem: (real, ...given) => (down ? gone() : real(...given)),
    }),
    standby: [{ instanceId: SECOND, database: sister.database }],
    failoverAfter: 3,
  };
});
afterEach(() => bridge.close());

const sync = () => bridge.sync(undefined, { link });
const here = () => ({ ...bridge.bridge, links: [link] });
function replicate(): void {
  second.import(backup(bridge));
}
async function active(): Promise<string | undefined> {
  const { links } = await instancesList(here()).run({}, bridge.context);
  return links[0]?.instances.find((one) => one.active)?.instance;
}
async function switchOver(force = false): Promise<void> {
  await instanceSwitch(here()).run({ link: 'thu', to: SECOND, reason: 'bảo trì', force }, bridge.context);
}

describe('a standby', () => {
  it('[FO1] [FO2] takes over by command: everything is looked at once more, and nothing is written', async () => {
    for (const code of ['NV-1', 'NV-2', 'NV-3']) newTask(bridge.person(), code);
    await sync();
    await switchOver();
    replicate();
    const before = await versions(bridge);
    await sync();
    expect(await active()).toBe(SECOND);
    expect(await versions(bridge)).toEqual(before);
    expect(await bridge.store.conflicts({ linkId: 'thu', limit: 5 })).toEqual([]);
    const pairs = await bridge.store.pairsAfter('thu', null, 10);
    const stamps = new Map([...second.notes()].map((note) => [note.unid, note]));
    for (const pair of pairs) expect(stamps.has(pair.unid ?? '')).toBe(true);
    expect((await bridge.store.checkpoint('thu', SECOND))?.watermark).not.toBeNull();
    // From now on it is the second file whose changes count.
    const [pair] = pairs;
    const unid = pair?.unid ?? '';
    new NotesUser(second, { name: 'CN=Le Van Hai/O=Mau', access: 'manager' }).edit(unid, {
      TieuDe: 'ở máy hai',
    });
    await sync();
    expect((await recordOf(bridge, unid))?.fields['title']).toBe('ở máy hai');
    expect(await bridge.journalIntact()).toBe(true);
  });

  it('[FO3] that has not received everything is waited for: its older values are no edits, its missing notes no deletions', async () => {
    const unid = newTask(bridge.person(), 'NV-1');
    await sync();
    replicate();
    bridge.person().edit(unid, { TieuDe: 'mới nhất' });
    newTask(bridge.person(), 'NV-2');
    await sync();
    await switchOver();
    await expect(sync()).rejects.toThrow('standby-behind');
    expect((await recordOf(bridge, unid))?.fields['title']).toBe('mới nhất');
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 2 });
    replicate();
    await sync();
    expect((await recordOf(bridge, unid))?.fields['title']).toBe('mới nhất');
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 2 });
    expect((await bridge.store.link('thu'))?.suspect).toBeNull();
  });

  it('[FO3] [IM6] that will never catch up is released by a person: the older values are conflicts', async () => {
    const unid = newTask(bridge.person(), 'NV-1');
    await sync();
    replicate();
    bridge.person().edit(unid, { TieuDe: 'mới nhất' });
    bridge.advance(3_600_000);
    await sync();
    await switchOver(true);
    await expect(sync()).rejects.toThrow('standby-behind');
    await instanceRelease(here()).run(
      { link: 'thu', was: 'restored', reason: 'máy một đã hỏng' },
      bridge.context,
    );
    await sync();
    const conflicts = await bridge.store.conflicts({ linkId: 'thu', limit: 5 });
    expect(conflicts.map((row) => [row.field, row.notes, row.handbook])).toEqual([
      ['title', 'Nhiệm vụ NV-1', 'mới nhất'],
    ]);
    expect(await active()).toBe(SECOND);
  });

  it('[FO1] takes over by itself after enough failures of its server, and not before', async () => {
    newTask(bridge.person(), 'NV-1');
    await sync();
    replicate();
    down = true;
    for (const _ of [1, 2]) await expect(sync()).rejects.toThrow('the server is down');
    expect(await active()).toBe(bridge.link.instanceId);
    await expect(sync()).rejects.toThrow('the server is down');
    expect(await active()).toBe(SECOND);
    await sync();
    expect(await stateCounts(bridge, 'task')).toEqual({ live: 1 });
    const journal = await bridge.store.journal('thu', 0, 1000);
    expect(journal.filter((row) => row.rule === 'FO1').map((row) => row.event)).toEqual(['failover']);
    down = false;
    await sync();
    expect(await active()).toBe(SECOND);
  });

  it('[FO4] a file that moved is the same file: it is marked anew under its new name, and nothing is written', async () => {
    newTask(bridge.person(), 'NV-1');
    await sync();
    replicate();
    const before = await versions(bridge);
    link = {
      ...bridge.link,
      instanceId: SECOND,
      database: (link.standby ?? [])[0]?.database ?? link.database,
    };
    await sync();
    expect(await versions(bridge)).toEqual(before);
    expect((await bridge.store.link('thu'))?.activeInstance).toBe(SECOND);
    expect(await bridge.store.instances('thu')).toMatchObject([
      { instanceId: SECOND, generation: 1 },
      { instanceId: bridge.link.instanceId, generation: 1 },
    ]);
  });
});
