import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import { createRestFace } from '../../connectors/domino/embedded/rest/create-rest-face.ts';
import { parseRestQuirks } from '../../connectors/domino/embedded/rest/rest-quirks.ts';
import { quickSchema } from '../../connectors/domino/embedded/rest/schema/quick-schema.ts';
import { parseRestScope, type RestScope } from '../../connectors/domino/embedded/rest/schema/rest-scope.ts';
import { openDataDir } from '../data-dir/data-dir.ts';
import { UsageError } from './exit-codes.ts';
import type { RestServerOptions, StartRestServer } from './rest-server.ts';

/** The face alone: no part of the bridge runs beside it. */
export const startRestServer: StartRestServer = async (options) => {
  const dataDir = openDataDir(options.dataDir);
  let domino: EmbeddedDomino | null = null;
  try {
    domino = new EmbeddedDomino({ root: join(dataDir.path, 'domino') });
    const opened = domino;
    const scopes = asUsage(() => scopesOf(opened, options));
    const quirks = asUsage(() => parseRestQuirks(switchesOf(options.switches)));
    const user = options.user.includes('/') ? options.user : `CN=${options.user}/O=Embedded`;
    const accounts = [
      {
        userNames: [options.user],
        password: options.password,
        identity: { name: user, access: 'manager' as const },
      },
    ];
    const { app } = await createRestFace({ domino, scopes, accounts, quirks });
    const url = await app.listen({ host: '127.0.0.1', port: options.port });
    return {
      serving: { url, user, scopes: scopes.map(described) },
      async close() {
        await app.close();
        opened.close();
        dataDir.close();
      },
    };
  } catch (error) {
    domino?.close();
    dataDir.close();
    throw error;
  }
};

function scopesOf(domino: EmbeddedDomino, { scopes, requireRevision, cwd }: RestServerOptions): RestScope[] {
  const all = domino.listDatabases().map(({ filePath }) => `${scopeName(filePath)}=${filePath}`);
  const wanted = scopes.length === 0 ? all : scopes;
  if (wanted.length === 0)
    throw new Error('The embedded Domino has no databases: make one with "domino create".');
  return wanted.map((text) => {
    const [, apiName = '', nsfPath = '', file] = /^([^=]+)=(.+?\.nsf)(?::(.+))?$/iu.exec(text) ?? [];
    if (nsfPath === '')
      throw new Error(`--scope "${text}": write NAME=DATABASE.nsf or NAME=DATABASE.nsf:SCHEMA.json.`);
    const schema: unknown =
      file === undefined
        ? quickSchema(domino.openDatabase(nsfPath), {
            schemaName: apiName,
            requireRevisionToUpdate: requireRevision,
            additionalModes: ['dql'],
            allowDeletion: true,
          })
        : JSON.parse(readFileSync(resolve(cwd, file), 'utf8'));
    return parseRestScope({ apiName, nsfPath, schema });
  });
}

/** Letters and digits of the path without its ending, in lower case: what a scope's name may have. */
function scopeName(filePath: string): string {
  return filePath
    .replace(/\.[a-z]+$/iu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/gu, '');
}

function switchesOf(texts: readonly string[]): Record<string, string | number> {
  return Object.fromEntries(
    texts.map((text) => {
      const [, name = '', value = ''] = /^([^=]+)=(.+)$/u.exec(text) ?? [];
      if (name === '') throw new Error(`--switch "${text}": write NAME=VALUE.`);
      return [name, /^\d+$/u.test(value) ? Number(value) : value];
    }),
  );
}

function described({ apiName, nsfPath, schema }: RestScope) {
  return {
    scope: apiName,
    database: nsfPath,
    forms: schema.forms.map(({ formName }) => formName),
    views: schema.views.map(({ name }) => name),
  };
}

/** What is wrong with scopes, schema files and switches is the operator's to mend. */
function asUsage<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
