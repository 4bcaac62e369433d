import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../src/sync/values.ts';
import type { Mutation } from '../members-port.ts';
import {
  applied,
  changes,
  create,
  endOfFeed,
  type HandbookUnderTest,
  mutation,
  op,
} from './testing/samples.ts';

export function describeMutations(subject: () => HandbookUnderTest): void {
  describe('mutate', () => {
    const fieldsOf = async (recordId: string): Promise<Fields | undefined> =>
      (await subject().handbook.read([recordId]))[0]?.fields;

    it('changes fields on the version that the member saw', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null, { name: 'one', phone: '1' });
      expect(await members.mutate(mutation({ kind: 'update', recordId, fields: { phone: '2' } }))).toEqual({
        kind: 'applied',
        version: 2,
      });
      expect(await fieldsOf(recordId)).toEqual({ name: 'one', phone: '2' });
    });

    it('brings canonical values, so that equal ones are no change', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null, { name: 'Đỗ Thị Thử', tags: ['a', 'b'] });
      const same = { name: 'Đỗ Thị Thử'.normalize('NFD'), tags: ['b', 'a', 'b'], phone: '' };
      expect(await members.mutate(mutation({ kind: 'update', recordId, fields: same }))).toEqual({
        kind: 'applied',
        version: 1,
      });
    });

    it('applies what nobody else changed and answers the rest as conflicts with both values', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null, { name: 'base', phone: '1', born: '1950' });
      await applied(
        handbook,
        op({
          kind: 'put',
          recordId,
          expectedVersion: 1,
          key: null,
          set: { name: 'theirs', born: '1951', rank: 2 },
        }),
      );
      const sent = mutation({ kind: 'update', recordId, fields: { name: 'mine', phone: '2', born: '1951' } });
      const answer = { kind: 'conflict', version: 3, fields: { name: { yours: 'mine', current: 'theirs' } } };
      expect(await members.mutate(sent)).toEqual(answer);
      expect(await fieldsOf(recordId)).toEqual({ name: 'theirs', phone: '2', born: '1951', rank: 2 });
      expect(await members.mutate(sent)).toEqual(answer);
      const later = mutation({ kind: 'update', recordId, baseVersion: 3, fields: { name: 'mine' } });
      expect(await members.mutate(later)).toEqual({ kind: 'applied', version: 4 });
    });

    it('takes a field that came back to its old value as unchanged only for who has seen it', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null, { name: 'a' });
      await applied(
        handbook,
        op({ kind: 'put', recordId, expectedVersion: 1, key: null, set: { name: 'b' } }),
      );
      await applied(
        handbook,
        op({ kind: 'put', recordId, expectedVersion: 2, key: null, set: { name: 'a' } }),
      );
      await applied(
        handbook,
        op({ kind: 'put', recordId, expectedVersion: 3, key: null, set: { name: 'a' } }),
      );
      const unseen = mutation({ kind: 'update', recordId, baseVersion: 1, fields: { name: 'c' } });
      expect(await members.mutate(unseen)).toMatchObject({ kind: 'conflict', version: 4 });
      const seen = mutation({ kind: 'update', recordId, baseVersion: 3, fields: { name: 'c' } });
      expect(await members.mutate(seen)).toEqual({ kind: 'applied', version: 5 });
    });

    it('answers a repeated mutation with the stored answer, whatever is in it now', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null, { name: 'a' });
      const first = mutation({ kind: 'update', recordId, fields: { name: 'b' } });
      const answer = await members.mutate(first);
      const end = await endOfFeed(subject());
      expect(await members.mutate({ ...first, fields: { name: 'c' }, baseVersion: 2 })).toEqual(answer);
      expect(await members.mutate({ ...first, kind: 'delete', entity: 'unknown' })).toEqual(answer);
      expect(await fieldsOf(recordId)).toEqual({ name: 'b' });
      expect((await changes(subject(), end, 10)).changes).toEqual([]);
      const other = { ...first, clientId: 'another client', fields: { name: 'c' }, baseVersion: 2 };
      expect(await members.mutate(other)).toEqual({ kind: 'applied', version: 3 });
    });

    it('has one effect and one answer however many send it at once', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null, { name: 'a' });
      const update = mutation({ kind: 'update', recordId, fields: { name: 'b' } });
      const creating = mutation({
        kind: 'create',
        recordId: randomUUID(),
        fields: { name: 'new', code: 'M9' },
      });
      const answers = await Promise.all(
        Array.from({ length: 16 }, (_, index) => members.mutate(index % 2 === 0 ? update : creating)),
      );
      expect(
        new Set(answers.filter((_, index) => index % 2 === 0).map((answer) => JSON.stringify(answer))),
      ).toEqual(new Set([JSON.stringify({ kind: 'applied', version: 2 })]));
      expect(new Set(answers.map(({ kind }) => kind))).toEqual(new Set(['applied']));
      expect(await handbook.read([recordId, creating.recordId])).toHaveLength(2);
    });

    it('loses no field when many change one record at once', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null, { name: 'a' });
      const sent: Fields[] = [{ name: 'b' }, { phone: '1' }, { born: '1950' }, { tags: ['t'] }];
      await Promise.all(sent.map((fields) => members.mutate(mutation({ kind: 'update', recordId, fields }))));
      expect(await fieldsOf(recordId)).toEqual({ name: 'b', phone: '1', born: '1950', tags: ['t'] });
    });

    it('creates records that were born in the handbook', async () => {
      const { handbook, members } = subject();
      const recordId = randomUUID();
      const creating = mutation({ kind: 'create', recordId, fields: { name: 'new', code: 'N1' } });
      expect(await members.mutate(creating)).toEqual({ kind: 'applied', version: 1 });
      expect(await handbook.read([recordId])).toEqual([
        {
          recordId,
          entity: 'member',
          key: 'N1',
          state: 'live',
          version: 1,
          fields: { name: 'new', code: 'N1' },
          bornIn: 'handbook',
        },
      ]);
      expect(
        await members.mutate(mutation({ kind: 'update', recordId, fields: { name: 'x' } })),
      ).toMatchObject({ version: 2 });
    });

    it('gives a business key to one record only, however many ask at once', async () => {
      const { handbook, members } = subject();
      const answers = await Promise.all(
        Array.from({ length: 6 }, () =>
          members.mutate(
            mutation({ kind: 'create', recordId: randomUUID(), fields: { name: 'x', code: 'N2' } }),
          ),
        ),
      );
      expect(answers.map(({ kind }) => kind).toSorted()).toEqual(['applied', ...Array(5).fill('refused')]);
      expect(await handbook.readByKey('member', ['N2'])).toHaveLength(1);
    });

    it('deletes what the member saw, and answers a conflict for what changed since', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, 'N3', { name: 'a', phone: '1' });
      await applied(
        handbook,
        op({ kind: 'put', recordId, expectedVersion: 1, key: 'N3', set: { name: 'b' } }),
      );
      expect(await members.mutate(mutation({ kind: 'delete', recordId, baseVersion: 1 }))).toEqual({
        kind: 'conflict',
        version: 2,
        fields: { name: { yours: null, current: 'b' } },
      });
      expect(await members.mutate(mutation({ kind: 'delete', recordId, baseVersion: 2 }))).toEqual({
        kind: 'applied',
        version: 3,
      });
      expect(await handbook.read([recordId])).toMatchObject([{ state: 'deleted', key: 'N3', fields: {} }]);
    });

    const refusals: readonly (readonly [string, Partial<Mutation>, object])[] = [
      ['an unknown entity', { entity: 'nothing' }, { reason: 'unknown-entity' }],
      ['an unknown field', { fields: { nothing: 1 } }, { reason: 'unknown-field', field: 'nothing' }],
      ['a field of others', { fields: { rank: 1 } }, { reason: 'not-writable', field: 'rank' }],
      ['the key of an existing record', { fields: { code: 'Z' } }, { reason: 'not-writable', field: 'code' }],
      [
        'a blob, which members cannot hand in',
        { fields: { photo: [{ name: 'a', sha256: 'a'.repeat(64), size: 1 }] } },
        { reason: 'not-writable', field: 'photo' },
      ],
      ['a value of another type', { fields: { name: 5 } }, { reason: 'invalid-value', field: 'name' }],
      ['an emptied required field', { fields: { name: null } }, { reason: 'invalid-value', field: 'name' }],
      [
        'a text that is too long',
        { fields: { name: 'x'.repeat(41) } },
        { reason: 'invalid-value', field: 'name' },
      ],
      ['a text of another form', { fields: { phone: 'abc' } }, { reason: 'invalid-value', field: 'phone' }],
      [
        'a date that does not exist',
        { fields: { born: '1950-02-30' } },
        { reason: 'invalid-value', field: 'born' },
      ],
      ['half a character', { fields: { name: 'a\ud800' } }, { reason: 'invalid-value', field: 'name' }],
      [
        'a version that is not yet',
        { baseVersion: 9, fields: { name: 'x' } },
        { reason: 'base-version-ahead' },
      ],
      ['an absent record', { recordId: randomUUID(), fields: { name: 'x' } }, { reason: 'no-such-record' }],
      ['an id that is none', { recordId: 'x', fields: { name: 'x' } }, { reason: 'no-such-record' }],
      [
        'a create of what exists',
        { kind: 'create', fields: { name: 'x', code: 'x' } },
        { reason: 'already-exists' },
      ],
      [
        'a create without a required field',
        { kind: 'create', recordId: randomUUID(), fields: { code: 'x' } },
        { reason: 'invalid-value', field: 'name' },
      ],
      [
        'a create with an id that is none',
        { kind: 'create', recordId: 'x', fields: { name: 'x' } },
        { reason: 'invalid-value', field: 'recordId' },
      ],
      [
        'a create on top of a version',
        { kind: 'create', recordId: randomUUID(), baseVersion: 3, fields: { name: 'x' } },
        { reason: 'base-version-ahead' },
      ],
      ['a create where members may not', { kind: 'create', entity: 'notice' }, { reason: 'not-creatable' }],
      ['a delete where members may not', { kind: 'delete', entity: 'notice' }, { reason: 'not-deletable' }],
      [
        'a record of another entity',
        { entity: 'notice', fields: { name: 'x' } },
        { reason: 'no-such-record' },
      ],
    ];
    it.each(refusals)('refuses %s, changes nothing and repeats the refusal', async (_, body, refusal) => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null, { name: 'a' });
      const end = await endOfFeed(subject());
      const sent = mutation({
        kind: 'update',
        recordId,
        baseVersion: body.kind === 'create' ? 0 : 1,
        ...body,
      });
      expect(await members.mutate(sent)).toEqual({ kind: 'refused', ...refusal });
      expect(await members.mutate(sent)).toEqual({ kind: 'refused', ...refusal });
      expect(await fieldsOf(recordId)).toEqual({ name: 'a' });
      expect((await changes(subject(), end, 10)).changes).toEqual([]);
    });

    it('refuses hidden and deleted records as if they were not there', async () => {
      const { handbook, members } = subject();
      for (const kind of ['hide', 'remove'] as const) {
        const recordId = await create(handbook, null, { name: 'a' });
        await applied(handbook, op({ kind, recordId, expectedVersion: 1 }));
        for (const sent of ['update', 'delete'] as const) {
          expect(await members.mutate(mutation({ kind: sent, recordId, baseVersion: 2 }))).toEqual({
            kind: 'refused',
            reason: 'no-such-record',
          });
        }
      }
    });
  });
}
