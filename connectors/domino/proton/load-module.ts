import { pathToFileURL } from 'node:url';
import { isAbsolute } from 'node:path';
import { DominoError } from '../port.ts';
import type { DominoDbModule } from './module-api.ts';

const PACKAGE = '@domino/domino-db';

/**
 * Loads HCL's module. `specifier` is a package name or an absolute path to the module's main file; a path is needed where the package is
 * installed outside this program's `node_modules`. Throws `module-missing` with the steps of installation.
 */
export async function loadDominoDb(specifier: string = PACKAGE): Promise<DominoDbModule> {
  const target = isAbsolute(specifier) ? pathToFileURL(specifier).href : specifier;
  let loaded: unknown;
  try {
    loaded = await import(target);
  } catch (cause) {
    throw new DominoError(
      'module-missing',
      `Cannot load "${specifier}": ${reasonOf(cause)}. ${INSTALL_STEPS}`,
      {
        cause,
      },
    );
  }
  return asDominoDb(loaded, specifier);
}

/**
 * Finds `useServer`, the one export HCL documents, on a module or on its default export (the package is CommonJS).
 * Throws `module-missing` when there is none.
 */
export function asDominoDb(loaded: unknown, specifier: string): DominoDbModule {
  for (const candidate of [loaded, property(loaded, 'default')]) {
    if (typeof property(candidate, 'useServer') === 'function') return candidate as DominoDbModule;
  }
  throw new DominoError('module-missing', `"${specifier}" has no function useServer. ${INSTALL_STEPS}`);
}

const INSTALL_STEPS =
  `Unpack the HCL Domino AppDev Pack that matches the Proton task of the server, then run ` +
  `"npm install <path>/domino-domino-db-<version>.tgz" in the program's folder, or name the path of the installed module in the configuration.`;

function property(value: unknown, name: string): unknown {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? (value as Record<string, unknown>)[name]
    : undefined;
}

function reasonOf(cause: unknown): string {
  const code = property(cause, 'code');
  return code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND'
    ? 'it is not installed'
    : `it failed to start (${typeof code === 'string' ? code : cause instanceof Error ? cause.message : 'no reason given'})`;
}
