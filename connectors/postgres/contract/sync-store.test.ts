import { databaseKinds } from '../pool/testing/databases.ts';
import { describeSyncStore } from './sync-store.contract.ts';
import { openTestStore } from './testing/open-test-store.ts';

for (const kind of databaseKinds) describeSyncStore(kind.name, kind.skipped, () => openTestStore(kind));
