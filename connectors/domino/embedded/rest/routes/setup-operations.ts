import * as z from 'zod';
import { hasAccess } from '../../engine/identity.ts';
import type { TokenCall } from '../rest-call.ts';
import { badRequest, ERROR_ID, forbidden, RestError } from '../rest-error.ts';
import { quickSchema } from '../schema/quick-schema.ts';
import { type KeepSchema, parseKeepSchema } from '../schema/rest-schema.ts';
import { parseRestScope, type RestScope } from '../schema/rest-scope.ts';
import { json } from './answer.ts';
import type { Define } from './define-operation.ts';

const named = z.object({ nsfPath: z.string().min(1), configName: z.string().min(1) });
const scopeQuery = z.object({ scopeName: z.string().min(1) });

const mapping = z.object({
  apiName: z.string(),
  nsfPath: z.string(),
  schemaName: z.string(),
  description: z.string().optional(),
  isActive: z.boolean().default(true),
  maximumAccessLevel: z.string().optional(),
});

const quickConfig = z.object({
  nsfPath: z.string(),
  schemaName: z.string().default('default'),
  scopeName: z.string().optional(),
  description: z.string().optional(),
  maximumAccessLevel: z.string().optional(),
  additionalModes: z.array(z.string()).default([]),
  allowDeletion: z.boolean().default(false),
});

/** Schemas and scopes, for provisioning. Designers only, with `$SETUP` in the token; kept as long as the face runs. */
export function defineSetup(define: Define): void {
  const url = (path: string): string => `/api/setup-v1${path}`;
  define.token({
    operationId: 'fetchSchemas',
    method: 'GET',
    url: url('/schemas'),
    query: z.object({ nsfPath: z.string().min(1) }),
    work: (call, { query }) => {
      requireDesigner(call, query.nsfPath);
      const names = [...schemasOf(call, query.nsfPath).keys()];
      return json(names.map((apiName) => ({ apiName, comment: '', prohibitRefresh: false })));
    },
  });
  define.token({
    operationId: 'getSchema',
    method: 'GET',
    url: url('/schema'),
    query: named,
    work: (call, { query }) => {
      requireDesigner(call, query.nsfPath);
      return json(shownSchema(requireSchema(call, query.nsfPath, query.configName), query.nsfPath));
    },
  });
  define.token({
    operationId: 'createUpdateSchema',
    method: 'POST',
    url: url('/schema'),
    query: named,
    body: z.looseObject({}),
    work: (call, { query, body }) => {
      requireDesigner(call, query.nsfPath);
      const schema = refusing(() => parseKeepSchema({ ...body, schemaName: query.configName }));
      storeSchema(call, query.nsfPath, schema);
      return json(shownSchema(schema, query.nsfPath));
    },
  });
  define.token({
    operationId: 'deleteSchema',
    method: 'DELETE',
    url: url('/schema'),
    query: named,
    work: (call, { query }) => {
      requireDesigner(call, query.nsfPath);
      requireSchema(call, query.nsfPath, query.configName);
      schemasOf(call, query.nsfPath).delete(query.configName);
      const message = `Deleted ${query.configName} from ${query.nsfPath}`;
      return json({ statusText: 'OK', status: 200, message });
    },
  });
  define.token({
    operationId: 'fetchScopeMappings',
    method: 'GET',
    url: url('/admin/scopes'),
    work: (call) => {
      requireSetup(call);
      return json([...call.context.scopes.values()].map(shownScope));
    },
  });
  define.token({
    operationId: 'getScopeMapping',
    method: 'GET',
    url: url('/admin/scope'),
    query: scopeQuery,
    work: (call, { query }) => {
      requireSetup(call);
      return json(shownScope(requireScope(call, query.scopeName)));
    },
  });
  define.token({
    operationId: 'createUpdateScopeMapping',
    method: 'POST',
    url: url('/admin/scope'),
    body: mapping,
    work: (call, { body }) => {
      requireDesigner(call, body.nsfPath);
      const schema = requireSchema(call, body.nsfPath, body.schemaName);
      return json(shownScope(storeScope(call, { ...body, schema })));
    },
  });
  define.token({
    operationId: 'deleteScopeMapping',
    method: 'DELETE',
    url: url('/admin/scope'),
    query: scopeQuery,
    work: (call, { query }) => {
      const scope = requireScope(call, query.scopeName);
      requireDesigner(call, scope.nsfPath);
      call.context.scopes.delete(scope.apiName);
      return json(shownScope(scope));
    },
  });
  define.token({
    operationId: 'quickConfig',
    method: 'POST',
    url: url('/admin/quickconfig'),
    body: quickConfig,
    work: (call, { body }) => {
      const database = requireDesigner(call, body.nsfPath);
      const { schemaName, additionalModes, allowDeletion, ...scope } = body;
      const options = { schemaName, requireRevisionToUpdate: false, additionalModes, allowDeletion };
      const schema = refusing(() => parseKeepSchema(quickSchema(database, options)));
      storeSchema(call, body.nsfPath, schema);
      const ofFile = body.nsfPath
        .replace(/^.*\//u, '')
        .replace(/\.nsf$/iu, '')
        .toLowerCase();
      return json(shownScope(storeScope(call, { ...scope, apiName: body.scopeName ?? ofFile, schema })));
    },
  });
  define.token({
    operationId: 'deleteCache',
    method: 'DELETE',
    url: url('/admin/cache'),
    work: (call) => {
      requireSetup(call);
      return json({ status: 'OK', statusCode: 200, message: 'cache reset' });
    },
  });
}

function requireSetup({ tokenScopes }: TokenCall): void {
  if (!tokenScopes.includes('$SETUP')) throw forbidden('The token does not include scope $SETUP');
}

/** Designer access to the database, which no scope caps here. Answers the database. */
function requireDesigner(call: TokenCall, nsfPath: string) {
  requireSetup(call);
  const { domino } = call.context;
  if (!domino.hasDatabase(nsfPath))
    throw new RestError(404, `Database ${nsfPath} not found`, ERROR_ID.noConfiguration);
  const database = domino.openDatabase(nsfPath);
  if (hasAccess(database.identityOf(call.identity), 'designer')) return database;
  throw new RestError(403, 'Designer access is needed', ERROR_ID.needsDesigner);
}

function schemasOf({ context }: TokenCall, nsfPath: string): Map<string, KeepSchema> {
  const kept = context.schemas.get(nsfPath) ?? new Map<string, KeepSchema>();
  context.schemas.set(nsfPath, kept);
  return kept;
}

function requireSchema(call: TokenCall, nsfPath: string, name: string): KeepSchema {
  const schema = schemasOf(call, nsfPath).get(name);
  if (schema === undefined) throw new RestError(404, `Schema ${name} not found`, ERROR_ID.noConfiguration);
  return schema;
}

function requireScope({ context }: TokenCall, name: string): RestScope {
  const scope = context.scopes.get(name);
  if (scope === undefined) throw new RestError(404, `Scope ${name} not found`, ERROR_ID.noScope);
  return scope;
}

/** Scopes that use the schema have it at once. Throws 400 when the new one has formulas that are not modelled. */
function storeSchema(call: TokenCall, nsfPath: string, schema: KeepSchema): void {
  const name = schema.schemaName ?? 'default';
  // Its formulas are checked with a scope around them.
  refusing(() => parseRestScope({ apiName: 'check', nsfPath, schema }));
  schemasOf(call, nsfPath).set(name, schema);
  for (const scope of call.context.scopes.values()) {
    const isUser = scope.nsfPath === nsfPath && (scope.schema.schemaName ?? scope.apiName) === name;
    if (isUser) call.context.scopes.set(scope.apiName, { ...scope, schema });
  }
}

function storeScope(call: TokenCall, given: object): RestScope {
  const scope = refusing(() => parseRestScope(given));
  call.context.scopes.set(scope.apiName, scope);
  return scope;
}

function refusing<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw badRequest(
      'The configuration cannot be used',
      error instanceof Error ? error.message : String(error),
    );
  }
}

/** HCL's RestMapping. */
function shownScope({
  apiName,
  nsfPath,
  description,
  isActive,
  maximumAccessLevel,
  schema,
}: RestScope): object {
  const schemaName = schema.schemaName ?? apiName;
  return {
    apiName,
    nsfPath,
    schemaName,
    description,
    isActive,
    maximumAccessLevel,
    Form: 'KeepDatabase',
    Type: 'KeepDatabase',
  };
}

function shownSchema(schema: KeepSchema, nsfPath: string): object {
  return { ...schema, nsfPath, formulaEngine: 'domino', isActive: true };
}
