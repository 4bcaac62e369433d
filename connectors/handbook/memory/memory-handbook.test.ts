import { randomUUID } from 'node:crypto';
import { describeHandbook } from '../contract/handbook.contract.ts';
import { memberSchema, noticeSchema } from '../contract/testing/samples.ts';
import { MemoryHandbook } from './memory-handbook.ts';
import { MemoryMembersHandbook } from './memory-members-handbook.ts';
import { MemoryRecords } from './memory-records.ts';

describeHandbook('memory', false, async () => {
  const records = new MemoryRecords(randomUUID());
  return {
    handbook: new MemoryHandbook(records),
    members: new MemoryMembersHandbook(records, [memberSchema, noticeSchema]),
    dump: async () => records.dump(),
    settled: async () => undefined,
    close: async () => undefined,
  };
});
