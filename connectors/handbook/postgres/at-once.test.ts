import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../postgres/pool/testing/databases.ts';
import { openTestHandbook, type TestHandbook } from '../contract/testing/open-test-handbook.ts';
import { applied, create, creation, mutation, op, withoutId } from '../contract/testing/samples.ts';
import type { HandbookOp } from '../port.ts';

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`at once on ${kind.name}`, () => {
    let made: TestHandbook;
    beforeAll(async () => {
      made = await openTestHandbook(kind);
    });
    afterAll(() => made.close());

    it('applies a batch once that is sent many times at once', async () => {
      const { handbook } = made;
      const existing = await create(handbook, 'a0');
      const ops: HandbookOp[] = [
        ...Array.from({ length: 20 }, (_, index) => creation(randomUUID(), `a${index + 1}`, { rank: index })),
        op({ kind: 'put', recordId: existing, expectedVersion: 1, key: 'a0', set: { rank: 1 } }),
      ];
      const answers = await Promise.all(Array.from({ length: 6 }, () => handbook.apply(ops)));
      for (const answer of answers) expect(answer).toEqual(answers[0]);
      expect(answers[0]?.every(({ kind }) => kind === 'applied')).toBe(true);
      const found = await handbook.read(ops.map(({ recordId }) => recordId));
      const versions = new Map(found.map(({ recordId, version }) => [recordId, version]));
      expect(ops.map(({ recordId }) => versions.get(recordId))).toEqual([...Array<number>(20).fill(1), 2]);
    });

    it('gives a key to one of the batches that want it, and the others hear who has it', async () => {
      const { handbook } = made;
      const ids = Array.from({ length: 6 }, () => randomUUID());
      const answers = await Promise.all(
        ids.map((recordId) => handbook.apply([creation(recordId, 'wanted')])),
      );
      const [owner] = await handbook.readByKey('member', ['wanted']);
      expect(answers.flat().map(withoutId)).toEqual(
        ids.map((recordId) =>
          recordId === owner?.recordId
            ? { kind: 'applied', version: 1, fields: {} }
            : { kind: 'duplicate-key', recordId: owner?.recordId },
        ),
      );
    });

    it('applies each version of a record once, whoever changes it', async () => {
      const { handbook, members } = made;
      const recordId = await create(handbook, null, { name: 'a' });
      const puts = Array.from({ length: 5 }, (_, index) =>
        handbook.apply([op({ kind: 'put', recordId, expectedVersion: 1, key: null, set: { rank: index } })]),
      );
      const sent = members.mutate(mutation({ kind: 'update', recordId, fields: { phone: '1' } }));
      const outcomes = (await Promise.all(puts)).flat();
      expect(await sent).toMatchObject({ kind: 'applied' });
      const won = outcomes.filter(({ kind }) => kind === 'applied');
      expect(won.length).toBeLessThanOrEqual(1);
      const [record] = await handbook.read([recordId]);
      expect(record?.version).toBe(2 + won.length);
      expect(record?.fields).toMatchObject({ phone: '1' });
    });

    it('takes batches over the same records in any order without standing still', async () => {
      const { handbook } = made;
      const ids = await Promise.all(Array.from({ length: 8 }, () => create(handbook, null)));
      const touch = (recordId: string, version: number): HandbookOp =>
        op({ kind: 'put', recordId, expectedVersion: version, key: null, set: { rank: version } });
      const forwards = ids.map((recordId) => touch(recordId, 1));
      const backwards = ids.toReversed().map((recordId) => touch(recordId, 1));
      const answers = await Promise.all(
        [forwards, backwards, forwards, backwards].map((ops) => handbook.apply(ops)),
      );
      expect(answers[0]?.concat(answers[1] ?? []).filter(({ kind }) => kind === 'applied')).toHaveLength(8);
    });

    it('leaves no answer with content behind when a withdrawal meets mutations', async () => {
      const { handbook, members, dump } = made;
      const recordId = await create(handbook, null, { name: 'NOBODY-1' });
      await applied(
        handbook,
        op({ kind: 'put', recordId, expectedVersion: 1, key: null, set: { name: 'NOBODY-2' } }),
      );
      const sent = Array.from({ length: 10 }, (_, index) =>
        members.mutate(
          mutation({ kind: 'update', recordId, fields: { name: `member ${index}`, phone: `${index}` } }),
        ),
      );
      const withdrawal = handbook.apply([op({ kind: 'withdraw', recordId, expectedVersion: 0, held: {} })]);
      await Promise.all([...sent, withdrawal]);
      expect(await dump()).not.toContain('NOBODY');
    });
  });
}
