import { z } from 'zod';
import { DominoError } from '../port.ts';
import { type Call, portErrorOf, WireFailure } from '../wire/server-guard.ts';
import type { RestClient } from './client.ts';
import { type RestSchema, scopeSchema } from './schema.ts';

/** `GET /api`: an object keyed by the name of each API. */
export const apiListSchema = z.record(
  z.string(),
  z.looseObject({
    name: z.string().optional(),
    fileName: z.string(),
    mountPath: z.string(),
    version: z.string().optional(),
  }),
);

const specification = z.looseObject({
  info: z.looseObject({ version: z.string().default('unknown') }),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const operation = z.looseObject({ operationId: z.string() });

/** The example spells the keys with a space, the schema without; the address of the server is all else that it must have. */
const info = z.record(z.string(), z.unknown());

/** `GET /scope/access`. */
export const accessSchema = z.looseObject({
  User: z.string().default(''),
  Level: z.string().default(''),
  Roles: z.array(z.string()).nullish(),
  Flags: z.array(z.string()).nullish(),
});

const userInfo = z.looseObject({ sub: z.string().optional(), email: z.string().optional() });

export interface ServerFacts {
  /** Names and versions of the APIs, e.g. `basis 1.3.7`. */
  readonly apis: readonly string[];
  readonly version: string;
  readonly operations: ReadonlySet<string>;
  readonly domino: string | null;
}

export interface ScopeFacts {
  readonly schema: RestSchema;
  /** Canonical Notes name that the server knows us by; empty when it does not say. */
  readonly user: string;
  /** `EDITOR`, … after the cap of the scope. */
  readonly level: string;
  readonly flags: readonly string[];
}

const BASIS = 'basis';

/** What the server is and can do. Every operation may have been switched off by its administrator, so only the list is believed. */
export async function readServerFacts(client: RestClient, hostRoot: URL, call: Call): Promise<ServerFacts> {
  const apis = await client.json(
    'read',
    'List of APIs',
    call,
    { method: 'GET', parts: ['api'], root: hostRoot },
    apiListSchema,
  );
  const basis = apis[BASIS] ?? Object.values(apis).find(({ mountPath }) => mountPath === '/api/v1');
  const parts = `${basis?.mountPath ?? '/api/v1'}/${basis?.fileName ?? 'schema/openapi.basis.json'}`
    .split('/')
    .filter((part) => part !== '');
  const spec = await client.json(
    'read',
    'Specification',
    call,
    { method: 'GET', parts, root: hostRoot },
    specification,
  );
  const operations = Object.values(spec.paths).flatMap((path) =>
    Object.values(path).flatMap((one) => operation.safeParse(one).data?.operationId ?? []),
  );
  return {
    apis: Object.entries(apis).map(([name, { version }]) => `${name} ${version ?? ''}`.trim()),
    version: spec.info.version,
    operations: new Set(operations),
    domino: await optional(dominoVersion(client, call)),
  };
}

/** The scope's schema, and what the identity may do through it. */
export async function readScopeFacts(client: RestClient, scope: string, call: Call): Promise<ScopeFacts> {
  const query = { dataSource: scope };
  const schema = await client.json(
    'query',
    `Schema of scope "${scope}"`,
    call,
    { method: 'GET', parts: ['scope'], query },
    scopeSchema,
  );
  const may = await optional(
    client.json('read', 'Access', call, { method: 'GET', parts: ['scope', 'access'], query }, accessSchema),
  );
  const who = may?.User || (await optional(whoAmI(client, call))) || '';
  return { schema, user: who, level: may?.Level ?? '', flags: may?.Flags ?? [] };
}

export const scopesSchema = z.array(
  z.looseObject({ apiName: z.string(), nsfPath: z.string(), isActive: z.boolean().default(true) }),
);

/** The scope under which a file is offered. Throws `not-found`: a person must make one. */
export async function findScope(client: RestClient, filePath: string, timeoutMs: number): Promise<string> {
  const call = { signal: undefined, deadline: performance.now() + timeoutMs };
  const wanted = plainPath(filePath);
  try {
    const request = { method: 'GET', parts: ['scopes'], query: { skipIcon: true } } as const;
    const offered = await client.json('query', 'List of scopes', call, request, scopesSchema);
    const found = offered.find(({ nsfPath, isActive }) => isActive && plainPath(nsfPath) === wanted);
    if (found !== undefined) return found.apiName;
  } catch (cause) {
    throw portErrorOf(cause, 'List of scopes');
  }
  throw new DominoError(
    'not-found',
    `No active scope offers "${filePath}": make one for it, with its schema`,
  );
}

const plainPath = (path: string): string => path.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();

async function dominoVersion(client: RestClient, call: Call): Promise<string | null> {
  const found = await client.json(
    'read',
    'Server information',
    call,
    { method: 'GET', parts: ['info'] },
    info,
  );
  const domino = found['Domino Properties'] ?? found['DominoProperties'];
  return z.looseObject({ version: z.string() }).safeParse(domino).data?.version ?? null;
}

async function whoAmI(client: RestClient, call: Call): Promise<string> {
  const found = await client.json('read', 'User', call, { method: 'GET', parts: ['userinfo'] }, userInfo);
  return found.sub ?? '';
}

/** A part that an administrator may have switched off; a server that does not answer at all is still an error. */
async function optional<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (cause) {
    const refused =
      cause instanceof WireFailure && !['no-answer', 'not-sent', 'busy'].includes(cause.failure.kind);
    if (refused) return null;
    throw cause;
  }
}
