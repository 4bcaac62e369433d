import type { DominoAdministration } from '../administration-port.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import { softDeleted } from '../engine/soft-deletion.ts';
import { move } from '../replication/copies.ts';
import { changeAcl, listGroups, showAcl } from './access-tools.ts';
import { backUpDatabase, paste, purge, restoreDatabase, undeleteNote } from './copy-tools.ts';
import type { OnServers } from './on-servers.ts';
import { changeReplication, newReplica, replicateDatabases, replicationState } from './replication-tools.ts';
import { asTool } from './tool-errors.ts';

export function createAdministration(on: OnServers): DominoAdministration {
  const { home } = on.servers;
  return {
    replicate: ({ database, with: other, ...how }) =>
      asTool(() => replicateDatabases(on.place(database), on.place(other), how)),
    createReplica: (database, path) => asTool(() => newReplica(on.place(database), on.place(path))),
    showReplication: (database) => on.database(database, replicationState),
    changeReplication: (database, changes) =>
      on.database(database, (domino, path) => changeReplication(domino, path, changes)),
    showAcl: (database) => on.database(database, showAcl),
    changeAcl: (database, entry) => on.database(database, (domino, path) => changeAcl(domino, path, entry)),
    listGroups: () => listGroups(home),
    setGroup: (group, members) =>
      asTool(() => {
        home.groups.set(group, members);
        return listGroups(home);
      }),
    backUp: (database, out) => on.database(database, (domino, path) => backUpDatabase(domino, path, out)),
    restore: (database, file, confirmed) =>
      on.database(database, (domino, path) => restoreDatabase(domino, path, file, confirmed)),
    purge: (database, confirmed) => on.database(database, (domino, path) => purge(domino, path, confirmed)),
    listSoftDeleted: (database) =>
      asTool(() => {
        const { domino, filePath } = on.place(database);
        return softDeleted(domino.openDatabase(filePath).file).map(({ unid, deletedAt }) => ({
          unid,
          deletedAt: formatInstant(deletedAt),
        }));
      }),
    undelete: (database, unid) => on.database(database, (domino, path) => undeleteNote(domino, path, unid)),
    paste: ({ database, into, ...how }) =>
      asTool(() => paste(on.place(database), into === null ? null : on.place(into), how)),
    move: (database, path) =>
      asTool(() => {
        const from = on.place(database);
        const to = on.place(path);
        move(from.domino, from.filePath, to.domino, to.filePath);
        return { database: to.address, from: from.address };
      }),
  };
}
