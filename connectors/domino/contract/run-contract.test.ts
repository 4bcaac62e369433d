import { afterEach, describe, expect, it } from 'vitest';
import { BRIDGE, type EmbeddedSubject, FILE_PATH, openEmbedded } from '../proton/testing/embedded-proton.ts';
import { textItem } from '../embedded/engine/item-builders.ts';
import { note } from './contract-case.ts';
import { contractCases } from './contract-cases.ts';
import { type LiveContract, runContract } from './run-contract.ts';

let subject: EmbeddedSubject;
afterEach(async () => subject.close());

const live = (options: Partial<LiveContract> = {}): LiveContract => ({
  database: subject.database,
  scratchFile: FILE_PATH,
  linkFiles: ['party/members.nsf'],
  countNotes: async (forms) => subject.database.countNotes(forms),
  ...options,
});

describe('the contract against a live server', () => {
  it('passes with the connector itself as the person, says what it could not try, and leaves nothing behind', async () => {
    subject = await openEmbedded({ clockRuns: true });
    await subject.person.createNote(note());
    const report = await runContract(live());
    expect(report.failed).toEqual([]);
    expect(report.passed.length + report.skipped.length).toBe(contractCases.length);
    expect(report.passed.length).toBeGreaterThan(25);
    expect(report.skipped.map(({ reason }) => reason)).toContain('nobody here can write rich text');
    expect(subject.stored.count()).toBe(1);
  });

  it('names each case that fails and why', async () => {
    subject = await openEmbedded({
      alter: (face) => ({
        createDocument: async (options) =>
          face['createDocument']?.({ ...options, document: { Form: 'BridgeContract' } }),
      }),
    });
    const report = await runContract(live());
    const names = report.failed.map(({ name }) => name);
    expect(names).toContain('numbers are doubles');
    expect(names).not.toContain('the database says which one it is');
    expect(report.failed.every(({ reason }) => reason !== '')).toBe(true);
  });

  it.each<[string, Partial<LiveContract>, RegExp]>([
    ['another file than the one named', { scratchFile: 'party/other.nsf' }, /the open database is/],
    ['a database of a link', { linkFiles: ['PARTY\\Scratch.nsf'] }, /database of a link/],
  ])('refuses %s before any write', async (_what, options, reason) => {
    subject = await openEmbedded();
    await expect(runContract(live(options))).rejects.toThrow(reason);
    expect(subject.stored.count()).toBe(0);
  });

  it('refuses a database that holds anything else', async () => {
    subject = await openEmbedded();
    subject.stored.create([textItem('Form', 'DangVien')], { by: BRIDGE.name });
    await expect(runContract(live())).rejects.toThrow(/1 of its 1 documents are not of form BridgeContract/);
    expect(subject.stored.count()).toBe(1);
  });
});
