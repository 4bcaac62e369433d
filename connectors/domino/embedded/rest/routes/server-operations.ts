import * as z from 'zod';
import { mayCreate } from '../../engine/identity.ts';
import { servedSpecification } from '../openapi/basis-specification.ts';
import type { RestContext } from '../rest-context.ts';
import { notFound, RestError } from '../rest-error.ts';
import { sameSecret } from '../auth/accounts.ts';
import { findForm, findMode } from '../schema/find-mode.ts';
import type { RestScope } from '../schema/rest-scope.ts';
import { json } from './answer.ts';
import type { Define } from './define-operation.ts';
import { flag } from './parameters.ts';

const KEEP = {
  'keep-name': 'Embedded Domino, REST face',
  'keep-desc': 'A stand-in for HCL Domino REST API',
  'keep-version': '1.1.2',
  'keep-vendor': 'none',
};
const DOMINO = {
  version: '14.0',
  buildNumber: 0,
  fixpackNumber: 0,
  hotfixNumber: 0,
  majorVersion: 14,
  minorVersion: 0,
};

/** What the server says of itself, its scopes, and the caller. `served`: operations that this face has. */
export function defineServer(define: Define, served: () => ReadonlySet<string>): void {
  define.open({
    operationId: 'getApis',
    method: 'GET',
    url: '/api',
    work: () => {
      const { info } = servedSpecification(served());
      const basis = { fileName: '/schema/openapi.basis.json', mountPath: '/api/v1', name: 'basis' };
      return json({ basis: { ...basis, title: info.title, version: info.version } });
    },
  });
  define.open({
    operationId: 'getSpecification',
    method: 'GET',
    url: '/api/v1/schema/openapi.basis.json',
    work: () => json(servedSpecification(served())),
  });
  define.open({
    operationId: 'getHealth',
    method: 'GET',
    url: '/health',
    work: ({ context, request }) => {
      if (context.health === null) throw notFound();
      const { username, password } = context.health;
      const expected = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
      if (!sameSecret(expected, request.headers.authorization ?? ''))
        throw new RestError(401, 'Unauthorized');
      return json({ status: 'UP', checks: [], outcome: 'UP' });
    },
  });
  define.token({
    operationId: 'getInfo',
    method: 'GET',
    url: '/api/v1/info',
    work: ({ context }) =>
      json(
        context.quirks.infoKeys === 'with-space'
          ? { 'Keep Properties': KEEP, 'Domino Properties': DOMINO }
          : { KeepProperties: KEEP, DominoProperties: DOMINO },
      ),
  });
  define.token({
    operationId: 'getUserInfo',
    method: 'GET',
    url: '/api/v1/userinfo',
    work: ({ identity, tokenScopes }) =>
      json({
        sub: identity.name,
        name: identity.name,
        names: [identity.name, ...(identity.groups ?? []), '*'],
        scope: tokenScopes.join(' '),
      }),
  });
  define.token({
    operationId: 'getPreviewFeatures',
    method: 'GET',
    url: '/api/v1/preview',
    work: () => json([]),
  });
  define.token({
    operationId: 'fetchScopes',
    method: 'GET',
    url: '/api/v1/scopes',
    query: z.object({ includeAll: flag(false), skipIcon: flag(false) }),
    work: ({ context, tokenScopes }, { query }) => json(scopesOf(context, tokenScopes, query.includeAll)),
  });
  define.scope({
    operationId: 'getScope',
    method: 'GET',
    url: '/api/v1/scope',
    work: ({ scope }) => json(databaseOf(scope)),
  });
  define.scope({
    operationId: 'getScopeForm',
    method: 'GET',
    url: '/api/v1/scope/form/:form',
    work: ({ scope }, { params }) => json(requireForm(scope, params['form'] ?? '')),
  });
  define.scope({
    operationId: 'fetchFormModes',
    method: 'GET',
    url: '/api/v1/scope/mode/:form/:mode',
    work: ({ scope }, { params }) => {
      const form = requireForm(scope, params['form'] ?? '');
      const mode = findMode(form, params['mode'] ?? '');
      if (mode === undefined) throw new RestError(404, 'This is not the data you seek!');
      return json({ ...form, formModes: [mode] });
    },
  });
  define.scope({
    operationId: 'getScopeAccess',
    method: 'GET',
    url: '/api/v1/scope/access',
    work: ({ identity }) =>
      json({
        User: identity.name,
        Level: identity.access === 'none' ? 'NOACCESS' : (identity.access ?? 'editor').toUpperCase(),
        Roles: (identity.roles ?? []).map((role) => (role.startsWith('[') ? role : `[${role}]`)),
        Flags: [
          ...(identity.deletes === false ? ['NODELETE'] : []),
          ...(mayCreate(identity) ? [] : ['AUTHOR_NOCREATE']),
        ],
      }),
  });
}

function scopesOf(
  context: RestContext,
  tokenScopes: readonly string[],
  includeAll: boolean,
): readonly object[] {
  return [...context.scopes.values()]
    .filter(({ isActive }) => includeAll || isActive)
    .filter(
      ({ apiName, schema }) =>
        tokenScopes.includes(apiName) || (schema.openAccess && tokenScopes.includes('$DATA')),
    )
    .map(({ apiName, nsfPath, description, isActive, schema }) => ({
      apiName,
      nsfPath,
      description,
      schemaName: schema.schemaName ?? apiName,
      isActive,
    }));
}

/** HCL's KeepDatabase of a scope. */
function databaseOf({ schema, ...scope }: RestScope): object {
  return {
    ...schema,
    schemaName: schema.schemaName ?? scope.apiName,
    apiName: scope.apiName,
    nsfPath: scope.nsfPath,
    description: scope.description,
    isActive: scope.isActive,
    maximumAccessLevel: scope.maximumAccessLevel,
    formulaEngine: 'domino',
  };
}

function requireForm({ schema }: RestScope, name: string) {
  const form = findForm(schema, name);
  if (form === undefined) throw new RestError(404, 'This is not the data you seek!');
  return form;
}
