import type { Logger } from 'pino';
import type { Accounts, InsideRole, OutsideRole } from '../../connectors/accounts/port.ts';
import type { EntitySchema } from '../../connectors/handbook/members-port.ts';
import type { ReadersHandbook } from '../../connectors/handbook/readers-port.ts';
import type { FileInspector } from '../../connectors/files/port.ts';
import type { Uploads } from '../../connectors/handbook/uploads-port.ts';
import type { TokenVerifier } from '../../connectors/oidc/port.ts';
import type { SyncStore } from '../../connectors/postgres/port.ts';
import type { Watch } from '../../connectors/postgres/watch-port.ts';
import type { DocumentView } from '../operations/document-view.ts';
import type { LinkFacts } from '../operations/link-facts.ts';
import type { Operation } from '../operations/operation.ts';
import type { Items, Unid } from '../sync/note.ts';

/** Everything the HTTP application speaks to. */
export interface AppDeps {
  readonly logger: Logger;
  readonly readers: ReadersHandbook;
  readonly uploads: Uploads;
  readonly inspector: FileInspector;
  readonly entitySchemas: readonly EntitySchema[];
  readonly store: Pick<
    SyncStore,
    | 'links'
    | 'link'
    | 'counts'
    | 'conflicts'
    | 'quarantined'
    | 'journal'
    | 'preview'
    | 'previews'
    | 'instances'
  >;
  readonly watch: Omit<Watch, 'takeSample' | 'forgetSamples' | 'putPass' | 'putReleaseRequest'>;
  /** BullMQ's queue, for the board; null while there is none. */
  readonly queue: unknown;
  /** Folder of the built pages. */
  readonly consolePages: string;
  /** In the order of the configuration. */
  readonly facts: readonly LinkFacts[];
  /** A braked lane needs two people. */
  readonly fourEyes: boolean;
  /** One document with both sides, read now and through the gate; null for an unknown pair. */
  readonly viewDocument: (pairId: string, signal: AbortSignal) => Promise<DocumentView | null>;
  readonly operations: readonly Operation[];
  readonly accounts: {
    readonly inside: Accounts<InsideRole>;
    readonly outside: Accounts<OutsideRole>;
  };
  /** Tokens of the handbook's own issuer; null = sessions only. */
  readonly issuer?: TokenVerifier | null;
  /** One entry per thing that must work before requests may come. */
  readonly readiness: () => Promise<readonly Readiness[]>;
  /** Lets the command line on the same machine in as operator `local`; at least {@link LOCAL_TOKEN_MIN} characters. */
  readonly localToken: string;
  /** Reads one note through its link and the gate. Fails with `OperationError` (`not-found` for an unknown link, `unavailable`). */
  readonly liveNote: (linkId: string, unid: Unid, signal: AbortSignal) => Promise<LiveNote>;
  readonly jobs: () => Promise<JobsOverview>;
  /** Left out: no metrics are served. */
  readonly metrics?: AppMetrics;
  readonly clock: { now(): number };
  readonly limits?: Partial<RequestLimits>;
  readonly web?: WebAddress;
}

/** How clients reach the server, where that is not its own address. */
export interface WebAddress {
  /** Origin in the browser; `https:` makes the cookies secure. Null = plain HTTP on the address that the server listens on. */
  readonly publicUrl: string | null;
  /** Addresses or subnets of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
}

export interface AppMetrics {
  /** Lets a scraper in that has no account; null = accounts only. */
  readonly token: string | null;
  readonly contentType: string;
  readonly text: () => Promise<string>;
  /** `route` is a pattern, null for what is no route. */
  readonly answered: (answer: {
    readonly method: string;
    readonly route: string | null;
    readonly status: number;
    readonly seconds: number;
  }) => void;
}

export const LOCAL_TOKEN_MIN = 32;

/** Requests per minute. */
export interface RequestLimits {
  /** Of one client address, and of one `app` account. */
  readonly perMinute: number;
  /** Of one other handbook account, from wherever. */
  readonly perAccountPerMinute: number;
  readonly logInsPerMinute: number;
}

export const DEFAULT_LIMITS: RequestLimits = {
  perMinute: 6_000,
  perAccountPerMinute: 1_200,
  logInsPerMinute: 20,
};

export interface Readiness {
  readonly name: string;
  readonly ok: boolean;
  /** For the log and the operators; never answered to the open. */
  readonly detail: string;
}

/** What an operator may see of a note: mapped items, and only while it is released. */
export type LiveNote =
  | {
      readonly kind: 'note';
      readonly unid: Unid;
      readonly form: string;
      readonly created: string;
      readonly modified: string;
      readonly items: Items;
    }
  | { readonly kind: 'withheld' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'missing' };

export interface JobsOverview {
  readonly queues: readonly {
    readonly name: string;
    readonly waiting: number;
    readonly active: number;
    readonly delayed: number;
    readonly completed: number;
    readonly failed: number;
  }[];
  /** Newest first. */
  readonly recent: readonly {
    readonly id: string;
    readonly queue: string;
    readonly name: string;
    readonly linkId: string | null;
    readonly state: 'waiting' | 'active' | 'delayed' | 'completed' | 'failed';
    /** Instants (ISO); null = not yet. */
    readonly startedAt: string | null;
    readonly finishedAt: string | null;
    readonly attempts: number;
    /** Stable code of the failure, never its text. */
    readonly failureCode: string | null;
  }[];
}
