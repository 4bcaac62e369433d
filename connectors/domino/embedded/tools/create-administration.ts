import type { DominoAdministration } from '../administration-port.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import { softDeleted } from '../engine/soft-deletion.ts';
import { move } from '../replication/copies.ts';
import { changeAcl, listGroups, showAcl } from './access-tools.ts';
import { backUpDatabase, paste, purge, restoreDatabase, undeleteNote } from './copy-tools.ts';
import { changeReplication, newReplica, replicateDatabases, replicationState } from './replication-tools.ts';
import { asTool } from './tool-errors.ts';

export function createAdministration(domino: EmbeddedDomino): DominoAdministration {
  return {
    replicate: (request) => asTool(() => replicateDatabases(domino, request)),
    createReplica: (database, path) => asTool(() => newReplica(domino, database, path)),
    showReplication: (database) => asTool(() => replicationState(domino, database)),
    changeReplication: (database, changes) => asTool(() => changeReplication(domino, database, changes)),
    showAcl: (database) => asTool(() => showAcl(domino, database)),
    changeAcl: (database, entry) => asTool(() => changeAcl(domino, database, entry)),
    listGroups: () => listGroups(domino),
    setGroup: (group, members) =>
      asTool(() => {
        domino.groups.set(group, members);
        return listGroups(domino);
      }),
    backUp: (database, out) => asTool(() => backUpDatabase(domino, database, out)),
    restore: (database, file, confirmed) => asTool(() => restoreDatabase(domino, database, file, confirmed)),
    purge: (database, confirmed) => asTool(() => purge(domino, database, confirmed)),
    listSoftDeleted: (database) =>
      asTool(() =>
        softDeleted(domino.openDatabase(database).file).map(({ unid, deletedAt }) => ({
          unid,
          deletedAt: formatInstant(deletedAt),
        })),
      ),
    undelete: (database, unid) => asTool(() => undeleteNote(domino, database, unid)),
    paste: (request) => asTool(() => paste(domino, request)),
    move: (database, path) =>
      asTool(() => {
        const { filePath } = move(domino, database, domino, path);
        return { database: filePath, from: database };
      }),
  };
}
