import * as z from 'zod';
import { isDatabaseName } from '../engine/database-path.ts';
import type { Entry } from './bulk-response.ts';
import { definer } from './define-method.ts';
import { encodeInstant } from './encode-item.ts';
import type { ProtonServer } from './proton-api.ts';
import { createDatabaseFace } from './proton-database.ts';
import { parseOptions, type ProtonContext, requireAccess } from './proton-host.ts';

const filePath = z.string().min(1);

export function createServerFace(
  context: ProtonContext,
  connection: { readonly port: string; readonly secure: boolean },
): ProtonServer {
  const define = definer(context, null);
  const server: ProtonServer = Object.freeze({
    getHostName: async () => context.hostName,
    getConnection: async () => ({ ...connection }),
    useDatabase: async (given?: unknown) => {
      const options = parseOptions('useDatabase', context.quirks, { filePath }, given);
      return createDatabaseFace(context, options.filePath, () => server);
    },
    createDatabase: define('createDatabase', {
      shape: { filePath, title: z.string(), template: z.string().optional() },
      convert: (options) => options,
      work: (options, call) => {
        requireAccess(call, 'manager', 'create databases');
        context.domino.createDatabase(options.filePath, { title: options.title });
      },
    }),
    deleteDatabase: define('deleteDatabase', {
      shape: { filePath },
      convert: (options) => options,
      work: (options, call) => {
        requireAccess(call, 'manager', 'delete databases');
        context.domino.deleteDatabase(options.filePath);
      },
    }),
    getFileSystemList: define('getFileSystemList', {
      shape: { dirPath: z.string() },
      convert: (options) => options,
      work: ({ dirPath }) => ({ entries: list(context, dirPath) }),
    }),
  });
  return server;
}

/** Databases and folders directly below `dirPath`; `''` is the data folder. */
function list({ domino }: ProtonContext, dirPath: string): Entry[] {
  const prefix = dirPath.replaceAll('\\', '/').replace(/^\/+|\/+$/gu, '');
  const below = domino
    .listDatabases()
    .filter((entry) => prefix === '' || entry.filePath.startsWith(`${prefix}/`));
  const databases = new Map<string, Entry>();
  for (const { filePath: path, title, size, created, modified } of below) {
    const [name = '', ...deeper] = path.slice(prefix === '' ? 0 : prefix.length + 1).split('/');
    const here = prefix === '' ? name : `${prefix}/${name}`;
    databases.set(here, {
      path: here,
      title: deeper.length > 0 ? name : title,
      type: deeper.length > 0 ? 'DIRECTORY' : typeOf(name),
      size: deeper.length > 0 ? 0 : size,
      createdDate: encodeInstant(created),
      modifiedDate: encodeInstant(modified),
    });
  }
  return [...databases.values()];
}

function typeOf(name: string): 'DATABASE' | 'TEMPLATE' | 'MAILBOX' {
  if (!isDatabaseName(name) || /\.nsf$/iu.test(name)) return 'DATABASE';
  return /\.ntf$/iu.test(name) ? 'TEMPLATE' : 'MAILBOX';
}
