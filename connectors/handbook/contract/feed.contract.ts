import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  applied,
  changes,
  create,
  creation,
  endOfFeed,
  type HandbookUnderTest,
  mutation,
  op,
} from './testing/samples.ts';

export function describeFeed(subject: () => HandbookUnderTest): void {
  describe('changes', () => {
    it('tells every change once, oldest first, with the newest version', async () => {
      const { handbook, members } = subject();
      const start = await endOfFeed(subject());
      const [one, two, three] = [
        await create(handbook, null),
        await create(handbook, null),
        await create(handbook, null),
      ];
      await applied(handbook, op({ kind: 'hide', recordId: one, expectedVersion: 1 }));
      await members.mutate(mutation({ kind: 'update', recordId: two, fields: { name: 'changed' } }));
      const page = await changes(subject(), start, 100);
      expect(page).toMatchObject({
        epochChanged: false,
        more: false,
        changes: [
          { recordId: three, entity: 'member', version: 1 },
          { recordId: one, entity: 'member', version: 2 },
          { recordId: two, entity: 'member', version: 2 },
        ],
      });
      expect(await changes(subject(), page.cursor, 100)).toEqual({
        epochChanged: false,
        cursor: page.cursor,
        changes: [],
        more: false,
      });
    });

    it('keeps the order of a batch and goes on exactly where a page ended', async () => {
      const { handbook } = subject();
      let cursor = await endOfFeed(subject());
      const ids = Array.from({ length: 25 }, () => randomUUID());
      await handbook.apply(ids.map((recordId) => creation(recordId, null)));
      const seen: string[] = [];
      for (let more = true; more; ) {
        const page = await changes(subject(), cursor, 7);
        expect(page.changes.length).toBeLessThanOrEqual(7);
        seen.push(...page.changes.map(({ recordId }) => recordId));
        ({ cursor, more } = page);
      }
      expect(seen).toEqual(ids);
    });

    it('says nothing of what did nothing', async () => {
      const { handbook, members } = subject();
      const first = creation(randomUUID(), null, { name: 'same' });
      await applied(handbook, first);
      const end = await endOfFeed(subject());
      await applied(handbook, first);
      await handbook.apply([creation(first.recordId, null)]);
      await members.mutate(mutation({ kind: 'update', recordId: first.recordId, fields: { name: 'same' } }));
      await members.mutate(mutation({ kind: 'update', recordId: randomUUID(), fields: { name: 'nobody' } }));
      expect((await changes(subject(), end, 10)).changes).toEqual([]);
    });

    it('answers a cursor of another epoch with the new one and nothing else', async () => {
      const { handbook, members } = subject();
      await create(handbook, null);
      const { epoch, position } = await endOfFeed(subject());
      const foreign = { epoch: randomUUID(), position };
      const answer = await changes(subject(), foreign, 10);
      expect(answer).toMatchObject({ epochChanged: true, cursor: { epoch }, changes: [], more: false });
      expect((await changes(subject(), answer.cursor, 500)).changes.length).toBeGreaterThan(0);
      expect(await members.feed(foreign, 10)).toMatchObject({ epochChanged: true, changes: [] });
    });

    it('refuses a position that it never gave out', async () => {
      const { epoch } = await endOfFeed(subject());
      for (const position of ['', 'x', '1', '1.2.3', '99999999999999999999.1', `0.${'9'.repeat(19)}`]) {
        await expect(changes(subject(), { epoch, position }, 1)).rejects.toMatchObject({
          code: 'bad-request',
        });
      }
    });

    it('shows members live records only, and says `removed` for everything else alike', async () => {
      const { handbook, members } = subject();
      const ids = await Promise.all(['x', 'x', 'x', 'x'].map((name) => create(handbook, null, { name })));
      const [live = '', hidden = '', deleted = '', withdrawn = ''] = ids;
      const start = await endOfFeed(subject());
      await handbook.apply([
        op({ kind: 'put', recordId: live, expectedVersion: 1, key: null, set: { name: 'y' } }),
        op({ kind: 'hide', recordId: hidden, expectedVersion: 1 }),
        op({ kind: 'remove', recordId: deleted, expectedVersion: 1 }),
        op({ kind: 'withdraw', recordId: withdrawn, expectedVersion: 1, held: {} }),
      ]);
      await subject().settled();
      const page = await members.feed(start, 10);
      expect(page.changes).toEqual([
        { recordId: live, entity: 'member', kind: 'changed', record: await members.get(live) },
        { recordId: hidden, entity: 'member', kind: 'removed' },
        { recordId: deleted, entity: 'member', kind: 'removed' },
        { recordId: withdrawn, entity: 'member', kind: 'removed' },
      ]);
      expect(await Promise.all(ids.slice(1).map((id) => members.get(id)))).toEqual([null, null, null]);
    });
  });
}
