import type { DominoTools } from '../../../connectors/domino/embedded/tools-port.ts';
import type { Operation } from '../operation.ts';
import { dominoAcl } from './domino-acl.ts';
import { dominoAgent } from './domino-agent.ts';
import { dominoBackup } from './domino-backup.ts';
import { dominoGroup } from './domino-group.ts';
import { dominoHold } from './domino-hold.ts';
import { dominoCatalog, dominoFullText } from './domino-indexes.ts';
import { dominoMove } from './domino-move.ts';
import { dominoPaste } from './domino-paste.ts';
import { dominoPurge } from './domino-purge.ts';
import { dominoQuery } from './domino-query.ts';
import { dominoServer } from './domino-server.ts';
import { dominoSwitch } from './domino-switch.ts';
import { dominoReplica } from './domino-replica.ts';
import { dominoReplicate } from './domino-replicate.ts';
import { dominoReplication } from './domino-replication.ts';
import { dominoRestore } from './domino-restore.ts';
import { dominoUndelete } from './domino-undelete.ts';
import { dominoView } from './domino-view.ts';

/** What happens to whole databases: replication, access, copies, agents, views; and what people hold open. */
export function administrationOperations(tools: DominoTools | null): readonly Operation[] {
  const all = [
    dominoServer,
    dominoSwitch,
    dominoReplicate,
    dominoReplica,
    dominoReplication,
    dominoAcl,
    dominoGroup,
    dominoBackup,
    dominoRestore,
    dominoPurge,
    dominoUndelete,
    dominoPaste,
    dominoMove,
    dominoAgent,
    dominoHold,
    dominoView,
    dominoCatalog,
    dominoFullText,
    dominoQuery,
  ];
  return all.map((make) => make(tools) as Operation);
}
