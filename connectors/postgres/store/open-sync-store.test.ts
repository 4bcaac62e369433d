import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillWithContent } from '../contract/testing/content.ts';
import { openTestStore, type TestStore } from '../contract/testing/open-test-store.ts';
import { insertPair, newEntry, newLink } from '../contract/testing/samples.ts';
import { databaseKinds } from '../pool/testing/databases.ts';
import { verifyJournal } from './journal-chain.ts';
import { dumpSchema } from './testing/dump-schema.ts';

describe.each(databaseKinds)('sync store in the tables of $name', (kind) => {
  let opened: TestStore | null = null;

  function under(): TestStore {
    if (opened === null) throw new Error('The store under test did not open');
    return opened;
  }

  beforeAll(async () => {
    if (!kind.skipped) opened = await openTestStore(kind);
  });

  afterAll(async () => {
    await opened?.close();
  });

  it.skipIf(kind.skipped)('leaves nothing of erased content in any table', async () => {
    const { store, pool } = under();
    const linkId = await newLink(store);
    const erased = await fillWithContent(store, linkId, 'CANARY');
    await fillWithContent(store, linkId, 'KEEP');
    const tablesWith = async (mark: string): Promise<readonly string[]> => {
      const dump = await dumpSchema(pool, 'bridge');
      return [...dump].filter(([, rows]) => rows.some((row) => row.includes(mark))).map(([table]) => table);
    };
    const places = ['conflict', 'intent', 'pair', 'preview_entry', 'quarantine'];
    expect(await tablesWith('CANARY')).toStrictEqual(places);
    expect(await tablesWith(erased.recordId)).toContain('journal_key');
    await store.transaction(null, (tx) => tx.eraseContent([erased.id]));
    expect(await tablesWith('CANARY')).toStrictEqual([]);
    expect(await tablesWith(erased.recordId)).toStrictEqual(['journal', 'pair', 'preview_entry']);
    expect(await tablesWith('KEEP')).toStrictEqual(places);
  });

  it.skipIf(kind.skipped)('shows a journal row that was changed or removed behind its back', async () => {
    const { store, pool } = under();
    const linkId = await newLink(store);
    const pair = await insertPair(store, linkId);
    const entries = Array.from({ length: 5 }, () => newEntry(pair));
    await store.transaction(null, (tx) => tx.appendJournal(linkId, entries));
    const verdict = async (): Promise<unknown> => verifyJournal(await store.journal(linkId, 0, 9));
    expect(await verdict()).toMatchObject({ intact: true, head: { sequence: 5 } });
    await pool.query(`update bridge.journal set by_person = 'nobody' where link_id = $1 and sequence = 4`, [
      linkId,
    ]);
    expect(await verdict()).toStrictEqual({ intact: false, broken: { sequence: 4, fault: 'hash' } });
    await pool.query(`delete from bridge.journal where link_id = $1 and sequence = 2`, [linkId]);
    expect(await verdict()).toStrictEqual({ intact: false, broken: { sequence: 3, fault: 'gap' } });
  });

  it.skipIf(kind.skipped)('counts the attempts at a pair in quarantine', async () => {
    const { store, pool } = under();
    const pair = await insertPair(store, await newLink(store));
    for (const detail of ['a', 'b', 'c']) {
      const row = { id: `${pair.id}-${detail}`, pairId: pair.id, linkId: pair.linkId, code: 'x', detail };
      await store.transaction(null, (tx) => tx.putQuarantine([{ ...row, at: '2026-03-01T08:00:00.000Z' }]));
    }
    const { rows } = await pool.query(`select attempts, detail from bridge.quarantine where pair_id = $1`, [
      pair.id,
    ]);
    expect(rows).toStrictEqual([{ attempts: 3, detail: 'c' }]);
  });
});
