import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  insertPair,
  newConflict,
  newEntry,
  newLink,
  newPreview,
  newQuarantine,
  newUnid,
} from '../contract/testing/samples.ts';
import { openTestStore, type TestStore } from '../contract/testing/open-test-store.ts';
import { databaseKinds } from '../pool/testing/databases.ts';
import type { PassRow, Watch } from '../watch-port.ts';
import { openWatch } from './open-watch.ts';

const NOW = new Date('2026-03-01T10:00:30.000Z');
const minutesAgo = (minutes: number) => new Date(NOW.getTime() - minutes * 60_000);

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`what operators see on ${kind.name}`, () => {
    let test: TestStore;
    let watch: Watch;
    beforeAll(async () => {
      test = await openTestStore(kind);
      watch = openWatch(test.pool);
    });
    afterAll(() => test.close());
    const summaryOf = async (linkId: string) =>
      (await watch.summaries()).find((one) => one.linkId === linkId);

    it('counts what waits by direction, and leaves out what a person or an error holds back', async () => {
      const { store } = test;
      const linkId = await newLink(store);
      await insertPair(store, linkId);
      await insertPair(store, linkId, { unid: null, notesSight: 'none', seenHandbook: 3, seenNotes: null });
      await insertPair(store, linkId, { status: 'withheld', reason: 'mark-missing', pending: false });
      const asked = await insertPair(store, linkId);
      const set = await insertPair(store, linkId);
      await store.transaction(null, async (tx) => {
        await tx.updatePairs([
          { id: set.id, version: 1, blocked: 'quarantine', status: 'live' },
          { id: asked.id, version: 1, blocked: 'held' },
        ]);
        await tx.putConflicts([newConflict(asked)]);
        await tx.putQuarantine([newQuarantine(set)]);
      });
      expect(await summaryOf(linkId)).toMatchObject({
        pairs: 5,
        live: 1,
        waitingHandbook: 1,
        waitingNotes: 1,
        runnable: 2,
        withheld: 1,
        conflicts: 1,
        quarantined: 1,
        oldestConflictAt: '2026-03-01T08:00:00.000Z',
      });
      const states = async (state: 'waiting' | 'withheld' | 'held') =>
        (await watch.documents({ linkId, state, reason: null, after: null, limit: 10 })).length;
      expect([await states('waiting'), await states('withheld'), await states('held')]).toEqual([2, 1, 1]);
    });

    it('keeps each effect in one sample, and knows since when the sides are not even', async () => {
      const { store } = test;
      const linkId = await newLink(store);
      const journal = (at: Date, event: string) =>
        store.transaction(null, (tx) =>
          tx.appendJournal(linkId, [newEntry(null, { at: at.toISOString(), event })]),
        );
      await watch.takeSample(minutesAgo(10));
      await journal(minutesAgo(9), 'create-record');
      await journal(minutesAgo(9), 'update-note');
      await journal(minutesAgo(8), 'conflict');
      await watch.takeSample(minutesAgo(7));
      await insertPair(store, linkId);
      await watch.takeSample(minutesAgo(6));
      expect(await watch.takeSample(minutesAgo(6))).toBe(0);
      const points = await watch.series({ linkId, from: minutesAgo(60), stepSeconds: 60 });
      expect(points.map(({ toHandbook, toNotes, waiting }) => [toHandbook, toNotes, waiting])).toEqual([
        [0, 0, 0],
        [1, 1, 0],
        [0, 0, 1],
      ]);
      expect(points.at(-1)?.lagSeconds).toBe(30 + 60);
      expect(await summaryOf(linkId)).toMatchObject({
        behindSince: '2026-03-01T09:53:00.000Z',
      });
    });

    it('draws old minutes together without losing a count, and forgets after a month', async () => {
      const linkId = await newLink(test.store);
      const put = (daysAgo: number, minute: number, count: number) =>
        test.pool.query(
          `insert into bridge.link_sample (link_id, at, step_seconds, to_handbook, to_notes, waiting_handbook, waiting_notes,
             lag_seconds, conflicts, quarantined, withheld, failures, watermark, journal_sequence)
           values ($1, $2, 60, $3::int, 0, $3::int, 0, $3::int, 0, 0, 0, 0, null, 0)`,
          [linkId, new Date(Date.UTC(2026, 1, 28 - daysAgo, 8, minute)), count],
        );
      for (const minute of [1, 2, 3]) await put(4, minute, minute);
      await put(40, 1, 7);
      await watch.forgetSamples(NOW);
      await watch.forgetSamples(NOW);
      const points = await watch.series({ linkId, from: new Date(0), stepSeconds: 1_800 });
      expect(points).toEqual([
        { at: '2026-02-24T08:00:00.000Z', toHandbook: 6, toNotes: 0, waiting: 3, lagSeconds: 3 },
      ]);
    });

    it('remembers where checkpoints stood, one row per change', async () => {
      const linkId = await newLink(test.store);
      const at = (watermark: string) =>
        test.store.transaction(null, (tx) =>
          tx.setCheckpoint({ linkId, instanceId: 'a', watermark, greatestStamp: null, greatestSeenAt: null }),
        );
      await at('2026-03-01T09:00:00Z');
      await watch.takeSample(minutesAgo(30));
      await watch.takeSample(minutesAgo(29));
      await at('2026-03-01T09:31:00Z');
      await watch.takeSample(minutesAgo(28));
      expect(await watch.checkpoints(linkId, 10)).toEqual([
        { at: '2026-03-01T09:32:00.000Z', watermark: '2026-03-01T09:31:00Z' },
        { at: '2026-03-01T09:30:00.000Z', watermark: '2026-03-01T09:00:00Z' },
      ]);
    });

    it('finds a document by each of its names, and by words of its base; a withheld one by UNID alone', async () => {
      const { store } = test;
      const linkId = await newLink(store);
      const pair = await insertPair(store, linkId, { status: 'live' });
      const secret = await insertPair(store, linkId, { status: 'withheld', reason: 'level-not-open' });
      await store.transaction(null, (tx) =>
        tx.updatePairs([
          {
            id: pair.id,
            version: 1,
            key: '52-KH/ĐU',
            base: { title: 'Kế hoạch 100%_rà soát' },
            baseMapping: '1',
          },
        ]),
      );
      const found = async (query: string) => (await watch.findDocuments(query, 5)).map((one) => one.pairId);
      const unid = pair.unid ?? newUnid();
      for (const query of [
        unid,
        unid.toLowerCase(),
        pair.recordId,
        pair.id,
        '52-KH/ĐU',
        '100%_rà',
        'KẾ HOẠCH',
      ])
        expect(await found(query), query).toEqual([pair.id]);
      expect(await found('100x')).toEqual([]);
      expect(await found(secret.unid ?? '')).toEqual([secret.id]);
      expect((await watch.findDocuments(secret.unid ?? '', 5))[0]).toMatchObject({ key: null });
    });

    it('pages through the journal of all links by place, whatever comes meanwhile', async () => {
      const [one, other] = [await newLink(test.store), await newLink(test.store)];
      for (let count = 0; count < 5; count += 1)
        for (const linkId of [one, other])
          await test.store.transaction(null, (tx) =>
            tx.appendJournal(linkId, [
              newEntry(null, {
                at: '2026-03-01T08:00:00.000Z',
                passId: `${one} p`,
                by: count === 2 ? 'mai.anh' : null,
              }),
            ]),
          );
      const filter = { linkId: null, event: null, by: null, people: false, from: null, to: null };
      const seen: string[] = [];
      let before: Parameters<Watch['searchJournal']>[0]['before'] = null;
      for (;;) {
        const rows = await watch.searchJournal({ ...filter, about: `${one} p`, before, limit: 3 });
        seen.push(...rows.map((row) => `${row.linkId} ${row.sequence}`));
        const last = rows.at(-1);
        if (!last) break;
        before = { at: new Date(last.at), linkId: last.linkId, sequence: last.sequence };
      }
      expect(seen).toHaveLength(10);
      expect(new Set(seen).size).toBe(10);
      const people = await watch.searchJournal({
        ...filter,
        about: null,
        linkId: one,
        people: true,
        before: null,
        limit: 9,
      });
      expect(people.map((row) => row.by)).toEqual(['mai.anh']);
    });

    it('keeps the first word of a release that needs two, and forgets it with the decision', async () => {
      const linkId = await newLink(test.store);
      const pair = await insertPair(test.store, linkId);
      const preview = newPreview(pair);
      await test.store.transaction(null, (tx) => tx.putPreview(preview));
      const ask = (askedBy: string) =>
        watch.putReleaseRequest({
          previewId: preview.id,
          linkId,
          askedBy,
          at: NOW.toISOString(),
          reason: 'r',
        });
      expect((await ask('mai.anh')).askedBy).toBe('mai.anh');
      expect((await ask('chi.van')).askedBy).toBe('mai.anh');
      const mine = async () => (await watch.releaseRequests()).filter((one) => one.linkId === linkId).length;
      expect(await mine()).toBe(1);
      await test.store.transaction(null, (tx) =>
        tx.decidePreview(preview.id, { by: 'chi.van', at: NOW.toISOString(), reason: 'r' }),
      );
      expect(await mine()).toBe(0);
    });

    it('tells running passes from those that went silent', async () => {
      const linkId = await newLink(test.store);
      const pass = (passId: string, seenAt: Date, finished: boolean): PassRow => ({
        passId,
        linkId,
        kind: 'pull',
        startedAt: minutesAgo(2).toISOString(),
        seenAt: seenAt.toISOString(),
        finishedAt: finished ? seenAt.toISOString() : null,
        outcome: finished ? 'done' : null,
        phase: 'gather',
        done: 4,
        estimated: null,
        counts: { pulled: 4 },
        calls: 1,
        writes: 0,
        bytes: 10,
      });
      await watch.putPass(pass(`${linkId} a`, minutesAgo(0.1), false));
      await watch.putPass(pass(`${linkId} b`, minutesAgo(1), false));
      await watch.putPass(pass(`${linkId} c`, minutesAgo(0.1), true));
      const running = (await watch.runningPasses(NOW)).filter((one) => one.linkId === linkId);
      expect(running.map((one) => one.passId)).toEqual([`${linkId} a`]);
      expect(await watch.passes(linkId, 10)).toHaveLength(3);
    });
  });
}
