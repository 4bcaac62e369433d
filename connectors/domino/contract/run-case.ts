import { setTimeout as sleep } from 'node:timers/promises';
import type { Unid } from '../../../src/sync/note.ts';
import type { ContractCase, ContractSubject, Scene } from './contract-case.ts';

/** Runs one case and removes the notes that it made, also when it failed. */
export async function runCase(contractCase: ContractCase, subject: ContractSubject): Promise<void> {
  const { database, person } = subject;
  const made: Unid[] = [];
  const scene: Scene = {
    database,
    person,
    create: async (items) => {
      const { unid } = await database.createNote(items);
      made.push(unid);
      return unid;
    },
    createAsPerson: async (items) => {
      const unid = await person.createNote(items);
      made.push(unid);
      return unid;
    },
    advanceClock: subject.advanceClock ?? null,
    tick: async () => {
      // Entity tags change once a second, modification stamps every centisecond.
      const ms = database.capabilities.tokenKind === 'etag' ? 1100 : 50;
      await (subject.advanceClock === undefined ? sleep(ms) : subject.advanceClock(ms));
    },
  };
  try {
    await contractCase.run(scene);
  } finally {
    // A note that the case itself deleted is no fault of the clean-up.
    for (const unid of made)
      await person.deleteNote(unid).catch(() => database.deleteNote(unid, null).catch(() => {}));
  }
}
