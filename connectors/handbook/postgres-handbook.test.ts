import { databaseKinds } from '../postgres/pool/testing/databases.ts';
import { describeHandbook } from './contract/handbook.contract.ts';
import { openTestHandbook } from './contract/testing/open-test-handbook.ts';

for (const kind of databaseKinds) describeHandbook(kind.name, kind.skipped, () => openTestHandbook(kind));
