import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../../config/read-config.ts';
import { compose, type ComposedBridge, newLocalToken } from '../../compose.ts';
import { stageFaults } from './stage-faults.ts';
import { stagedConfig } from './staged-config.ts';

export const PASSWORD = 'mot mat khau du dai';

/** A running bridge in which much is wrong, on purpose. */
export interface StagedBridge {
  readonly url: string;
  readonly composed: ComposedBridge;
  /** Asks for an operation as the operator `chi.van`. */
  readonly ask: <T>(operation: string, args: object) => Promise<T>;
  close(): Promise<void>;
}

/** Two days of samples, as if the bridge had run before, so that the charts have something to show. */
const STORY_HOURS = 26;

/**
 * One link down, one braked, conflicts and quarantine on a third, a fourth that is being filled from a slow server, a fifth in which all is well; the queue
 * runs. `mai.anh` and `chi.van` are operators, `thu.ha` may release, `kim.oanh` only looks; all have {@link PASSWORD}.
 */
export async function openStagedBridge(): Promise<StagedBridge> {
  const directory = await mkdtemp(join(tmpdir(), 'bridge-console-'));
  const file = join(directory, 'bridge.yaml');
  await writeFile(file, stagedConfig(join(import.meta.dirname, '../../../config')));
  const composed = await compose({
    config: readConfig({
      env: { BRIDGE_CONFIG: file, BRIDGE_DATA_DIR: directory, BRIDGE_SAMPLE_MEMBERS: '60' },
      cwd: directory,
    }),
    dataDir: directory,
    log: pino({ level: 'fatal' }),
  });
  const close = async () => {
    await composed.close();
    await rm(directory, { recursive: true, force: true });
  };
  try {
    const ask = <T>(name: string, args: object) => askAs(composed, 'chi.van', name, args) as Promise<T>;
    for (const [name, role] of [
      ['mai.anh', 'operator'],
      ['chi.van', 'operator'],
      ['thu.ha', 'releaser'],
      ['kim.oanh', 'auditor'],
    ] as const)
      await composed.accounts.inside.create({ name, role, password: PASSWORD });
    const jobs = await composed.openJobs();
    const app = composed.buildApp(jobs, newLocalToken());
    const url = await app.listen({ host: '127.0.0.1', port: 0 });
    await stageFaults(composed, ask, STORY_HOURS);
    await jobs.schedule(composed.schedules);
    jobs.work(3);
    return { url, composed, ask, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function askAs(composed: ComposedBridge, by: string, name: string, args: object): Promise<unknown> {
  const operation = composed.operations.find((one) => one.name === name);
  if (!operation) throw new Error(`No operation ${name}`);
  return operation.run(operation.args.parse(args), {
    by,
    signal: new AbortController().signal,
    progress: () => undefined,
  });
}
