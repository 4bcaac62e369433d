import { afterAll, beforeAll, describe } from 'vitest';
import type { SyncStore } from '../port.ts';
import { describeDecisions } from './decisions.contract.ts';
import { describeErasure } from './erasure.contract.ts';
import { describeJournal } from './journal.contract.ts';
import { describeLeases } from './leases.contract.ts';
import { describeLinks } from './links.contract.ts';
import { describePairLists } from './pair-lists.contract.ts';
import { describePairs } from './pairs.contract.ts';

/** An empty store for one run of the suite. */
export interface StoreUnderTest {
  readonly store: SyncStore;
  close(): Promise<void>;
}

/** What {@link SyncStore} promises, for any implementation. `name` says why, where the suite is skipped. */
export function describeSyncStore(name: string, skipped: boolean, open: () => Promise<StoreUnderTest>): void {
  describe.skipIf(skipped)(`sync store on ${name}`, () => {
    let opened: StoreUnderTest | null = null;

    beforeAll(async () => {
      opened = await open();
    });

    afterAll(async () => {
      await opened?.close();
    });

    function store(): SyncStore {
      if (opened === null) throw new Error('The store under test did not open');
      return opened.store;
    }

    describe('pairs', () => {
      describePairs(store);
    });
    describe('lists of pairs', () => {
      describePairLists(store);
    });
    describe('leases', () => {
      describeLeases(store);
    });
    describe('links', () => {
      describeLinks(store);
    });
    describe('decisions', () => {
      describeDecisions(store);
    });
    describe('journal', () => {
      describeJournal(store);
    });
    describe('erasure', () => {
      describeErasure(store);
    });
  });
}
