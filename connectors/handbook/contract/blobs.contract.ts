import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SMALL_BLOB_BYTES } from '../port.ts';
import {
  applied,
  blobRef,
  bytesOf,
  collect,
  create,
  type HandbookUnderTest,
  inPieces,
  op,
} from './testing/samples.ts';

export function describeBlobs(subject: () => HandbookUnderTest): void {
  describe('blobs', () => {
    it('gives back what was stored, of any size and however it came', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null);
      const target = { recordId, field: 'photo' };
      for (const [size, piece] of [
        [0, 1],
        [1, 1],
        [262_144, 262_144],
        [262_145, 1_000],
        [1_000_000, 700_000],
      ] as const) {
        const bytes = bytesOf(size);
        const ref = blobRef(`${size}.bin`, bytes);
        await handbook.putBlob(target, ref, inPieces(bytes, piece));
        const stored = await handbook.readBlob(target, ref.name);
        expect(stored?.ref).toEqual(ref);
        expect((await collect(stored?.content ?? inPieces(bytes, 1))).equals(bytes)).toBe(true);
        const shown = await members.readBlob(target, ref.name);
        expect(shown).toMatchObject({ size: ref.size, sha256: ref.sha256 });
        expect((await collect(shown?.content ?? inPieces(bytes, 1))).equals(bytes)).toBe(true);
      }
    });

    it('replaces a blob at once and only when all of it came', async () => {
      const { handbook, dump } = subject();
      const target = { recordId: await create(handbook, null), field: 'photo' };
      const [old, fresh] = [Buffer.from('OLD CONTENT'), Buffer.from('NEW CONTENT')];
      await handbook.putBlob(target, blobRef('a', old), inPieces(old, 3));

      const current = async (): Promise<string> =>
        String(
          await collect((await handbook.readBlob(target, 'a'))?.content ?? inPieces(Buffer.from('none'), 9)),
        );
      async function* broken(): AsyncIterable<Uint8Array> {
        yield fresh.subarray(0, 4);
        expect(await current()).toBe('OLD CONTENT');
        throw new Error('the sender went away');
      }
      await expect(handbook.putBlob(target, blobRef('a', fresh), broken())).rejects.toThrow(
        'the sender went away',
      );
      await expect(handbook.putBlob(target, blobRef('a', fresh), inPieces(old, 4))).rejects.toMatchObject({
        code: 'digest',
      });
      await expect(
        handbook.putBlob(target, { ...blobRef('a', fresh), size: 3 }, inPieces(fresh, 4)),
      ).rejects.toMatchObject({ code: 'digest' });
      expect(await current()).toBe('OLD CONTENT');

      await handbook.putBlob(target, blobRef('a', fresh), inPieces(fresh, 4));
      await handbook.putBlob(target, blobRef('a', fresh), inPieces(fresh, 4));
      expect(await current()).toBe('NEW CONTENT');
      expect(await dump()).not.toContain('OLD CONTENT');
    });

    it('stores many small blobs at once, all or none, as if they had come one after the other', async () => {
      const { handbook, dump } = subject();
      const recordIds = [await create(handbook, null), await create(handbook, null)];
      const blobs = recordIds.flatMap((recordId) =>
        [0, 1, SMALL_BLOB_BYTES].map((size) => {
          const bytes = bytesOf(size);
          return { target: { recordId, field: 'photo' }, ref: blobRef(`${size}.bin`, bytes), bytes };
        }),
      );
      await handbook.putSmallBlobs([]);
      await handbook.putSmallBlobs(blobs);
      await handbook.putSmallBlobs(blobs);
      for (const { target, ref, bytes } of blobs) {
        const stored = await handbook.readBlob(target, ref.name);
        expect(stored?.ref).toEqual(ref);
        expect((await collect(stored?.content ?? inPieces(Buffer.from('none'), 9))).equals(bytes)).toBe(true);
      }

      const target = { recordId: recordIds[0] as string, field: 'note' };
      const blob = (text: string) => {
        const bytes = Buffer.from(text);
        return { target, ref: blobRef('a', bytes), bytes };
      };
      await handbook.putSmallBlobs([blob('OLD CONTENT'), blob('NEWER CONTENT')]);
      await handbook.putSmallBlobs([blob('NEWEST CONTENT')]);
      expect((await handbook.readBlob(target, 'a'))?.ref).toEqual(blob('NEWEST CONTENT').ref);
      expect(await dump()).not.toContain('NEWER CONTENT');

      const elsewhere = { ...blob('REFUSED'), target: { recordId: randomUUID(), field: 'note' } };
      const wrong = { ...blob('REFUSED'), ref: blobRef('a', Buffer.from('another')) };
      const large = bytesOf(SMALL_BLOB_BYTES + 1);
      const notSmall = { target, ref: blobRef('a', large), bytes: large };
      for (const [refused, code] of [
        [elsewhere, 'bad-request'],
        [wrong, 'digest'],
        [notSmall, 'bad-request'],
      ] as const)
        await expect(handbook.putSmallBlobs([blob('REFUSED'), refused])).rejects.toMatchObject({ code });
      expect((await handbook.readBlob(target, 'a'))?.ref).toEqual(blob('NEWEST CONTENT').ref);
    });

    it('stores nothing for a record without content', async () => {
      const { handbook } = subject();
      const bytes = Buffer.from('x');
      const gone = await create(handbook, null);
      await applied(handbook, op({ kind: 'withdraw', recordId: gone, expectedVersion: 1, held: {} }));
      for (const recordId of [gone, randomUUID(), 'not an id']) {
        await expect(
          handbook.putBlob({ recordId, field: 'photo' }, blobRef('a', bytes), inPieces(bytes, 1)),
        ).rejects.toMatchObject({ code: 'bad-request' });
        expect(await handbook.readBlob({ recordId, field: 'photo' }, 'a')).toBeNull();
      }
    });

    it('stores nothing of a record that is withdrawn while its blob is coming', async () => {
      const { handbook, dump } = subject();
      const recordId = await create(handbook, null);
      const bytes = Buffer.concat([bytesOf(300_000), Buffer.from('LATE CONTENT')]);
      async function* withdrawnMeanwhile(): AsyncIterable<Uint8Array> {
        yield bytes.subarray(0, 290_000);
        await applied(handbook, op({ kind: 'withdraw', recordId, expectedVersion: 1, held: {} }));
        yield bytes.subarray(290_000);
      }
      await expect(
        handbook.putBlob({ recordId, field: 'photo' }, blobRef('late name', bytes), withdrawnMeanwhile()),
      ).rejects.toMatchObject({ code: 'bad-request' });
      const everything = await dump();
      expect(everything).not.toContain('LATE CONTENT');
      expect(everything).not.toContain('late name');
    });

    it('prunes what is not kept, in that field only, and leaves the version alone', async () => {
      const { handbook } = subject();
      const recordId = await create(handbook, null);
      const bytes = Buffer.from('x');
      for (const [field, name] of [
        ['photo', 'a'],
        ['photo', 'b'],
        ['files', 'b'],
      ] as const) {
        await handbook.putBlob({ recordId, field }, blobRef(name, bytes), inPieces(bytes, 1));
      }
      const pruned = op({
        kind: 'prune-blobs',
        recordId,
        expectedVersion: 1,
        field: 'photo',
        keep: ['a', 'z'],
      });
      expect(await applied(handbook, pruned)).toMatchObject({ version: 1 });
      const left = async (field: string, name: string) =>
        (await handbook.readBlob({ recordId, field }, name)) !== null;
      expect([await left('photo', 'a'), await left('photo', 'b'), await left('files', 'b')]).toEqual([
        true,
        false,
        true,
      ]);
    });

    it('shows members the blobs of live records only', async () => {
      const { handbook, members } = subject();
      const recordId = await create(handbook, null);
      const target = { recordId, field: 'photo' };
      const bytes = Buffer.from('x');
      await handbook.putBlob(target, blobRef('a', bytes), inPieces(bytes, 1));
      await applied(handbook, op({ kind: 'hide', recordId, expectedVersion: 1 }));
      expect(await members.readBlob(target, 'a')).toBeNull();
      expect(await handbook.readBlob(target, 'a')).not.toBeNull();
      expect(await members.readBlob(target, 'nothing')).toBeNull();
    });
  });
}
