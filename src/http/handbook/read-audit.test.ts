import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresReadAudit } from '../../../connectors/handbook/postgres-read-audit.ts';
import { databaseKinds } from '../../../connectors/postgres/pool/testing/databases.ts';
import { auditList } from '../../operations/audit-list.ts';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import {
  CALLERS,
  type CallerName,
  callersOf,
  CELL,
  fillWorld,
  ME,
  type Record,
} from './testing/sample-world.ts';

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`who read what, on ${kind.name}`, () => {
    let t: HandbookApp;
    let records: readonly Record[];
    let callers: { readonly [name in CallerName]: Headers };
    let mark = 0;
    const context = { by: 'test', signal: new AbortController().signal, progress: () => undefined };
    const list = (args: object) =>
      auditList({ audit: new PostgresReadAudit(t.pool), outside: t.accounts.outside }).run(
        { limit: 1_000, ...args },
        context,
      );
    const news = async (args: object = {}) => (await list(args)).reads.filter(({ id }) => id > mark);
    const owned = (owner: string, entity: string) => {
      const record = records.find((one) => one.owner === owner && one.entity === entity);
      return t.idOf(entity, record?.key ?? '');
    };
    const COLLEAGUE = 'DV-1-0000002';

    beforeAll(async () => {
      t = await openHandbookApp({}, kind);
      records = await fillWorld(t);
      callers = await callersOf(t);
    });
    beforeEach(async () => {
      mark = (await list({})).reads[0]?.id ?? 0;
    });
    afterAll(() => t.close());

    it.each(CALLERS.filter((caller) => caller !== 'idle'))(
      "%s: each list's records of others are recorded, and no others",
      async (caller) => {
        const own = caller === 'secretary' ? COLLEAGUE : caller.includes('member') ? ME : null;
        const expected: string[] = [];
        for (const entity of new Set(records.map((record) => record.entity))) {
          const { body } = await t.get(`/records/${entity}?limit=100`, callers[caller]);
          for (const { key, recordId } of body.records as { key: string; recordId: string }[]) {
            const owner = records.find((one) => one.entity === entity && one.key === key)?.owner ?? null;
            if (owner !== null && owner !== own) expected.push(recordId);
          }
        }
        const rows = await news();
        expect(rows.flatMap(({ recordIds }) => recordIds).sort()).toEqual(expected.sort());
        expect(rows.every(({ operation }) => operation === 'list')).toBe(true);
      },
    );

    it('says who, for whom, and how', async () => {
      const id = owned(ME, 'assignment');
      await t.get(`/records/assignment/${id}`, callers.secretary);
      await t.get(`/records/assignment/${id}/history`, callers.officer);
      await t.get(`/search?q=${records.find((one) => one.key === `assignment-${ME}`)?.word}`, callers.app);
      await t.get(`/records/assignment/${id}`, callers['service for the member']);
      expect(await news()).toMatchObject([
        { operation: 'search', role: 'app', memberKey: null, recordIds: [id] },
        { operation: 'history', role: 'officer', memberKey: null, recordIds: [id] },
        { operation: 'get', role: 'secretary', memberKey: COLLEAGUE, recordIds: [id] },
      ]);
      const [row] = await news();
      expect(row?.account).toMatch(/^app-/);
      expect(await news({ account: row?.account ?? '' })).toHaveLength(1);
    });

    it('a page of the feed is recorded as one row', async () => {
      await t.get('/changes?limit=500', callers.secretary);
      const rows = await news();
      expect(rows).toMatchObject([{ operation: 'feed' }]);
      expect(rows[0]?.recordIds).toContain(owned(ME, 'member'));
      expect(rows[0]?.recordIds).not.toContain(owned(COLLEAGUE, 'member'));
    });

    it('a conflict answered with the other value is a reading', async () => {
      const id = owned(ME, 'assignment');
      await t.put('assignment', `assignment-${ME}`, { progress: 30 });
      await t.put('assignment', `assignment-${ME}`, { progress: 40 });
      const [answer] = await t.send(callers.secretary, {
        mutationId: 'm-conflict',
        kind: 'update',
        entity: 'assignment',
        recordId: id,
        baseVersion: 1,
        fields: { progress: 50 },
      });
      expect(answer.kind).toBe('conflict');
      expect(await news()).toMatchObject([{ operation: 'mutate', recordIds: [id] }]);
    });

    it('finds the readings of one record and of one member, also after a withdrawal', async () => {
      const id = owned(COLLEAGUE, 'changeRequest');
      await t.get(`/records/changeRequest/${id}`, callers.officer);
      await t.remove('changeRequest', `changeRequest-${COLLEAGUE}`, 'withdraw');
      for (const args of [{ record: id }, { member: COLLEAGUE }]) {
        expect(await news(args)).toMatchObject([{ recordIds: [id] }]);
      }
      expect(await news({ member: ME })).toEqual([]);
      expect((await list({ before: mark + 1, limit: 1 })).reads[0]?.id).toBe(mark);
    });

    it('rows cannot be changed, deleted or emptied, and hold no values', async () => {
      await t.get('/records/member', callers.secretary);
      for (const statement of [
        `update handbook.read_audit set role = 'app'`,
        'delete from handbook.read_audit',
        'truncate handbook.read_audit',
      ]) {
        await expect(t.pool.query(statement)).rejects.toThrow('append-only');
      }
      const { rows } = await t.pool.query<{ text: string }>(
        'select row_.*::text as text from handbook.read_audit as row_',
      );
      const text = rows.map((row) => row.text).join('\n');
      for (const { word } of records) expect(text).not.toContain(word);
      expect(text).not.toContain(CELL);
    });

    it('an answer that cannot be recorded is not given', async () => {
      await t.pool.query('alter table handbook.read_audit rename to away');
      try {
        const { status, body } = await t.get('/records/member', callers.secretary);
        expect(status).toBeGreaterThanOrEqual(500);
        expect(JSON.stringify(body)).not.toContain('Nguyễn');
      } finally {
        await t.pool.query('alter table handbook.away rename to read_audit');
      }
    });
  });
}
