import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BridgeConfig } from '../../config/bridge-schema.ts';
import { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import { FaultInjector } from '../../connectors/domino/embedded/faults/fault-injector.ts';
import { generateSample } from '../../connectors/domino/embedded/generate/generate-sample.ts';
import type { Releasers } from './releasers.ts';

export interface EmbeddedServer {
  readonly domino: EmbeddedDomino;
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
  releasers.add('embedded Domino', () => domino.close());
  const faults = new FaultInjector({ stepClock: (ms) => domino.clock.step(ms) });
  const missing = config.embedded.databases.filter((database) => !existsSync(join(root, database.filePath)));
  for (const database of missing)
    domino.createDatabase(database.filePath, { title: database.title.vi, replicaId: database.replicaId });
  const fresh = missing.length === config.embedded.databases.length && config.embedded.sampleMembers > 0;
  if (!fresh) return { domino, faults, sampleNotes: null };
  const report = await generateSample({ domino, members: config.embedded.sampleMembers, seed: 1, progress });
  return { domino, faults, sampleNotes: report.notes };
}
