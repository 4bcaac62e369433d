import type { FastifyRequest } from 'fastify';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { NotesIdentity } from '../engine/identity.ts';
import type { CallFaults } from '../faults/fault-injector.ts';
import type { RestContext } from './rest-context.ts';
import { ConnectionLost } from './rest-error.ts';
import type { RestScope } from './schema/rest-scope.ts';

/** One request that has been let in. */
export interface TokenCall {
  readonly context: RestContext;
  readonly operationId: string;
  readonly request: FastifyRequest;
  readonly faults: CallFaults;
  /** As the server's directory knows them, before a scope's cap. */
  readonly identity: NotesIdentity;
  /** The scopes of the token. */
  readonly tokenScopes: readonly string[];
  readonly token: string;
}

/** One request to a database, under the rights that the scope leaves. */
export interface ScopeCall extends TokenCall {
  readonly scope: RestScope;
  readonly database: EmbeddedDatabase;
}

/** What was asked for, for the engine's request log. */
export function logRead(
  call: ScopeCall,
  asked: {
    readonly itemNames: readonly string[];
    readonly answered: readonly string[];
    readonly unids?: readonly string[];
    readonly query?: string | null;
    readonly attachments?: boolean;
  },
): void {
  const { domino } = call.context;
  domino.requests.record({
    at: domino.now(),
    method: call.operationId,
    filePath: call.database.filePath,
    identity: call.identity.name,
    query: null,
    unids: [],
    attachments: false,
    ...asked,
  });
}

/** To be asked before each document of a bulk write: the connection may be lost half way. */
export function passDocument({ faults }: TokenCall, index: number): void {
  if (faults.bulkLimit !== null && index >= faults.bulkLimit) throw new ConnectionLost(false);
}
