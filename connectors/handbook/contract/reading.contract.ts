import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { applied, creation, type HandbookUnderTest, op } from './testing/samples.ts';

export function describeReading(subject: () => HandbookUnderTest): void {
  describe('reading', () => {
    /** Live, hidden, deleted and withdrawn, with keys `<entity>1` to `<entity>4`. */
    async function fourStates(entity: string): Promise<readonly string[]> {
      const { handbook } = subject();
      const ids = Array.from({ length: 4 }, () => randomUUID());
      const [, hidden = '', deleted = '', withdrawn = ''] = ids;
      await handbook.apply([
        ...ids.map((recordId, index) => ({ ...creation(recordId, `${entity}${index + 1}`), entity })),
        { ...op({ kind: 'hide', recordId: hidden, expectedVersion: 1 }), entity },
        { ...op({ kind: 'remove', recordId: deleted, expectedVersion: 1 }), entity },
        { ...op({ kind: 'withdraw', recordId: withdrawn, expectedVersion: 1, held: {} }), entity },
      ]);
      return ids;
    }

    it('reads records in any state by id and leaves out unknown ids', async () => {
      const { handbook } = subject();
      const ids = await fourStates('r');
      const found = await handbook.read([...ids, randomUUID(), 'not an id']);
      const states = new Map(found.map(({ recordId, state }) => [recordId, state]));
      expect(ids.map((id) => states.get(id))).toEqual(['live', 'hidden', 'deleted', 'withdrawn']);
      expect(found).toHaveLength(4);
    });

    it('reads live records by key', async () => {
      const { handbook } = subject();
      await fourStates('s');
      const found = await handbook.readByKey('s', ['s1', 's2', 's3', 's4', 'nobody']);
      expect(found.map(({ key }) => key)).toEqual(['s1']);
      expect(await handbook.readByKey('other', ['s1'])).toEqual([]);
    });

    it('counts and lists live and hidden records, by id', async () => {
      const { handbook } = subject();
      const known = [
        ...(await fourStates('t')).slice(0, 2),
        ...(await fourStates('u')).slice(0, 2),
      ].toSorted();
      expect(await handbook.count(['t', 'u', 'nothing'])).toBe(4);
      const first = await handbook.list(['t', 'u'], null, 3);
      const second = await handbook.list(['t', 'u'], first.at(-1)?.recordId ?? null, 3);
      expect([...first, ...second].map(({ recordId }) => recordId)).toEqual(known);
    });

    it('pages through live records in order of key and id, whatever happens in between', async () => {
      const { handbook, members } = subject();
      const entity = 'paged';
      const keys = ['Ă', 'B', null, 'a', 'B2', null, 'Z', 'Đ'];
      const ids = keys.map(() => randomUUID());
      await handbook.apply(ids.map((recordId, at) => ({ ...creation(recordId, keys[at] ?? null), entity })));
      const expected = ids
        .map((recordId, at) => ({ recordId, key: keys[at] ?? null }))
        .toSorted(
          (a, b) =>
            Buffer.from(a.key ?? '').compare(Buffer.from(b.key ?? '')) || (a.recordId < b.recordId ? -1 : 1),
        );
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page = await members.list(entity, { after, limit: 3 });
        seen.push(...page.records.map(({ recordId }) => recordId));
        after = page.next;
        // A record behind the reader goes; nothing is shown twice or left out for it.
        const [recordId] = seen;
        if (seen.length === 3 && recordId !== undefined) {
          await applied(handbook, { ...op({ kind: 'hide', recordId, expectedVersion: 1 }), entity });
        }
      } while (after !== null);
      expect(seen).toEqual(expected.map(({ recordId }) => recordId));
    });

    it('lists by key, shows no hidden record, and refuses a foreign page cursor', async () => {
      const { members } = subject();
      await fourStates('v');
      const shown = await members.list('v', { after: null, limit: 10 });
      expect(shown.records.map(({ key }) => key)).toEqual(['v1']);
      expect((await members.list('v', { after: null, limit: 10, key: 'v2' })).records).toEqual([]);
      expect((await members.list('v', { after: null, limit: 10, key: 'v1' })).records).toHaveLength(1);
      for (const after of ['', 'x', Buffer.from('["a","b"]').toString('base64url')]) {
        await expect(members.list('v', { after, limit: 1 })).rejects.toMatchObject({ code: 'bad-request' });
      }
    });

    it('has no record by an id that is none', async () => {
      expect(await subject().members.get('not an id')).toBeNull();
    });
  });
}
