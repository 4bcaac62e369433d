import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { EXIT, type ExitCode, failureOf, UsageError } from './exit-codes.ts';
import type { RestServing } from './rest-server.ts';
import { tell } from './run-request.ts';
import type { Shell } from './shell.ts';
import { printable } from './terminal-text.ts';

export interface ServeRestOptions {
  readonly port: number;
  readonly scope?: readonly string[];
  readonly switch?: readonly string[];
  readonly user: string;
  readonly passwordFile?: string;
  readonly requireRevision?: true;
  readonly json?: true;
  readonly config?: string;
  readonly dataDir?: string;
}

/** Serves until SIGTERM or Ctrl-C, which is its ordinary end. Prints what it serves once it listens, as one line of JSON with `--json`. */
export async function serveRest(shell: Shell, options: ServeRestOptions): Promise<ExitCode> {
  try {
    const absolute = (file: string | undefined) => (file === undefined ? null : resolve(shell.cwd, file));
    const file = absolute(options.passwordFile);
    const password = file === null ? randomBytes(12).toString('base64url') : readPassword(file);
    const start = await shell.loadRestServer();
    const server = await start({
      dataDir: absolute(options.dataDir) ?? shell.readDataDir(absolute(options.config)),
      port: options.port,
      scopes: options.scope ?? [],
      switches: options.switch ?? [],
      user: options.user,
      password,
      requireRevision: options.requireRevision === true,
      cwd: shell.cwd,
    });
    try {
      const shown = file === null ? password : null;
      shell.writeOut(
        options.json === true
          ? `${JSON.stringify({ ...server.serving, password: shown })}\n`
          : described(server.serving, shown),
      );
      await ended(shell.signal);
    } finally {
      await server.close();
    }
    return EXIT.ok;
  } catch (error) {
    const failure = failureOf(error, shell.signal.aborted);
    tell(shell, failure, options.json === true);
    return failure.exit;
  }
}

function described({ url, scopes, user }: RestServing, password: string | null): string {
  const lines = scopes.map(({ scope, database, forms, views }) => {
    const names = (what: readonly string[]) => (what.length === 0 ? 'none' : what.map(printable).join(', '));
    return `  ${scope}  ${printable(database)}\n    forms: ${names(forms)}\n    views: ${names(views)}\n`;
  });
  const secret = password === null ? 'the password of the file' : `password "${password}" (shown this once)`;
  return [
    `HCL Domino REST API on the embedded Domino: ${url}/api/v1\n`,
    `Log in as "${printable(user)}", ${secret}.\n`,
    'Scopes (dataSource):\n',
    ...lines,
    'Stops with Ctrl-C or SIGTERM.\n',
  ].join('');
}

function readPassword(file: string): string {
  let password: string;
  try {
    password = readFileSync(file, 'utf8').trim();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`Cannot read --password-file "${file}": ${reason}`, { cause: error });
  }
  if (password === '') throw new UsageError(`--password-file "${file}" is empty.`);
  return password;
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
