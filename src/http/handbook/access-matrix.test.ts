import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../connectors/postgres/pool/testing/databases.ts';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import {
  type CallerName,
  CALLERS,
  callersOf,
  fillWorld,
  maySee,
  type Record,
} from './testing/sample-world.ts';

/** Entities whose text a search looks into. */
const SEARCHED = new Set(['member', 'assignment', 'changeRequest', 'opinion', 'document', 'task', 'meeting']);

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`who sees what, on ${kind.name}`, () => {
    let t: HandbookApp;
    let records: readonly Record[];
    let callers: { readonly [name in CallerName]: Headers };

    beforeAll(async () => {
      t = await openHandbookApp({}, kind);
      records = await fillWorld(t);
      callers = await callersOf(t);
    });
    afterAll(() => t.close());

    const entities = () => [...new Set(records.map(({ entity }) => entity))];
    const seenBy = (caller: CallerName, entity?: string) =>
      records
        .filter((record) => maySee(caller, record) && (entity === undefined || record.entity === entity))
        .map((record) => t.idOf(record.entity, record.key))
        .sort();

    it('the cases tell every caller from every other one', () => {
      const pictures = CALLERS.map((caller) => JSON.stringify(seenBy(caller)));
      // A service sees what the whole handbook's officer sees, and for a member what the member sees.
      expect(new Set(pictures).size).toBe(CALLERS.length - 2);
    });

    describe.each(CALLERS.filter((caller) => caller !== 'idle'))('%s', (caller) => {
      it('lists, in each order, what they may see and counts as much', async () => {
        for (const entity of entities()) {
          const expected = seenBy(caller, entity);
          for (const order of ['sort=key', 'sort=title&order=desc']) {
            const ids: string[] = [];
            for (let after = ''; ; ) {
              const { status, body } = await t.get(
                `/records/${entity}?limit=2&${order}${after}`,
                callers[caller],
              );
              expect(status).toBe(200);
              ids.push(...body.records.map(({ recordId }: { recordId: string }) => recordId));
              if (body.next === null) break;
              after = `&after=${body.next}`;
            }
            expect([entity, ids.sort()]).toEqual([entity, expected]);
          }
          const { body } = await t.get(`/records/${entity}/count`, callers[caller]);
          expect([entity, body]).toEqual([entity, { count: expected.length, more: false }]);
        }
      });

      it('gets one by id, and for what they may not see the answer for what never was', async () => {
        const none = await t.get('/records/member/00000000-0000-4000-8000-000000000000', callers[caller]);
        for (const record of records) {
          for (const rest of ['', '/history', '/blobs/description', '/blobs/attachments/a.pdf']) {
            const { entity, key } = record;
            const { status, body } = await t.get(
              `/records/${entity}/${t.idOf(entity, key)}${rest}`,
              callers[caller],
            );
            const there = maySee(caller, record) && !rest.startsWith('/blobs');
            expect([entity, key, rest, status]).toEqual([entity, key, rest, there ? 200 : 404]);
            const answer = there ? none.body : body;
            expect({ ...answer, requestId: '' }).toEqual({ ...none.body, requestId: '' });
          }
        }
      });

      it('finds by key, filter and word what they may see', async () => {
        for (const record of records) {
          const { entity, key } = record;
          const expected = maySee(caller, record) ? [t.idOf(entity, key)] : [];
          const asked = [`/records/${entity}?key=${encodeURIComponent(key)}`];
          if (SEARCHED.has(entity))
            asked.push(`/search?q=${record.word}`, `/search?q=${record.word}&entity=${entity}`);
          for (const url of asked) {
            const { body } = await t.get(url, callers[caller]);
            const ids = body.records.map(({ recordId }: { recordId: string }) => recordId);
            expect([url, ids]).toEqual([url, expected]);
          }
        }
      });

      it('is told by the feed of what they may see, and of nothing else', async () => {
        const told: string[] = [];
        for (let since = ''; ; ) {
          const { body } = await t.get(`/changes?limit=7${since}`, callers[caller]);
          for (const change of body.changes) {
            expect(change.kind).toBe('changed');
            if (change.record.entity !== 'organisation') told.push(change.record.recordId);
          }
          since = `&since=${body.cursor}`;
          if (!body.more) break;
        }
        expect(told.sort()).toEqual(seenBy(caller));
      });

      it('is shown the nine fields of a member, and more as an officer or service', async () => {
        const { body } = await t.get('/records/member', callers[caller]);
        const fields = new Set(
          body.records.flatMap((record: { fields: object }) => Object.keys(record.fields)),
        );
        const allowed = ['fullName', 'organisationCode', 'citizenNumber'];
        const whole = [...allowed, 'recordCode', 'status', 'membership'];
        const all = caller === 'officer' || caller === 'city' || caller === 'app';
        expect([...fields].map(String).sort()).toEqual((all ? whole : allowed).sort());
        const filtered = await t.get('/records/member?filter=status%3Dx', callers[caller]);
        expect(filtered.status).toBe(all ? 200 : 400);
      });
    });

    it('somebody who is exempt is let in nowhere', async () => {
      for (const url of [
        '/records/member',
        '/records/member/count',
        '/changes',
        '/search?q=a',
        `/records/member/${t.idOf('member', 'DV-1-0000005')}`,
      ]) {
        expect(await t.get(url, callers.idle)).toMatchObject({ status: 403, body: { code: 'inactive' } });
      }
    });

    it('nobody but a service acts for somebody, and not for somebody who is not active', async () => {
      const forMe = { 'x-acting-for': 'DV-1-0000001' };
      for (const caller of ['member', 'secretary', 'officer', 'city'] as const) {
        const { status } = await t.get('/records/member', { ...callers[caller], ...forMe });
        expect([caller, status]).toEqual([caller, 403]);
      }
      for (const key of ['DV-1-0000005', 'nobody', '%00', '%']) {
        const { status } = await t.get('/records/member', { ...callers.app, 'x-acting-for': key });
        expect([key, status]).toEqual([key, 403]);
      }
    });

    it('a cursor serves the account, the rights and the question that it was given for', async () => {
      const { body } = await t.get('/records/assignment?limit=1', callers.secretary);
      expect(Buffer.from(body.next, 'base64url').toString('latin1')).not.toContain('DV-');
      for (const [url, headers] of [
        [`/records/assignment?limit=1&after=${body.next}`, callers.officer],
        [`/records/member?limit=1&after=${body.next}`, callers.secretary],
        [`/records/assignment?limit=1&order=desc&after=${body.next}`, callers.secretary],
        [`/records/assignment?limit=1&after=${body.next.slice(0, -3)}AAA`, callers.secretary],
        [`/search?q=a&after=${body.next}`, callers.secretary],
        [`/changes?since=${body.next}`, callers.secretary],
      ] as const) {
        expect((await t.get(url, headers)).body).toMatchObject({ code: 'bad-cursor' });
      }
    });
  });
}
