import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HandbookError, type HandbookRecord } from '../port.ts';
import { applied, create, creation, type HandbookUnderTest, op, withoutId } from './testing/samples.ts';

export function describeApply(subject: () => HandbookUnderTest): void {
  const read = async (recordId: string): Promise<HandbookRecord | undefined> =>
    (await subject().handbook.read([recordId]))[0];

  describe('apply', () => {
    it('creates and changes records, leaves other fields alone, and null empties one', async () => {
      const { handbook } = subject();
      const recordId = await create(handbook, 'A1', { name: 'Lê Văn Mẫu', rank: 3, tags: ['a'] });
      const outcome = await applied(
        handbook,
        op({ kind: 'put', recordId, expectedVersion: 1, key: 'A1', set: { rank: null, phone: '091' } }),
      );
      const fields = { name: 'Lê Văn Mẫu', rank: null, tags: ['a'], phone: '091' };
      expect(outcome).toMatchObject({ version: 2, fields });
      expect(await read(recordId)).toEqual({
        recordId,
        entity: 'member',
        key: 'A1',
        state: 'live',
        version: 2,
        fields,
        bornIn: 'notes',
      });
    });

    it('answers in order, and what fails leaves the others alone', async () => {
      const { handbook } = subject();
      const taken = await create(handbook, 'B1');
      const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()];
      const ops = [
        creation(first, 'B2', { name: 'one' }),
        creation(second, 'B1', { name: 'two' }),
        op({ kind: 'put', recordId: taken, expectedVersion: 7, key: 'B1', set: {} }),
        op({ kind: 'hide', recordId: third, expectedVersion: 1 }),
        creation(third, 'B3'),
        op({ kind: 'put', recordId: third, expectedVersion: 1, key: 'B3', set: { name: 'three' } }),
      ];
      expect(await handbook.apply(ops)).toEqual([
        { opId: ops[0]?.opId, kind: 'applied', version: 1, fields: { name: 'one' } },
        { opId: ops[1]?.opId, kind: 'duplicate-key', recordId: taken },
        { opId: ops[2]?.opId, kind: 'stale', version: 1 },
        { opId: ops[3]?.opId, kind: 'stale', version: 0 },
        { opId: ops[4]?.opId, kind: 'applied', version: 1, fields: {} },
        { opId: ops[5]?.opId, kind: 'applied', version: 2, fields: { name: 'three' } },
      ]);
      expect(await read(second)).toBeUndefined();
    });

    it('can be asked what became of an op, and says the version that it gave, whatever happened since', async () => {
      const { handbook } = subject();
      const recordId = randomUUID();
      const [first, second, refused] = [
        creation(recordId, 'B9', { name: 'one' }),
        op({ kind: 'put', recordId, expectedVersion: 1, key: 'B9', set: { name: 'two' } }),
        op({ kind: 'put', recordId, expectedVersion: 1, key: 'B9', set: { name: 'three' } }),
      ];
      await handbook.apply([first, second, refused]);
      expect(await handbook.applied([refused.opId, second.opId, randomUUID(), first.opId])).toEqual(
        new Map([
          [first.opId, 1],
          [second.opId, 2],
        ]),
      );
      expect(await handbook.applied([])).toEqual(new Map());
    });

    it('refuses to create what exists and to change what does not', async () => {
      const { handbook } = subject();
      const recordId = await create(handbook, 'C1');
      const absent = randomUUID();
      const outcomes = await handbook.apply([
        creation(recordId, 'C1'),
        op({ kind: 'put', recordId: absent, expectedVersion: 2, key: 'C2', set: {} }),
        op({ kind: 'withdraw', recordId: absent, expectedVersion: 0, held: {} }),
        op({ kind: 'hide', recordId: absent, expectedVersion: 0 }),
      ]);
      expect(outcomes.map(withoutId)).toEqual([
        { kind: 'stale', version: 1 },
        { kind: 'stale', version: 0 },
        { kind: 'stale', version: 0 },
        { kind: 'stale', version: 0 },
      ]);
    });

    it('repeats the outcome of a repeated op and does nothing', async () => {
      const { handbook } = subject();
      const recordId = randomUUID();
      const ops = [
        creation(recordId, 'D1', { name: 'one' }),
        creation(recordId, 'D1'),
        creation(randomUUID(), 'D1'),
      ];
      const outcomes = await handbook.apply(ops);
      expect(await handbook.apply(ops)).toEqual(outcomes);
      expect(await handbook.apply([...ops, ...ops])).toEqual([...outcomes, ...outcomes]);
      expect((await read(recordId))?.version).toBe(1);
    });

    it('reads the fields of a repeated op from the record', async () => {
      const { handbook } = subject();
      const recordId = randomUUID();
      const first = creation(recordId, 'D9', { name: 'one' });
      await applied(handbook, first);
      await applied(
        handbook,
        op({ kind: 'put', recordId, expectedVersion: 1, key: 'D9', set: { name: 'two' } }),
      );
      expect(await applied(handbook, first)).toMatchObject({ version: 1, fields: { name: 'two' } });
    });

    it('hides and shows again with the content kept', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, 'E1', { name: 'hidden' });
      expect(await applied(handbook, op({ kind: 'hide', recordId, expectedVersion: 1 }))).toMatchObject({
        version: 2,
      });
      expect(await read(recordId)).toMatchObject({ state: 'hidden', key: 'E1', fields: { name: 'hidden' } });
      expect(await members.get(recordId)).toBeNull();
      await applied(handbook, op({ kind: 'put', recordId, expectedVersion: 2, key: 'E1', set: {} }));
      expect(await read(recordId)).toMatchObject({ state: 'live', version: 3, fields: { name: 'hidden' } });
    });

    it('removes content and keeps the key for the record, not for itself', async () => {
      const { handbook } = subject();
      const recordId = await create(handbook, 'F1', { name: 'gone' });
      await applied(handbook, op({ kind: 'remove', recordId, expectedVersion: 1 }));
      expect(await read(recordId)).toMatchObject({ state: 'deleted', key: 'F1', version: 2, fields: {} });
      const successor = await create(handbook, 'F1');
      const back = op({ kind: 'put', recordId, expectedVersion: 2, key: 'F1', set: {} });
      expect(await handbook.apply([back])).toEqual([
        { opId: back.opId, kind: 'duplicate-key', recordId: successor },
      ]);
    });

    it('lets a key change hands within one batch', async () => {
      const { handbook } = subject();
      const [one, two] = [await create(handbook, 'G1'), await create(handbook, 'G2')];
      const outcomes = await handbook.apply([
        op({ kind: 'put', recordId: one, expectedVersion: 1, key: 'G3', set: {} }),
        op({ kind: 'put', recordId: two, expectedVersion: 1, key: 'G1', set: {} }),
        op({ kind: 'put', recordId: one, expectedVersion: 2, key: 'G2', set: {} }),
        creation(randomUUID(), 'G3'),
      ]);
      expect(outcomes.map(({ kind }) => kind)).toEqual(['applied', 'applied', 'applied', 'applied']);
      expect((await Promise.all([one, two].map(read))).map((record) => record?.key)).toEqual(['G2', 'G1']);
    });

    it('owns keys by entity, and any number of records may have none', async () => {
      const { handbook } = subject();
      await create(handbook, 'H1');
      await create(handbook, null);
      await create(handbook, null);
      const other = { ...creation(randomUUID(), 'H1'), entity: 'notice' };
      expect((await handbook.apply([other]))[0]).toMatchObject({ kind: 'applied' });
    });

    it('takes 500 ops, and no other number than 1 to 500', async () => {
      const { handbook } = subject();
      const many = Array.from({ length: 501 }, (_, index) =>
        creation(randomUUID(), `I${index}`, { rank: index }),
      );
      const outcomes = await handbook.apply(many.slice(0, 500));
      expect(outcomes.filter(({ kind }) => kind === 'applied')).toHaveLength(500);
      await expect(handbook.apply(many)).rejects.toThrow(HandbookError);
      await expect(handbook.apply([])).rejects.toMatchObject({ code: 'bad-request' });
    });

    it('names an op that no database can store, and none of its content', async () => {
      const { handbook } = subject();
      const bad = creation(randomUUID(), 'J1', { name: 'secret\u0000' });
      const failure = await handbook.apply([bad]).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: 'bad-request',
        message: expect.stringContaining(bad.opId) as string,
      });
      expect(JSON.stringify(failure) + String(failure)).not.toContain('secret');
    });
  });
}
