import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CONTRACT_FORMS, type ContractSubject, type NotesPerson } from '../../contract/contract-case.ts';
import { notesDatabaseContract } from '../../contract/vitest-contract.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { fileItem, richTextItem } from '../engine/item-builders.ts';
import { withItems } from '../engine/item-lookup.ts';
import { dateTimeOf } from '../engine/notes-date-time.ts';
import { NotesUser } from '../engine/notes-user.ts';
import { openDirectDatabase } from './open-direct-database.ts';
import { portItem, storedItem, storedItems } from './port-items.ts';

const START = Date.parse('2026-01-15T08:00:00.370Z');
const SECRETARY = { name: 'CN=Le Thi Thu/O=Party' };

notesDatabaseContract('the direct way in', async (): Promise<ContractSubject> => {
  const root = mkdtempSync(join(tmpdir(), 'direct-'));
  const domino = new EmbeddedDomino({ root, timeSource: () => START });
  const stored = domino.createDatabase('scratch.nsf');
  return {
    database: openDirectDatabase({
      domino,
      filePath: 'scratch.nsf',
      identity: { name: 'CN=Bridge/O=Party' },
      forms: CONTRACT_FORMS,
    }),
    person: personAt(stored),
    advanceClock: (ms) => domino.clock.step(ms),
    close: async () => {
      domino.close();
      rmSync(root, { recursive: true, force: true });
    },
  };
});

function personAt(stored: EmbeddedDatabase): NotesPerson {
  const user = new NotesUser(stored, SECRETARY);
  return {
    createNote: async (items) => {
      return user.create(Object.fromEntries(storedItems(items).map((item) => [item.name, item])));
    },
    editNote: async (unid, changes) => {
      const typed = Object.entries(changes).map(
        ([name, item]) => [name, item === null ? null : storedItem(name, item)] as const,
      );
      user.edit(unid, Object.fromEntries(typed));
    },
    deleteNote: async (unid) => {
      user.delete(unid);
    },
    hideNote: async (unid, hidden) => {
      user.setReaders(unid, hidden ? [SECRETARY.name] : []);
    },
    attachFile: async (unid, name, bytes) => {
      stored.save(unid, (items) => [...items, fileItem(name, bytes, dateTimeOf(stored.now()))]);
    },
    writeRichText: async (unid, itemName, bytes) => {
      stored.save(unid, (items) => withItems(items, [richTextItem(itemName, bytes)]));
      return bytes;
    },
    readItems: async (unid) =>
      Object.fromEntries(
        (stored.read(unid)?.items ?? []).flatMap((item) => {
          const shown = portItem(item);
          return shown === null ? [] : [[item.name, shown] as const];
        }),
      ),
  };
}
