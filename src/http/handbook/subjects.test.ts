import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PostgresSubjects } from '../../../connectors/handbook/postgres-subjects.ts';
import { databaseKinds } from '../../../connectors/postgres/pool/testing/databases.ts';
import { subjectErase, subjectExport } from '../../operations/subjects.ts';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import { type CallerName, callersOf, fillWorld, ME, type Record } from './testing/sample-world.ts';

const FORMER = 'gia-tri-cu-cua-toi';
const YOURS = 'loi-cua-toi-khi-xung-dot';
const SEALED = 'loi-cho-phat-hanh';
const SENT = 'tep-toi-da-gui.txt';
const request = { member: ME, reason: 'Đơn số 12' };

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`one member's data, on ${kind.name}`, () => {
    let t: HandbookApp;
    let records: readonly Record[];
    let callers: { readonly [name in CallerName]: Headers };
    let subjects: PostgresSubjects;
    const context = { by: 'operator', signal: new AbortController().signal, progress: () => undefined };
    const own = () =>
      records
        .filter(({ owner }) => owner === ME)
        .map(({ entity, key }) => t.idOf(entity, key))
        .sort();
    const everything = async () => {
      const tables = ['record', 'record_history', 'mutation', 'read_audit', 'subject_request', 'upload'];
      const texts = await Promise.all(
        tables.map((table) =>
          t.pool.query<{ text: string }>(`select row_.*::text as text from handbook.${table} as row_`),
        ),
      );
      return texts.flatMap(({ rows }) => rows.map(({ text }) => text)).join('\n');
    };

    beforeAll(async () => {
      t = await openHandbookApp({}, kind);
      records = await fillWorld(t);
      callers = await callersOf(t);
      subjects = new PostgresSubjects(t.pool);
      await t.put('assignment', `assignment-${ME}`, { report: FORMER });
      await t.put('assignment', `assignment-${ME}`, { report: 'mới' });
      const [answer] = await t.send(callers.member, {
        mutationId: 'm1',
        kind: 'update',
        entity: 'assignment',
        recordId: t.idOf('assignment', `assignment-${ME}`),
        baseVersion: 1,
        fields: { report: YOURS },
      });
      if (answer.kind !== 'conflict') throw new Error(`no conflict: ${answer.kind}`);
      await t.remove('opinion', `opinion-${ME}`, 'withdraw');
      await t.pool.query('update handbook.record set held = $1::jsonb where record_id = $2::uuid', [
        JSON.stringify({ content: SEALED }),
        t.idOf('opinion', `opinion-${ME}`),
      ]);
      await t.get('/records/assignment', callers.secretary);
      const file = { entity: 'assignment', fileName: SENT, size: 3, sha256: 'a'.repeat(64), now: 0 };
      const viewer = { accountId: 'me', role: 'member', memberKey: ME, organisationCode: null } as const;
      const recordId = t.idOf('assignment', `assignment-${ME}`);
      await t.uploads.begin({ viewer, tokens: [], fingerprint: '' }, { id: randomUUID(), recordId, ...file });
    });
    afterAll(() => t.close());

    it('is given out whole: records, former values, mutations, readings; of nobody else', async () => {
      const all = await subjectExport(subjects).run(request, context);
      expect(all.records.map(({ recordId }) => recordId).sort()).toEqual(own());
      const text = JSON.stringify(all);
      for (const said of [FORMER, YOURS, SEALED, SENT]) expect(text).toContain(said);
      const others = records.filter(({ owner }) => owner !== null && owner !== ME);
      for (const { word } of others) expect(text).not.toContain(word);
      expect(all.mutations).toMatchObject([
        { mutationId: 'm1', clientId: expect.stringMatching(/\/phone$/) },
      ]);
      expect(all.reads).toMatchObject([{ operation: 'list', role: 'secretary' }]);
      // The secretary's list held colleagues as well; they are not this member's business.
      expect(all.reads[0]?.recordIds).toEqual([t.idOf('assignment', `assignment-${ME}`)]);
    });

    it('is erased only after a preview, by its code, and only while the preview holds', async () => {
      const erase = subjectErase(subjects);
      const before = await everything();
      const preview = await erase.run(request, context);
      expect(preview).toMatchObject({
        done: false,
        erases: { storedAnswers: 1, heldRecords: 1, uploads: 1 },
        stays: { recordsOfNotes: own().length - 1, readings: 1, mutations: 1 },
      });
      expect(await everything()).toBe(before);
      await t.put('assignment', `assignment-${ME}`, { report: 'mới hơn' });
      const other = await everything();
      await expect(erase.run({ ...request, approve: preview.approve }, context)).rejects.toMatchObject({
        code: 'refused',
      });
      expect(await everything()).toBe(other);
    });

    it('is gone afterwards, and nothing of anybody else; what Notes holds and who read stays', async () => {
      const erase = subjectErase(subjects);
      const colleagues = await subjects.erasable('DV-1-0000002');
      const { approve } = await erase.run(request, context);
      expect(await erase.run({ ...request, approve }, context)).toMatchObject({ done: true });
      const text = await everything();
      for (const said of [FORMER, YOURS, SEALED, SENT]) expect(text).not.toContain(said);
      expect(await subjects.erasable('DV-1-0000002')).toEqual(colleagues);
      expect(await subjects.erasable(ME)).toMatchObject({
        erases: { historyEntries: 0, storedAnswers: 0, heldRecords: 0, uploads: 0 },
        stays: { recordsOfNotes: own().length - 1, readings: 1, mutations: 1 },
      });
      const { requests } = await subjectExport(subjects).run(request, context);
      expect(requests.map((one) => one.kind)).toEqual(['export', 'erase']);
      await expect(t.pool.query('delete from handbook.subject_request')).rejects.toThrow('append-only');
    });

    it('a mutation sent again after the erasure still has no second effect', async () => {
      const id = t.idOf('assignment', `assignment-${ME}`);
      const before = await t.get(`/records/assignment/${id}`, callers.member);
      const [answer] = await t.send(callers.member, {
        mutationId: 'm1',
        kind: 'update',
        entity: 'assignment',
        recordId: id,
        baseVersion: 1,
        fields: { report: YOURS },
      });
      expect(answer).toMatchObject({ kind: 'conflict', fields: { report: { yours: null, current: null } } });
      expect(await t.get(`/records/assignment/${id}`, callers.member)).toEqual(before);
    });

    it('of somebody who has no records is not found', async () => {
      const nobody = { ...request, member: 'DV-9-0000009' };
      for (const make of [subjectExport, subjectErase]) {
        await expect(make(subjects).run(nobody, context)).rejects.toMatchObject({ code: 'not-found' });
      }
    });
  });
}
