import { readConfig } from '../../config/read-config.ts';
import { compose } from '../compose.ts';
import { openDataDir } from '../data-dir/data-dir.ts';
import { OperationError } from '../operations/operation.ts';
import { openLog } from '../start/open-log.ts';
import type { CreateInProcessCaller } from './caller.ts';

/** The bridge for the length of one command, in this process, with the data directory locked. */
export const createInProcessCaller: CreateInProcessCaller = async ({ configFile, dataDir: path, by }) => {
  const config = readConfig({
    ...(configFile === null ? {} : { file: configFile }),
    env: { ...process.env, BRIDGE_DATA_DIR: path },
    cwd: process.cwd(),
  });
  const dataDir = openDataDir(path);
  const { log, close: closeLog } = openLog(dataDir.path, config.logLevel);
  try {
    const composed = await compose({ config, dataDir: dataDir.path, log });
    return {
      async callOperation(name, args, { onProgress, signal }) {
        const operation = composed.operations.find((candidate) => candidate.name === name);
        if (!operation) throw new OperationError('not-found', `No operation "${name}"`);
        const parsed = operation.args.safeParse(JSON.parse(JSON.stringify(args)));
        if (!parsed.success)
          throw new OperationError(
            'bad-request',
            `${name}: ${parsed.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`).join('; ')}`,
          );
        const result = await operation.run(parsed.data, { by, signal, progress: onProgress });
        // What the command line shows is what the API would answer.
        return JSON.parse(JSON.stringify(result ?? null)) as unknown;
      },
      async close() {
        await composed.close();
        closeLog();
        dataDir.close();
      },
    };
  } catch (error) {
    closeLog();
    dataDir.close();
    throw error;
  }
};
