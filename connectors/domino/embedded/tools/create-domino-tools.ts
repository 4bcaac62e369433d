import type { DominoServers } from '../engine/domino-servers.ts';
import type { FaultInjector } from '../faults/fault-injector.ts';
import { generateSample } from '../generate/generate-sample.ts';
import { DominoToolError, type DominoTools } from '../tools-port.ts';
import { createAdministration } from './create-administration.ts';
import { createDomain } from './create-domain.ts';
import { createDatabase, listDatabases, listNotes } from './database-tools.ts';
import { createDesign } from './design-tools.ts';
import { exportToFile, exportToText } from './export-database.ts';
import { importFiles, removeLeftOverImports } from './import-files.ts';
import { NoteTools } from './note-tools.ts';
import { OnServers } from './on-servers.ts';
import { createPeople } from './people-tools.ts';
import { showNote } from './show-note.ts';
import { asTool, asToolAsync } from './tool-errors.ts';

export interface DominoToolsOptions {
  readonly servers: DominoServers;
  /** Of the home server. */
  readonly faults: FaultInjector;
}

/** The tools on a running embedded Domino. Removes what a killed import left beside its folders. */
export function createDominoTools({ servers, faults }: DominoToolsOptions): DominoTools {
  for (const { root } of servers.list()) removeLeftOverImports(root);
  const on = new OnServers(servers);
  const opened = (database: string) => {
    const { domino, filePath } = on.place(database);
    return asTool(() => domino.openDatabase(filePath));
  };
  const notes = <T extends { readonly database: string }>(
    database: string,
    as: string | null,
    work: (tools: NoteTools) => T,
  ): T => on.database(database, (domino, path) => work(new NoteTools(domino, path, as)));
  return {
    domain: createDomain(servers),
    administration: createAdministration(on),
    people: createPeople(on),
    design: createDesign(on),
    createDatabase: (database, title) =>
      on.database(database, (domino, path) => createDatabase(domino, path, title)),
    listDatabases: () => on.all(listDatabases),
    listNotes: (database, limit) => on.database(database, (domino, path) => listNotes(domino, path, limit)),
    showNote: (database, unid) =>
      on.database(database, (domino, path) => showNote(domino.openDatabase(path), unid)),
    createNote: (database, items, as) => notes(database, as, (tools) => tools.create(items)),
    editNote: (database, unid, items, as) => notes(database, as, (tools) => tools.edit(unid, items)),
    deleteNote: (database, unid, as) => notes(database, as, (tools) => tools.delete(unid)),
    setReaders: (database, unid, readers, as) =>
      notes(database, as, (tools) => tools.setReaders(unid, readers)),
    importDxl: (database, files, watch) =>
      asToolAsync(() => {
        const { domino, filePath } = on.place(database);
        return importFiles(domino, filePath, files, watch);
      }),
    exportDxl: (database, out, watch) => asToolAsync(() => exportToFile(opened(database), out, watch)),
    exportText: (database, maxLength, watch) =>
      asToolAsync(() => exportToText(opened(database), maxLength, watch)),
    generate: ({ members, seed, databasePrefix, flaws, city, meetings }, { signal, progress }) =>
      asToolAsync(() =>
        generateSample({
          domino: servers.home,
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
  };
}
