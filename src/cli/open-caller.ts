import { readFileSync } from 'node:fs';
import { isDataDirInUse } from '../data-dir/data-dir.ts';
import { DataDirInUseError } from '../data-dir/errors.ts';
import { readRunning } from '../data-dir/running.ts';
import type { Caller, ClosableCaller, CreateInProcessCaller, InProcessOptions } from './caller.ts';
import { UsageError } from './exit-codes.ts';
import { createHttpCaller } from './http-caller.ts';

/**
 * The server that has the data directory, if one has; else this process becomes the bridge for one command.
 *
 * Throws `DataDirInUseError` when another command has the directory.
 */
export async function callerOfThisMachine(
  options: InProcessOptions,
  loadInProcess: () => Promise<CreateInProcessCaller>,
): Promise<ClosableCaller> {
  const { dataDir } = options;
  if (isDataDirInUse(dataDir)) return callerOfHolder(new DataDirInUseError(dataDir, readRunning(dataDir)));
  const createInProcessCaller = await loadInProcess();
  try {
    return await createInProcessCaller(options);
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

/** The operations API at `server`, with the token that the file holds. Throws `UsageError`. */
export function callerOfServer(server: string, tokenFile: string | null): ClosableCaller {
  if (tokenFile === null)
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
