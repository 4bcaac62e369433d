/** One thing that is wrong with the settings. Shows no secret: texts below secret settings are named by their type only. */
export interface ConfigProblem {
  /** Path of the file as it was given, or `environment variable X`. */
  readonly file: string;
  /** From 1; null where there is no place in a file. */
  readonly line: number | null;
  readonly column: number | null;
  /** `links[0].database.port`; `''` for the whole file. */
  readonly path: string;
  /** `is 70000`. */
  readonly wrong: string;
  /** `a whole number from 1 to 65535`. */
  readonly right: string;
}

/** All problems at once, so that one start shows everything that has to be put right. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly ConfigProblem[];

  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? '1 setting' : `${problems.length} settings`;
    super(
      `Cannot start: ${count} must be put right\n${problems.map((one) => `  ${formatProblem(one)}`).join('\n')}`,
    );
    this.problems = problems;
  }
}

/** `config/bridge.yaml:12:9 server.port is 70000; expected a whole number from 1 to 65535`. */
function formatProblem(problem: ConfigProblem): string {
  const place =
    problem.line === null ? problem.file : `${problem.file}:${problem.line}:${problem.column ?? 1}`;
  return `${place} ${problem.path === '' ? 'the file' : problem.path} ${problem.wrong}; expected ${problem.right}`;
}

export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
}
