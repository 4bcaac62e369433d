import { openPglite } from '../open-pglite.ts';

/** Inserts 1, 2, 3, … one by one and prints each number once it was acknowledged. The test kills it. */
const database = await openPglite({ dataDir: process.argv[2] ?? '' });
await database.query('CREATE TABLE IF NOT EXISTS written (n int PRIMARY KEY)');
const { rows } = await database.query<{ last: number }>('SELECT coalesce(max(n), 0) AS last FROM written');
for (let n = (rows[0]?.last ?? 0) + 1; ; n++) {
  await database.query('INSERT INTO written VALUES ($1)', [n]);
  process.stdout.write(`${n}\n`);
}
