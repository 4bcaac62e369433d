import { randomBytes } from 'node:crypto';
import { describeSyncStore } from '../contract/sync-store.contract.ts';
import { openMemorySyncStore } from './memory-sync-store.ts';

describeSyncStore('memory', false, async () => ({
  store: openMemorySyncStore({ now: () => new Date(), newKey: () => randomBytes(32) }),
  close: async () => undefined,
}));
