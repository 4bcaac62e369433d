import { afterEach, describe, expect, it } from 'vitest';
import { note, text } from '../contract/contract-case.ts';
import { readNote, valuesOf } from '../contract/reading.ts';
import { type EmbeddedOptions, type EmbeddedSubject, openEmbedded } from './testing/embedded-proton.ts';

let subject: EmbeddedSubject;
const open = async (options?: EmbeddedOptions): Promise<EmbeddedSubject> => {
  subject = await openEmbedded(options);
  return subject;
};
afterEach(async () => subject.close());

/** A note as replication brings it: saved elsewhere an hour ago, in this file since now. */
async function replicatedNote(): Promise<string> {
  const { stored, person, domino } = subject;
  const unid = await person.createNote(note({ Title: text('from elsewhere') }));
  const saved = stored.read(unid);
  if (saved === null) throw new Error('the note was just created');
  domino.clock.step(3_600_000);
  stored.import([saved]);
  return unid;
}

describe('the guard of writes', () => {
  it('is proven on notes that were saved here', async () => {
    const { database, person } = await open();
    expect(database.capabilities.guardedWrite).toBe(false);
    await person.createNote(note());
    await expect(database.probe()).resolves.toMatchObject({ guard: 'proven' });
    expect(database.capabilities.guardedWrite).toBe(true);
  });

  it('is disproven by a replicated note where @modified is the global time, and proven where it is the time in this file', async () => {
    const { database } = await open({ quirks: { modifiedIs: 'sequenceTime' } });
    await replicatedNote();
    await expect(database.probe()).resolves.toMatchObject({ guard: 'disproven' });
    await subject.close();
    const other = await open({ quirks: { modifiedIs: 'inFile' } });
    await replicatedNote();
    await expect(other.database.probe()).resolves.toMatchObject({ guard: 'proven' });
  });

  it('that misses an untouched note is given up, and the note is written', async () => {
    const { database, person } = await open({ quirks: { modifiedIs: 'sequenceTime' } });
    await person.createNote(note());
    await database.probe();
    const unid = await replicatedNote();
    const { token } = await readNote(database, unid);
    expect(database.capabilities.guardedWrite).toBe(true);
    await expect(database.replaceItems(unid, { Title: text('new') }, token)).resolves.toEqual({
      kind: 'written',
    });
    expect(valuesOf(await readNote(database, unid, ['Title']), 'Title')).toEqual(['new']);
    expect(database.capabilities.guardedWrite).toBe(false);
  });

  it('is proven late where the database was empty at first', async () => {
    const { database, person } = await open();
    await expect(database.probe()).resolves.toMatchObject({ guard: 'no-sample' });
    const unid = await person.createNote(note({ Title: text('old') }));
    const { token } = await readNote(database, unid);
    subject.domino.clock.step(50);
    await person.editNote(unid, { Title: text('theirs') });
    await expect(database.replaceItems(unid, { Title: text('ours') }, token)).resolves.toEqual({
      kind: 'stale',
    });
  });

  it('covers deletions too', async () => {
    const { database, person, stored } = await open();
    const unid = await person.createNote(note());
    const { token } = await readNote(database, unid);
    subject.domino.clock.step(50);
    await person.editNote(unid, { Title: text('kept') });
    await expect(database.deleteNote(unid, token)).resolves.toEqual({ kind: 'stale' });
    const again = await readNote(database, unid);
    await expect(database.deleteNote(unid, again.token)).resolves.toEqual({ kind: 'written' });
    expect(stored.read(unid)).toBeNull();
  });

  it('refuses a token that is not a modification stamp', async () => {
    const { database, person } = await open();
    const unid = await person.createNote(note());
    const write = database.replaceItems(unid, { Title: text('x') }, { kind: 'oid', value: '1' });
    await expect(write).rejects.toMatchObject({ code: 'bad-request' });
  });
});

describe('a refused write', () => {
  it.each(['probe', 'never'] as const)(
    'is not authorized without rights (guarded: %s)',
    async (guardedWrites) => {
      const { database, person } = await open({ access: 'author', database: { guardedWrites } });
      const unid = await person.createNote(note({ Title: text('old') }));
      const { token } = await readNote(database, unid);
      await expect(database.replaceItems(unid, { Title: text('new') }, token)).rejects.toMatchObject({
        code: 'not-authorized',
      });
      await expect(database.deleteNote(unid, token)).rejects.toMatchObject({ code: 'not-authorized' });
    },
  );

  it.each(['probe', 'never'] as const)(
    'is rejected when the note would be too large (guarded: %s)',
    async (guardedWrites) => {
      const { database, person } = await open({ database: { guardedWrites } });
      const unid = await person.createNote(note());
      const { token } = await readNote(database, unid);
      const large = { Long: text('x'.repeat(40_000)) };
      await expect(database.replaceItems(unid, large, token)).rejects.toMatchObject({ code: 'rejected' });
      await expect(database.createNote(note(large))).rejects.toMatchObject({ code: 'rejected' });
    },
  );

  it('names a database that is not there, and an identity that may not read', async () => {
    const { database } = await open({ database: { filePath: 'party/absent.nsf' } });
    await expect(database.identify()).rejects.toMatchObject({ code: 'not-found' });
    await expect(database.createNote(note())).rejects.toMatchObject({ code: 'not-found' });
    await subject.close();
    const shut = await open({ access: 'none' });
    await expect(shut.database.identify()).rejects.toMatchObject({ code: 'not-authorized' });
  });
});
