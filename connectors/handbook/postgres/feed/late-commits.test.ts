import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds } from '../../../postgres/pool/testing/databases.ts';
import { openTestHandbook, type TestHandbook } from '../../contract/testing/open-test-handbook.ts';
import { applied, create, creation, endOfFeed } from '../../contract/testing/samples.ts';
import type { HandbookCursor } from '../../port.ts';
import { announceRecords } from '../statements/announce-records.ts';
import { insertRecords } from '../statements/insert-records.ts';

/** Two transactions that are open at once need two sessions, which PGlite does not have: there nothing can commit late. */
const server = databaseKinds.find(({ kind }) => kind === 'postgres');

describe.skipIf(server?.skipped !== false)(`late commits on ${server?.name}`, () => {
  let made: TestHandbook;
  beforeAll(async () => {
    if (server === undefined) throw new Error('No PostgreSQL among the kinds of databases');
    made = await openTestHandbook(server);
  });
  afterAll(() => made.close());

  async function read(cursor: HandbookCursor): Promise<{ ids: string[]; cursor: HandbookCursor }> {
    const page = await made.handbook.changes(cursor, 100);
    return { ids: page.changes.map(({ recordId }) => recordId), cursor: page.cursor };
  }

  it('shows what was begun first and committed last, once and after it committed', async () => {
    const { handbook, pool } = made;
    let cursor = await endOfFeed(made);
    const late = randomUUID();
    let quick = '';
    const row = {
      recordId: late,
      entity: 'member',
      key: null,
      state: 'live',
      version: 1,
      fields: {},
    } as const;
    await pool.transaction(async (tx) => {
      await insertRecords(tx, [{ ...row, fieldVersions: {}, held: {}, bornIn: 'notes' }]);
      await announceRecords(tx, [row]);
      // Begun later, committed earlier, so its position in the feed is the greater one.
      quick = await create(handbook, null);
      const during = await read(cursor);
      // Nothing is shown past a transaction that is still open, not even what has committed.
      expect(during.ids).toEqual([]);
      ({ cursor } = during);
    });
    await made.settled();
    const after = await read(cursor);
    expect(after.ids).toEqual([late, quick]);
    expect((await read(after.cursor)).ids).toEqual([]);
  });

  it('shows every change to a reader that never stops while many write', async () => {
    const { handbook } = made;
    let cursor = await endOfFeed(made);
    const written = Array.from({ length: 120 }, () => randomUUID());
    const versions = new Map<string, number>();
    let writing = true;
    const reader = async (): Promise<void> => {
      for (let last = false; !last; ) {
        last = !writing;
        const page = await handbook.changes(cursor, 5);
        for (const { recordId, version } of page.changes) versions.set(recordId, version);
        if (page.more) last = false;
        ({ cursor } = page);
      }
    };
    const reading = reader();
    await Promise.all(
      written.map(async (recordId) => {
        await applied(handbook, creation(recordId, null));
        await applied(handbook, { ...creation(recordId, null), expectedVersion: 1 });
      }),
    );
    await made.settled();
    writing = false;
    await reading;
    expect(written.map((recordId) => versions.get(recordId))).toEqual(written.map(() => 2));
  });
});
