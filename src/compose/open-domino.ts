import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BridgeConfig } from '../../config/bridge-schema.ts';
import { DominoServers } from '../../connectors/domino/embedded/engine/domino-servers.ts';
import { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import { FaultInjector } from '../../connectors/domino/embedded/faults/fault-injector.ts';
import { generateSample } from '../../connectors/domino/embedded/generate/generate-sample.ts';
import type { Releasers } from './releasers.ts';

export interface EmbeddedServer {
  readonly domino: EmbeddedDomino;
  /** It, and the servers that operators added. */
  readonly servers: DominoServers;
  readonly faults: FaultInjector;
  /** Notes that the sample databases were filled with just now; null = they were there already. */
  readonly sampleNotes: number | null;
}

export type SampleProgress = (done: number, estimated: number) => void;

/** The embedded Domino with the databases of the configuration; new ones are filled with invented people. Null where the configuration has none. */
export async function openEmbeddedDomino(
  config: BridgeConfig,
  dataDir: string,
  releasers: Releasers,
  progress: SampleProgress,
): Promise<EmbeddedServer | null> {
  if (config.embedded === null) return null;
  const root = join(dataDir, 'domino');
  const domino = new EmbeddedDomino({ root, name: config.embedded.serverName });
  const servers = new DominoServers(domino);
  releasers.add('embedded Domino', () => servers.close());
  const faults = new FaultInjector({ stepClock: (ms) => domino.clock.step(ms) });
  const missing = config.embedded.databases.filter((database) => !existsSync(join(root, database.filePath)));
  // A start that was killed while it filled them goes on: the same seed gives the same notes, so nothing is there twice.
  const unfinished = join(root, 'sample-unfinished');
  const first = missing.length === config.embedded.databases.length && config.embedded.sampleMembers > 0;
  if (first) writeFileSync(unfinished, '');
  for (const database of missing)
    domino.createDatabase(database.filePath, {
      title: database.title.vi,
      replicaId: database.replicaId,
    });
  if (!existsSync(unfinished)) return { domino, servers, faults, sampleNotes: null };
  const report = await generateSample({
    domino,
    members: config.embedded.sampleMembers,
    seed: 1,
    progress,
  });
  rmSync(unfinished);
  return { domino, servers, faults, sampleNotes: report.notes };
}
