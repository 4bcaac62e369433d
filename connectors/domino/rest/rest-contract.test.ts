import { notesDatabaseContract } from '../contract/vitest-contract.ts';
import { openEmbeddedRest } from './testing/embedded-rest.ts';

notesDatabaseContract('the REST connector on a harsh server', async () => openEmbeddedRest());
