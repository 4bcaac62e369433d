import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ConfigProblem } from './config-problem.ts';
import type { Override } from './read-yaml.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable {
  readonly name: string;
  readonly path: readonly string[];
  readonly kind: 'text' | 'number' | 'secret';
}

/** Each stands above the settings file. A secret may also come from a file named by `<NAME>_FILE`. */
const VARIABLES: readonly Variable[] = [
  { name: 'DATABASE_URL', path: ['databases', 'inside', 'url'], kind: 'secret' },
  { name: 'OUTSIDE_DATABASE_URL', path: ['databases', 'outside', 'url'], kind: 'secret' },
  { name: 'REDIS_URL', path: ['redis', 'url'], kind: 'secret' },
  { name: 'PORT', path: ['server', 'port'], kind: 'number' },
  { name: 'BRIDGE_HOST', path: ['server', 'host'], kind: 'text' },
  { name: 'BRIDGE_DATA_DIR', path: ['dataDir'], kind: 'text' },
  { name: 'BRIDGE_LOG_LEVEL', path: ['logLevel'], kind: 'text' },
  { name: 'BRIDGE_MAPPINGS_DIR', path: ['mappingsDir'], kind: 'text' },
  { name: 'BRIDGE_SAMPLE_MEMBERS', path: ['embedded', 'sampleMembers'], kind: 'number' },
  { name: 'BRIDGE_OPERATOR_LOGIN', path: ['accounts', 'operator', 'login'], kind: 'text' },
  { name: 'BRIDGE_OPERATOR_PASSWORD', path: ['accounts', 'operator', 'password'], kind: 'secret' },
  { name: 'BRIDGE_METRICS_TOKEN', path: ['metrics', 'token'], kind: 'secret' },
  { name: 'BRIDGE_ALERT_WEBHOOK', path: ['alerts', 'webhook'], kind: 'secret' },
  { name: 'BRIDGE_ALERT_MAIL_URL', path: ['alerts', 'mail', 'url'], kind: 'secret' },
];

/** Variables that are set; an empty one counts as not set. `cwd` resolves the paths of `_FILE`. */
export function readEnvironment(
  env: Environment,
  cwd: string,
): { readonly overrides: readonly Override[]; readonly problems: readonly ConfigProblem[] } {
  const overrides: Override[] = [];
  const problems: ConfigProblem[] = [];
  for (const { name, path, kind } of VARIABLES) {
    const fileName = kind === 'secret' ? env[`${name}_FILE`] : undefined;
    const text = env[name];
    if (isSet(text) && isSet(fileName)) {
      problems.push(
        problemOf(`${name}_FILE`, path, 'is set beside ' + name, `only one of ${name} and ${name}_FILE`),
      );
    } else if (isSet(fileName)) {
      const content = readSecretFile(resolve(cwd, fileName));
      if (content === null)
        problems.push(
          problemOf(
            `${name}_FILE`,
            path,
            `names a file that cannot be read: ${fileName}`,
            'a readable file that is not empty',
          ),
        );
      else overrides.push({ path, value: content, from: `environment variable ${name}_FILE` });
    } else if (isSet(text)) {
      overrides.push({
        path,
        value: kind === 'number' ? numberOf(text) : text,
        from: `environment variable ${name}`,
      });
    }
  }
  return { overrides, problems };
}

/** Content without the line end that editors and secret stores add; null when it cannot be read or is empty. */
export function readSecretFile(file: string): string | null {
  try {
    const text = readFileSync(file, 'utf8').replace(/\r?\n$/u, '');
    return text === '' ? null : text;
  } catch {
    return null;
  }
}

function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== '';
}

/** What is no number stays a text, and the schema says what would be right. */
function numberOf(text: string): number | string {
  return /^\d+$/u.test(text) ? Number(text) : text;
}

function problemOf(name: string, path: readonly string[], wrong: string, right: string): ConfigProblem {
  return {
    file: `environment variable ${name}`,
    line: null,
    column: null,
    path: path.join('.'),
    wrong,
    right,
  };
}
