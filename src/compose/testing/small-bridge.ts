import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../../config/read-config.ts';
import { logOptions } from '../../signals/log-options.ts';
import { compose, type ComposedBridge } from '../../compose.ts';

const CONFIG = join(import.meta.dirname, '../../../config');

export interface SmallBridge {
  readonly composed: ComposedBridge;
  readonly directory: string;
  /** Lines of the log, as JSON texts. */
  readonly logLines: readonly string[];
  run(name: string, args?: object): Promise<unknown>;
  close(): Promise<void>;
}

/** A whole bridge with a few invented members, in a folder of its own, with nothing running. `change` edits the settings' text. */
export async function openSmallBridge(
  env: Readonly<Record<string, string>> = {},
  change: (settings: string) => string = (settings) => settings,
): Promise<SmallBridge> {
  const directory = mkdtempSync(join(tmpdir(), 'small-bridge-'));
  const file = join(directory, 'bridge.yaml');
  writeFileSync(
    file,
    change(readFileSync(join(CONFIG, 'bridge.yaml'), 'utf8')).replace(
      /^accessFile: null.*$/mu,
      `accessFile: ${JSON.stringify(join(CONFIG, 'access.yaml'))}`,
    ),
  );
  const config = readConfig({
    file,
    env: { BRIDGE_SAMPLE_MEMBERS: '4', BRIDGE_MAPPINGS_DIR: join(CONFIG, 'mappings'), ...env },
    cwd: directory,
  });
  const logLines: string[] = [];
  const log = pino(logOptions('trace'), { write: (line: string) => void logLines.push(line) });
  const composed = await compose({ config, dataDir: directory, log });
  return {
    composed,
    directory,
    logLines,
    async run(name, args = {}) {
      const operation = composed.operations.find((one) => one.name === name);
      if (operation === undefined) throw new Error(`no operation ${name}`);
      return operation.run(operation.args.parse(args), {
        by: 'tester',
        signal: new AbortController().signal,
        progress: () => undefined,
      });
    },
    async close() {
      await composed.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}
