import { ConfigError } from '../../config/config-problem.ts';
import { readConfig } from '../../config/read-config.ts';
import { databaseFindings } from '../compose/doctor/database-findings.ts';
import { machineFindings } from '../compose/doctor/machine-findings.ts';
import { redisFindings } from '../compose/doctor/redis-findings.ts';
import { problem } from '../operations/finding.ts';
import type { LookAtMachine } from './machine-look.ts';

/** Looks at what a bridge needs, with connections of its own: it works while nothing else does. */
export const lookAtMachine: LookAtMachine = async ({ configFile, dataDir }) => {
  try {
    const config = readConfig({
      ...(configFile === null ? {} : { file: configFile }),
      env: { ...process.env, ...(dataDir === null ? {} : { BRIDGE_DATA_DIR: dataDir }) },
      cwd: process.cwd(),
    });
    return {
      settings: true,
      findings: [
        ...(await machineFindings(config)),
        ...(await databaseFindings(config)),
        ...(await redisFindings(config)),
      ],
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return {
      settings: false,
      findings: [
        problem('settings', 'files', error.message, 'correct the settings; nothing else can be looked at'),
      ],
    };
  }
};
