import { describe, expect, it } from 'vitest';
import {
  applied,
  blobRef,
  create,
  type HandbookUnderTest,
  inPieces,
  mutation,
  op,
} from './testing/samples.ts';

export function describeWithdrawal(subject: () => HandbookUnderTest): void {
  describe('withdraw', () => {
    it('leaves no trace of the content anywhere, and keeps what is held', async () => {
      const { handbook, members, dump } = subject();
      const canary = 'CHIMYEN';
      const recordId = await create(handbook, `${canary}-K`, {
        name: `${canary} name`,
        tags: [canary],
        phone: '1',
      });
      const bytes = Buffer.from(`file with ${canary}`);
      await handbook.putBlob(
        { recordId, field: 'photo' },
        blobRef(`${canary}.txt`, bytes),
        inPieces(bytes, 4),
      );
      await applied(
        handbook,
        op({
          kind: 'put',
          recordId,
          expectedVersion: 1,
          key: `${canary}-K`,
          set: { name: `${canary} changed` },
        }),
      );
      const met = mutation({ kind: 'update', recordId, fields: { name: `${canary} mine`, phone: '2' } });
      expect(await members.mutate(met)).toMatchObject({ kind: 'conflict', version: 3 });
      const repeated = op({
        kind: 'put',
        recordId,
        expectedVersion: 3,
        key: `${canary}-K`,
        set: { born: '1960' },
      });
      await applied(handbook, repeated);
      expect(await dump()).toContain(canary);

      const outcome = await applied(
        handbook,
        op({ kind: 'withdraw', recordId, expectedVersion: 1, held: { phone: 'words of the member' } }),
      );
      expect(outcome).toMatchObject({ version: 5, fields: {} });
      const everything = await dump();
      expect(everything).not.toContain(canary);
      expect(everything).toContain('words of the member');

      expect(await handbook.read([recordId])).toMatchObject([
        { state: 'withdrawn', key: null, fields: {}, version: 5 },
      ]);
      expect(await applied(handbook, repeated)).toMatchObject({ version: 4, fields: {} });
      expect(await members.mutate(met)).toEqual({
        kind: 'conflict',
        version: 3,
        fields: { name: { yours: null, current: null } },
      });
      expect(await handbook.readBlob({ recordId, field: 'photo' }, `${canary}.txt`)).toBeNull();
    });

    it('leaves what was deleted deleted, and takes its key', async () => {
      const { handbook } = subject();
      const recordId = await create(handbook, 'W9', { name: 'một' });
      await applied(handbook, op({ kind: 'remove', recordId, expectedVersion: 1 }));
      const outcome = await applied(
        handbook,
        op({ kind: 'withdraw', recordId, expectedVersion: 2, held: {}, ifUnchanged: true }),
      );
      expect(outcome).toMatchObject({ version: 2 });
      expect(await handbook.read([recordId])).toMatchObject([{ state: 'deleted', key: null, version: 2 }]);
    });

    it('frees the key', async () => {
      const { handbook } = subject();
      const recordId = await create(handbook, 'W1');
      await applied(handbook, op({ kind: 'withdraw', recordId, expectedVersion: 0, held: {} }));
      await create(handbook, 'W1');
      expect(await handbook.readByKey('member', ['W1'])).toHaveLength(1);
    });

    it('holds what members send afterwards, and lays it over what is put on release', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, 'W2', { name: 'before' });
      await applied(
        handbook,
        op({ kind: 'withdraw', recordId, expectedVersion: 1, held: { name: 'held', phone: '1' } }),
      );
      const sent = mutation({ kind: 'update', recordId, fields: { phone: '22', born: '1950' } });
      expect(await members.mutate(sent)).toEqual({ kind: 'held' });
      expect(await members.mutate(sent)).toEqual({ kind: 'held' });
      expect(await members.get(recordId)).toBeNull();
      await applied(handbook, op({ kind: 'withdraw', recordId, expectedVersion: 2, held: { rank: 1 } }));
      const released = await applied(
        handbook,
        op({
          kind: 'put',
          recordId,
          expectedVersion: 2,
          key: 'W2',
          set: { name: 'notes', rank: 9, tags: ['n'] },
        }),
      );
      const fields = { name: 'held', phone: '22', born: '1950', rank: 1, tags: ['n'] };
      expect(released).toMatchObject({ version: 3, fields });
      expect(await members.get(recordId)).toMatchObject({ state: 'live', fields });
      await applied(handbook, op({ kind: 'withdraw', recordId, expectedVersion: 3, held: {} }));
      const again = await applied(
        handbook,
        op({ kind: 'put', recordId, expectedVersion: 4, key: 'W2', set: { name: 'later' } }),
      );
      expect(again.fields).toEqual({ name: 'later' });
    });

    it('takes refused fields into nothing, not even into what is held', async () => {
      const { handbook, members, dump } = subject();
      const recordId = await create(handbook, 'W3', { name: 'x' });
      await applied(handbook, op({ kind: 'withdraw', recordId, expectedVersion: 1, held: {} }));
      const bad = mutation({ kind: 'update', recordId, fields: { name: 'UNWANTED', rank: 4 } });
      expect(await members.mutate(bad)).toMatchObject({
        kind: 'refused',
        reason: 'not-writable',
        field: 'rank',
      });
      expect(await members.mutate(mutation({ kind: 'delete', recordId }))).toMatchObject({
        reason: 'no-such-record',
      });
      expect(await dump()).not.toContain('UNWANTED');
    });

    it('erases the content of what is deleted too, by us and by members', async () => {
      const { handbook, members, dump } = subject();
      const [ours, theirs] = [
        await create(handbook, 'W4', { name: 'ERASED-1' }),
        await create(handbook, 'W5', { name: 'ERASED-2' }),
      ];
      const bytes = Buffer.from('ERASED-3');
      for (const recordId of [ours, theirs]) {
        await handbook.putBlob({ recordId, field: 'photo' }, blobRef('ERASED-4', bytes), inPieces(bytes, 99));
      }
      await applied(handbook, op({ kind: 'remove', recordId: ours, expectedVersion: 1 }));
      expect(await members.mutate(mutation({ kind: 'delete', recordId: theirs }))).toEqual({
        kind: 'applied',
        version: 2,
      });
      expect(await dump()).not.toContain('ERASED');
    });
  });
}
