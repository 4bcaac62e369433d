import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type BridgeConfig, type BridgeSettings, bridgeSchema, isSecretSetting } from './bridge-schema.ts';
import { ConfigError, type ConfigProblem } from './config-problem.ts';
import { deepFreeze } from './deep-freeze.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { filesOf, withAbsoluteFiles } from './link-files.ts';
import { readYaml } from './read-yaml.ts';

export interface ConfigSource {
  /** Settings file; stands above `BRIDGE_CONFIG`. Without both, the file that comes with the bridge is used. */
  readonly file?: string;
  readonly env: Environment;
  readonly cwd: string;
}

/** Settings of the bridge: file, then environment. Deeply frozen. Throws a {@link ConfigError} with every problem at once. */
export function readConfig(source: ConfigSource): BridgeConfig {
  const named = source.file ?? (source.env['BRIDGE_CONFIG'] || undefined);
  const file = named === undefined ? join(import.meta.dirname, 'bridge.yaml') : resolve(source.cwd, named);
  const shown = named ?? relative(source.cwd, file);
  const environment = readEnvironment(source.env, source.cwd);
  const yaml = readYaml(
    { file: shown, text: readText(file, shown), overrides: environment.overrides, isSecret: isSecretSetting },
    bridgeSchema,
  );

  const problems = [...environment.problems, ...('problems' in yaml ? yaml.problems : [])];
  if ('problems' in yaml) throw new ConfigError(problems);
  const config = withAbsolutePaths(yaml.value, { cwd: source.cwd, beside: dirname(file) });
  problems.push(...missingFiles(config, shown));
  if (problems.length > 0) throw new ConfigError(problems);
  return deepFreeze(config);
}

/** Throws the same error as other problems, because a missing file is a setting like another. */
function readText(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    const right =
      'a readable settings file (--config or BRIDGE_CONFIG), or none at all for the one that comes with the bridge';
    throw new ConfigError([
      { file: shown, line: null, column: null, path: '', wrong: 'cannot be read', right },
    ]);
  }
}

function withAbsolutePaths(
  config: BridgeSettings,
  { cwd, beside }: { readonly cwd: string; readonly beside: string },
): BridgeConfig {
  return {
    ...config,
    dataDir: resolve(cwd, config.dataDir),
    mappingsDir:
      config.mappingsDir === null
        ? join(import.meta.dirname, 'mappings')
        : resolve(beside, config.mappingsDir),
    accessFile:
      config.accessFile === null
        ? join(import.meta.dirname, 'access.yaml')
        : resolve(beside, config.accessFile),
    links: config.links.map((link) => ({ ...link, database: withAbsoluteFiles(link.database, beside) })),
  };
}

function missingFiles(config: BridgeConfig, shown: string): readonly ConfigProblem[] {
  const named: [string, string | null][] = [
    ['mappingsDir', config.mappingsDir],
    ['accessFile', config.accessFile],
  ];
  for (const [at, { database }] of config.links.entries()) {
    for (const [name, path] of filesOf(database)) named.push([`links[${at}].database.${name}`, path]);
  }
  return named
    .filter(([, path]) => path !== null && !existsSync(path))
    .map(([path, missing]) => ({
      file: shown,
      line: null,
      column: null,
      path,
      wrong: `names ${missing ?? ''}, which does not exist`,
      right: 'a file that exists, relative to the settings file',
    }));
}
