import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import type { FaultInjector } from '../faults/fault-injector.ts';
import { generateSample } from '../generate/generate-sample.ts';
import { DominoToolError, type DominoTools } from '../tools-port.ts';
import { createAdministration } from './create-administration.ts';
import { createDatabase, listDatabases, listNotes } from './database-tools.ts';
import { createDesign } from './design-tools.ts';
import { exportToFile, exportToText } from './export-database.ts';
import { importFiles, removeLeftOverImports } from './import-files.ts';
import { NoteTools } from './note-tools.ts';
import { createPeople } from './people-tools.ts';
import { showNote } from './show-note.ts';
import { asTool, asToolAsync } from './tool-errors.ts';

export interface DominoToolsOptions {
  readonly domino: EmbeddedDomino;
  readonly faults: FaultInjector;
}

/** The tools on a running embedded Domino. Removes what a killed import left beside its folder. */
export function createDominoTools({ domino, faults }: DominoToolsOptions): DominoTools {
  removeLeftOverImports(domino.root);
  const notes = (database: string, as: string | null): NoteTools => new NoteTools(domino, database, as);
  return {
    administration: createAdministration(domino),
    people: createPeople(domino),
    design: createDesign(domino),
    createDatabase: (database, title) => asTool(() => createDatabase(domino, database, title)),
    listDatabases: () => asTool(() => listDatabases(domino)),
    listNotes: (database, limit) => asTool(() => listNotes(domino, database, limit)),
    showNote: (database, unid) => asTool(() => showNote(domino.openDatabase(database), unid)),
    createNote: (database, items, as) => asTool(() => notes(database, as).create(items)),
    editNote: (database, unid, items, as) => asTool(() => notes(database, as).edit(unid, items)),
    deleteNote: (database, unid, as) => asTool(() => notes(database, as).delete(unid)),
    setReaders: (database, unid, readers, as) => asTool(() => notes(database, as).setReaders(unid, readers)),
    importDxl: (database, files, watch) => asToolAsync(() => importFiles(domino, database, files, watch)),
    exportDxl: (database, out, watch) =>
      asToolAsync(() => exportToFile(domino.openDatabase(database), out, watch)),
    exportText: (database, maxLength, watch) =>
      asToolAsync(() => exportToText(domino.openDatabase(database), maxLength, watch)),
    generate: ({ members, seed, databasePrefix, flaws, city, meetings }, { signal, progress }) =>
      asToolAsync(() =>
        generateSample({
          domino,
          members,
          seed,
          flaws,
          ...(city ? { city: { meetings } } : {}),
          databases: { members: `${databasePrefix}dangvien.nsf`, work: `${databasePrefix}tacnghiep.nsf` },
          signal,
          progress,
        }),
      ),
    addFault: (rule) => {
      try {
        // Checked there, with a message that names every wrong part.
        faults.add(rule as Parameters<FaultInjector['add']>[0]);
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new DominoToolError('bad-request', reason, { cause });
      }
    },
    listFaults: () => faults.toJSON().rules,
    clearFaults: () => faults.clear(),
    seedFaults: (seed) => faults.reseed(seed),
    advanceClock: (seconds) => {
      domino.clock.step(seconds * 1000);
      return { now: formatInstant(domino.now()), offsetSeconds: domino.clock.offsetMs / 1000 };
    },
  };
}
