import { readFileSync } from 'node:fs';
import { isDataDirInUse } from '../data-dir/data-dir.ts';
import { DataDirInUseError } from '../data-dir/errors.ts';
import { readRunning } from '../data-dir/running.ts';
import type { Caller, ClosableCaller, CreateInProcessCaller, InProcessOptions } from './caller.ts';
import { UsageError } from './exit-codes.ts';
import { createHttpCaller } from './http-caller.ts';

export interface Target extends InProcessOptions {
  readonly server?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/**
 * Finds the bridge: the named server; else the server that has the data directory; else this process becomes the bridge for one command.
 *
 * Throws `UsageError` (bad address or token file) and `DataDirInUseError` (another command has the directory).
 */
export async function openCaller(
  target: Target,
  loadInProcess: () => Promise<CreateInProcessCaller>,
): Promise<ClosableCaller> {
  if (target.server !== undefined) return callerOfServer(target.server, target.tokenFile);
  if (target.tokenFile !== undefined) throw new UsageError('--token-file belongs to --server: name both.');

  if (isDataDirInUse(target.dataDir))
    return callerOfHolder(new DataDirInUseError(target.dataDir, readRunning(target.dataDir)));
  const createInProcessCaller = await loadInProcess();
  try {
    return await createInProcessCaller({ dataDir: target.dataDir, by: target.by });
  } catch (error) {
    // A server was faster in the moment between looking and opening.
    if (error instanceof DataDirInUseError) return callerOfHolder(error);
    throw error;
  }
}

function callerOfHolder(inUse: DataDirInUseError): ClosableCaller {
  const { holder } = inUse;
  if (holder === null || holder.url === null || holder.token === null) throw inUse;
  return nothingToClose(createHttpCaller({ url: holder.url, token: holder.token }));
}

function callerOfServer(server: string, tokenFile: string | undefined): ClosableCaller {
  if (tokenFile === undefined)
    throw new UsageError('--server needs --token-file FILE: a file with the API token of an operator.');
  const url = URL.parse(server);
  if (url === null || !['http:', 'https:'].includes(url.protocol)) {
    throw new UsageError(`--server "${server}" is not an address: write it as https://HOST[:PORT].`);
  }
  if (url.protocol === 'http:' && !isThisMachine(url.hostname)) {
    throw new UsageError(
      `--server "${server}" would send the token unencrypted through the network: use https, or an SSH tunnel to this machine.`,
    );
  }
  return nothingToClose(createHttpCaller({ url: server, token: readToken(tokenFile) }));
}

function readToken(file: string): string {
  let token: string;
  try {
    token = readFileSync(file, 'utf8').trim();
  } catch (error) {
    throw new UsageError(
      `Cannot read --token-file "${file}": ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  // What may not stand in a header (RFC 6750, b64token) would otherwise surface as an error that quotes it.
  if (!/^[\w.~+/=-]+$/.test(token))
    throw new UsageError(
      `--token-file "${file}" holds no token: one line of letters, digits and -._~+/= is expected.`,
    );
  return token;
}

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function nothingToClose(caller: Caller): ClosableCaller {
  return { ...caller, close: () => Promise.resolve() };
}
