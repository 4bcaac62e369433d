import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import type { EmbeddedDatabase } from '../../connectors/domino/embedded/engine/embedded-database.ts';
import { textItem } from '../../connectors/domino/embedded/engine/item-builders.ts';
import { NotesUser } from '../../connectors/domino/embedded/engine/notes-user.ts';
import { withItems } from '../../connectors/domino/embedded/engine/item-lookup.ts';
import { createReplica } from '../../connectors/domino/embedded/replication/copies.ts';
import { pull } from '../../connectors/domino/embedded/replication/replicate.ts';
import { openNote } from '../../connectors/domino/embedded/users/open-note.ts';
import { copyAndPaste } from '../../connectors/domino/embedded/users/paste.ts';
import { newTask } from './testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';

const DISTRICT = { name: 'CN=Can bo huyen/O=Mau' };
const PROVINCE = { name: 'CN=Can bo tinh/O=Mau' };

let bridge: TestBridge;
/** Another server with a replica; the bridge knows nothing of it. */
let server: EmbeddedDomino;
let far: EmbeddedDatabase;
function setTitle(file: EmbeddedDatabase, unid: string, title: string, by: string): void {
  file.save(unid, (items) => withItems(items, [textItem('TieuDe', title)]), { by });
}

async function titles(): Promise<unknown> {
  const records = await bridge.handbook.list(['task'], null, 100);
  return records.map(({ fields }) => fields['title']);
}

describe.each(['proton', 'rest'] as const)(
  'Notes with two servers, its people and its clipboard, by %s',
  (way) => {
    beforeAll(async () => {
      bridge = await openTestBridge({ forms: ['NhiemVu'], way });
      server = new EmbeddedDomino({ root: `${bridge.domino.root}-huyen`, name: 'CN=HUYEN/O=Mau' });
    });
    afterAll(async () => {
      server.close();
      await bridge.close();
    });

    it('an edit made on another server arrives late, under its old stamp, and is seen', async () => {
      const unid = newTask(bridge.person(), 'NV-101');
      ({ replica: far } = createReplica(bridge.file, server, 'tacnghiep.nsf'));
      expect((await bridge.sync()).quiet).toBe(true);
      setTitle(far, unid, 'Sửa ở huyện', DISTRICT.name);
      expect((await bridge.sync()).quiet).toBe(true);
      bridge.domino.clock.step(3_600_000);
      server.clock.step(3_600_000);
      pull(bridge.file, far);
      expect((await bridge.sync()).quiet).toBe(true);
      expect((await bridge.record('task', 'NV-101'))?.fields).toMatchObject({ title: 'Sửa ở huyện' });
    });

    it('[GA9] a replication conflict stays in Notes: the winner is in the handbook, of the loser nothing was asked', async () => {
      const unid = newTask(bridge.person(), 'NV-102');
      await bridge.sync();
      pull(far, bridge.file);
      setTitle(bridge.file, unid, 'Mất ở tỉnh', PROVINCE.name);
      server.clock.step(10_000);
      setTitle(far, unid, 'Thắng ở huyện', DISTRICT.name);
      expect(pull(bridge.file, far).arrivals).toMatchObject({ conflict: 1 });
      const loser = [...bridge.file.notes()].find(({ conflict }) => conflict);
      expect(loser).toMatchObject({ parent: unid });
      await bridge.sync();
      expect((await bridge.record('task', 'NV-102'))?.fields).toMatchObject({ title: 'Thắng ở huyện' });
      expect(JSON.stringify(await titles())).not.toContain('Mất ở tỉnh');
      const asked = bridge.domino.requests.itemsAskedOf(loser?.unid ?? '');
      expect(asked).toContain('$conflict');
      expect(asked).not.toContain('tieude');
      expect(await bridge.dump()).not.toContain('Mất ở tỉnh"');
    });

    it('[GA9] a save conflict stays in Notes, too, and so does a copy of it under another key', async () => {
      const unid = newTask(bridge.person(), 'NV-103');
      await bridge.sync();
      const held = openNote(bridge.file, PROVINCE, unid);
      setTitle(bridge.file, unid, 'Lưu trước', DISTRICT.name);
      const { unid: copy } = held.save({ written: [textItem('TieuDe', 'Lưu sau')] });
      await bridge.sync();
      expect(JSON.stringify(await titles())).not.toContain('Lưu sau');
      expect((await bridge.record('task', 'NV-103'))?.fields).toMatchObject({ title: 'Lưu trước' });
      const person = new NotesUser(bridge.file, PROVINCE);
      const fresh = copyAndPaste(bridge.file, copy ?? '', { into: null, as: PROVINCE });
      person.edit(fresh, { MaNhiemVu: 'NV-104' });
      await bridge.sync();
      expect(JSON.stringify(await titles())).not.toContain('Lưu sau');
    });

    it('a document that was copied and pasted with its key is set aside; the record stays with the original', async () => {
      const unid = newTask(bridge.person(), 'NV-105');
      await bridge.sync();
      const before = await bridge.record('task', 'NV-105');
      const copy = copyAndPaste(bridge.file, unid, { into: null, as: PROVINCE });
      setTitle(bridge.file, copy, 'Bản sao', PROVINCE.name);
      await bridge.sync();
      expect(await bridge.record('task', 'NV-105')).toMatchObject({
        recordId: before?.recordId,
        version: before?.version,
      });
      expect(JSON.stringify(await titles())).not.toContain('Bản sao');
      setTitle(bridge.file, unid, 'Bản gốc', PROVINCE.name);
      await bridge.sync();
      expect((await bridge.record('task', 'NV-105'))?.fields).toMatchObject({ title: 'Bản gốc' });
    });
  },
);
