import type { DqlSwitches } from '../dql/switches.ts';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import type { NotesIdentity } from '../engine/identity.ts';
import type { Random } from '../engine/seeded-random.ts';
import type { FaultInjector } from '../faults/fault-injector.ts';
import type { Accounts } from './auth/accounts.ts';
import type { TrustedProvider } from './auth/external-tokens.ts';
import type { OAuthApplication } from './auth/oauth.ts';
import type { Tokens } from './auth/tokens.ts';
import type { RestQuirks } from './rest-quirks.ts';
import type { KeepSchema } from './schema/rest-schema.ts';
import type { RestScope } from './schema/rest-scope.ts';

/** What an agent prints, given the payload it was run with. Its rights are those of the caller. */
export type RestAgent = (run: {
  readonly payload: unknown;
  readonly database: EmbeddedDatabase;
  readonly identity: NotesIdentity;
}) => string;

/** What all requests of one face share. */
export interface RestContext {
  readonly domino: EmbeddedDomino;
  readonly scopes: Map<string, RestScope>;
  /** Schemas of each database, by name. */
  readonly schemas: Map<string, Map<string, KeepSchema>>;
  readonly quirks: RestQuirks;
  /** Open points of DQL. */
  readonly dqlOf: (filePath: string) => DqlSwitches;
  readonly faults: FaultInjector;
  /** Makes tokens worthless once the faults say that the server restarted. */
  readonly followRestarts: () => void;
  readonly random: Random;
  readonly delay: (ms: number) => Promise<void>;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  readonly providers: readonly TrustedProvider[];
  readonly applications: readonly OAuthApplication[];
  readonly agents: Readonly<Record<string, RestAgent>>;
  /** Origins that browsers may come from. */
  readonly origins: readonly RegExp[];
  /** Operations that an administrator has switched off. */
  readonly disabledOperations: ReadonlySet<string>;
  /** `concurrentRequestMaxCount`; -1 = no limit. */
  readonly maxConcurrent: number;
  /** Bytes of a request's body. */
  readonly bodyLimit: number;
  readonly health: { readonly username: string; readonly password: string } | null;
}
