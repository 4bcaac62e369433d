import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseRequest } from '../../connectors/postgres/watch-port.ts';
import { newTask } from '../passes/testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from '../passes/testing/test-bridge.ts';
import { pairOf, recordOf } from '../passes/testing/views.ts';
import type { Bridge } from './bridge.ts';
import { conflictsResolveRule } from './conflicts-resolve-rule.ts';
import { viewDocument } from './document-view.ts';
import { OperationError } from './operation.ts';
import { releaseBrake } from './release-brake.ts';
import { reread } from './reread.ts';
import { resync } from './resync.ts';

let bridge: TestBridge;
const as = (by: string) => ({ ...bridge.context, by });
const codeOf = (error: unknown) => (error instanceof OperationError ? error.code : error);

beforeAll(async () => {
  bridge = await openTestBridge({
    forms: ['NhiemVu'],
    limits: { deletes: { floor: 2, share: 0.01 }, updates: { floor: 1_000, share: 1 } },
    entityMappings: (mapping) => ({
      ...mapping,
      acceptRace: true,
      fields: mapping.fields.map((field) =>
        field.field === 'title' ? { ...field, direction: 'both', writer: 'both', conflict: 'manual' } : field,
      ),
    }),
  });
});
afterAll(() => bridge.close());

describe('what operators decide in the console', () => {
  it('many conflicts by one rule: exactly the list that was seen, and no other', async () => {
    const unids = ['A', 'B', 'C'].map((code) => newTask(bridge.person(), code));
    await bridge.sync();
    const clash = async (unid: string, text: string) => {
      const record = await recordOf(bridge, unid);
      bridge.person().edit(unid, { TieuDe: `${text} Notes` });
      await bridge.mutate(record?.recordId ?? '', 'task', record?.version ?? 0, { title: `${text} sổ tay` });
    };
    for (const unid of unids.slice(0, 2)) await clash(unid, 'một');
    await bridge.sync();
    const rule = { link: 'thu', field: 'title', choose: 'handbook', reason: 'theo báo cáo' } as const;
    const decide = conflictsResolveRule(bridge.bridge);
    const seen = await decide.run(rule, as('mai.anh'));
    expect(seen).toMatchObject({ done: false });
    expect(seen.conflicts).toHaveLength(2);

    await clash(unids[2] ?? '', 'ba');
    await bridge.sync();
    await expect(decide.run({ ...rule, approve: seen.approve }, as('mai.anh'))).rejects.toThrow(
      'not those of the list',
    );

    const again = await decide.run(rule, as('mai.anh'));
    expect(await decide.run({ ...rule, approve: again.approve }, as('mai.anh'))).toMatchObject({
      done: true,
      left: [],
    });
    await bridge.sync();
    expect(await bridge.store.conflicts({ linkId: 'thu', state: 'open', limit: 9 })).toEqual([]);
    expect((await recordOf(bridge, unids[0] ?? ''))?.fields['title']).toBe('một sổ tay');
    const pair = await pairOf(bridge, unids[0] ?? '');
    const last = (await bridge.store.journalOfPair(pair?.id ?? '')).findLast(
      (row) => row.event === 'resolve',
    );
    expect(last).toMatchObject({ by: 'mai.anh', reason: 'theo báo cáo' });
  });

  it('one document is read again, with the name of who asked', async () => {
    const unid = newTask(bridge.person(), 'DOC');
    await bridge.sync();
    const pair = await pairOf(bridge, unid);
    expect(await reread(bridge.bridge).run({ pair: pair?.id ?? '' }, as('chi.van'))).toMatchObject({
      status: 'live',
    });
    expect((await bridge.store.journalOfPair(pair?.id ?? '')).at(-1)).toMatchObject({
      event: 'reread',
      by: 'chi.van',
    });
    expect((await pairOf(bridge, unid))?.pending).toBe(false);
    await expect(reread(bridge.bridge).run({ pair: 'no-such' }, as('chi.van'))).rejects.toSatisfy(
      (error) => codeOf(error) === 'not-found',
    );
  });

  it('a link is read anew only when its name is typed, and nothing is written by it', async () => {
    const ask = { link: 'thu', reason: 'nghi ngờ' };
    await expect(resync(bridge.bridge).run({ ...ask, confirm: 'Thu' }, as('chi.van'))).rejects.toThrow(
      'Type the name',
    );
    const { documents } = await resync(bridge.bridge).run({ ...ask, confirm: 'thu' }, as('chi.van'));
    expect(documents).toBeGreaterThan(0);
    expect((await bridge.store.link('thu'))?.sweepDue).toBe(true);
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 0, pushed: 0, deleted: 0 }] });
    expect((await bridge.verify()).differences).toEqual([]);
  });

  it('a document shows both sides beside the base with where each value came from', async () => {
    const unid = newTask(bridge.person(), 'VIEW');
    await bridge.sync();
    bridge.person().edit(unid, { TieuDe: 'Mới sửa' });
    const pair = await pairOf(bridge, unid);
    const view = await viewDocument(bridge.bridge, pair?.id ?? '', bridge.context.signal);
    expect(view).toMatchObject({ live: 'read', status: 'live', key: 'VIEW' });
    expect(view?.fields.find(({ field }) => field === 'title')).toMatchObject({
      item: 'TieuDe',
      base: 'Nhiệm vụ VIEW',
      notes: 'Mới sửa',
      handbook: 'Nhiệm vụ VIEW',
      origin: { side: 'notes', event: 'create-record' },
    });
  });

  it('[PL13] a document that lost its release a moment ago shows no value, though the stores still hold it', async () => {
    const unid = newTask(bridge.person(), 'SECRET');
    await bridge.sync();
    bridge.person().edit(unid, { ChoPhepChuyen: '' });
    const pair = await pairOf(bridge, unid);
    const view = await viewDocument(bridge.bridge, pair?.id ?? '', bridge.context.signal);
    expect(view).toMatchObject({ live: 'withheld', status: 'live', key: null });
    expect(JSON.stringify(view)).not.toContain('Nhiệm vụ SECRET');
    await bridge.sync();
  });

  it('[BR3] a braked lane needs two people where four eyes are asked for, however it is released', async () => {
    const kept = new Map<string, ReleaseRequest>();
    const strict: Bridge = {
      ...bridge.bridge,
      fourEyes: {
        async ask(request) {
          if (!kept.has(request.previewId)) kept.set(request.previewId, request);
          return kept.get(request.previewId) ?? request;
        },
      },
    };
    const unids = Array.from({ length: 6 }, (_, place) => newTask(bridge.person(), `X${place}`));
    await bridge.sync();
    for (const unid of unids.slice(0, 4)) bridge.person().delete(unid);
    await bridge.sync();
    const release = (by: string) =>
      releaseBrake(strict).run({ link: 'thu', lane: 'deletes', reason: `lời của ${by}` }, as(by));
    for (let twice = 0; twice < 2; twice += 1)
      await expect(release('mai.anh')).rejects.toSatisfy((error) => codeOf(error) === 'needs-approval');
    const braked = (await bridge.store.link('thu'))?.brakeDeletes;
    expect(braked).not.toBeNull();
    expect(await release('chi.van')).toMatchObject({ preview: braked });
    expect((await bridge.store.preview(braked ?? ''))?.decidedBy).toBe('chi.van');
    const [entry] = (await bridge.store.journal('thu', 0, 1_000)).filter((row) => row.event === 'release');
    expect(entry?.reason).toBe('deletes: mai.anh: lời của mai.anh; chi.van: lời của chi.van');
  });
});
