import { afterAll, beforeAll, describe } from 'vitest';
import { describeApply } from './apply.contract.ts';
import { describeBlobs } from './blobs.contract.ts';
import { describeFeed } from './feed.contract.ts';
import { describeMutations } from './mutations.contract.ts';
import { describeReading } from './reading.contract.ts';
import { describeRepeating } from './repeating.contract.ts';
import type { HandbookUnderTest } from './testing/samples.ts';
import { describeWithdrawal } from './withdrawal.contract.ts';

/**
 * What every handbook keeps to. `open` makes an empty one that knows `memberSchema` and `noticeSchema`; it is used by all tests, one after the
 * other, each with records of its own.
 */
export function describeHandbook(
  name: string,
  skipped: boolean,
  open: () => Promise<HandbookUnderTest>,
): void {
  describe.skipIf(skipped)(`Handbook on ${name}`, () => {
    let made: HandbookUnderTest;
    beforeAll(async () => {
      made = await open();
    });
    afterAll(() => made.close());
    const subject = (): HandbookUnderTest => made;

    describeApply(subject);
    describeWithdrawal(subject);
    describeFeed(subject);
    describeReading(subject);
    describeBlobs(subject);
    describeMutations(subject);
    describeRepeating(subject);
  });
}
