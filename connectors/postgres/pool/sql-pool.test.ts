import { describeSqlPool } from './sql-pool.contract.ts';
import { databaseKinds } from './testing/databases.ts';

for (const kind of databaseKinds) describeSqlPool(kind);
