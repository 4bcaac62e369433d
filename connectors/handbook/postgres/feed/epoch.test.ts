import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../postgres/pool/testing/databases.ts';
import { openTestHandbook, type TestHandbook } from '../../contract/testing/open-test-handbook.ts';
import { changes, create, endOfFeed } from '../../contract/testing/samples.ts';
import type { Handbook, HandbookCursor } from '../../port.ts';
import { PostgresHandbook } from '../../postgres-handbook.ts';

for (const kind of databaseKinds) {
  describe.skipIf(kind.skipped)(`epoch on ${kind.name}`, () => {
    let made: TestHandbook;
    beforeAll(async () => {
      made = await openTestHandbook(kind);
    });
    afterAll(() => made.close());

    async function allIds(handbook: Handbook, from: HandbookCursor | null): Promise<readonly string[]> {
      const page = await changes({ ...made, handbook }, from, 1000);
      expect(page).toMatchObject({ epochChanged: false, more: false });
      return page.changes.map(({ recordId }) => recordId);
    }

    it('stays the same from one opening to the next', async () => {
      await create(made.handbook, null);
      const { epoch } = await endOfFeed(made);
      const again = await PostgresHandbook.open(made.pool);
      expect((await endOfFeed({ ...made, handbook: again })).epoch).toBe(epoch);
    });

    it.each([
      ['another server', `update handbook.epoch set origin = '1/00000001'`],
      [
        'transactions that have not happened',
        `update handbook.feed set xid = '9000000000' where position = 1`,
      ],
    ])(
      'is a new one in a database restored from %s, and everything is told again in order',
      async (_, restored) => {
        const { handbook, pool } = made;
        await create(handbook, null);
        const before = await endOfFeed({ ...made, handbook });
        const known = await allIds(handbook, null);
        await pool.query(restored);

        const reopened = await PostgresHandbook.open(pool);
        const answer = await reopened.changes(before, 10);
        expect(answer).toMatchObject({ epochChanged: true, changes: [] });
        expect(answer.cursor.epoch).not.toBe(before.epoch);
        const added = await create(reopened, null);
        const told = await allIds(reopened, answer.cursor);
        expect(told.at(-1)).toBe(added);
        expect(told.toSorted()).toEqual([...known, added].toSorted());
        expect(await allIds(reopened, await endOfFeed({ ...made, handbook: reopened }))).toEqual([]);
      },
    );

    it('is a new one when a reader has already seen transactions that have not happened', async () => {
      const { handbook } = made;
      const { epoch } = await endOfFeed({ ...made, handbook });
      const ahead = { epoch, position: '9000000000.1' };
      const answer = await handbook.changes(ahead, 10);
      expect(answer.epochChanged).toBe(true);
      expect(answer.cursor.epoch).not.toBe(epoch);
      expect((await allIds(handbook, answer.cursor)).length).toBeGreaterThan(0);
    });

    it('is one and the same for all that open a new database at once', async () => {
      await made.pool.query('delete from handbook.epoch');
      const opened = await Promise.all(Array.from({ length: 5 }, () => PostgresHandbook.open(made.pool)));
      const epochs = await Promise.all(
        opened.map(async (handbook) => (await endOfFeed({ ...made, handbook })).epoch),
      );
      expect(new Set(epochs).size).toBe(1);
    });
  });
}
