import { setTimeout as sleep } from 'node:timers/promises';
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './handbook-api.generated.ts';
import { patientFetch, type Patience } from './patient-fetch.ts';

type Json<Route extends keyof paths, Method extends 'get' | 'post'> = paths[Route] extends {
  readonly [M in Method]: {
    readonly responses: { readonly 200: { readonly content: { readonly 'application/json': infer Body } } };
  };
}
  ? Body
  : never;

type FeedPage = Json<'/api/handbook/v1/changes', 'get'>;
type MutationsBody =
  paths['/api/handbook/v1/mutations']['post']['requestBody']['content']['application/json'];

export type FeedChange = FeedPage['changes'][number];
export type MutationResult = Json<'/api/handbook/v1/mutations', 'post'>['results'][number];
export type MutationDraft = MutationsBody['mutations'][number];

export interface ClientOptions extends Partial<Patience> {
  /** Sent with every mutation: one for each installation, kept for good. */
  readonly clientId: string;
  /** For an `app` account: the member that it acts for. */
  readonly actingFor?: string;
}

export type FeedStep =
  /** Apply the changes and keep the cursor in one transaction. `complete`: nothing more can be had at the moment. */
  | {
      readonly kind: 'changes';
      readonly changes: readonly FeedChange[];
      readonly cursor: string;
      readonly complete: boolean;
    }
  /** Forget every record; all that may be seen now follows from the beginning. */
  | { readonly kind: 'reset'; readonly reason: 'restored' | 'rights' };

const BATCH = 100;

/** The handbook API with types, and its two habits made easy: following the feed, and sending mutations until they are answered. */
export class HandbookClient {
  /** Every route with its types; what is refused or fails for good is thrown. */
  readonly api: Client<paths>;
  readonly #clientId: string;
  readonly #sleep: Patience['sleep'];

  constructor(url: string, token: string, options: ClientOptions) {
    this.#clientId = options.clientId;
    this.#sleep = options.sleep ?? pause;
    this.api = createClient<paths>({
      baseUrl: url,
      headers: {
        authorization: `Bearer ${token}`,
        ...(options.actingFor !== undefined && { 'x-acting-for': encodeURIComponent(options.actingFor) }),
      },
      fetch: patient(options),
    });
  }

  /** Fails with `HandbookProblem` `bad-credentials`. */
  static async signIn(
    url: string,
    who: { readonly name: string; readonly password: string },
    options: ClientOptions,
  ): Promise<HandbookClient> {
    const { data } = await createClient<paths>({ baseUrl: url, fetch: patient(options) }).POST(
      '/api/session',
      {
        body: { zone: 'outside', ...who },
      },
    );
    if (data === undefined) throw new Error('No session was answered.');
    return new HandbookClient(url, data.token, options);
  }

  /**
   * What changed since the cursor (null: all there is), then what changes, until the signal aborts or the reader breaks off. Records may come more than once: the
   * newest version wins. Fails with `HandbookProblem` `inactive` (erase what was kept) and `unauthenticated` (sign in again and go on from the last cursor).
   */
  async *follow(since: string | null, signal?: AbortSignal): AsyncGenerator<FeedStep, void> {
    let cursor = since;
    let complete = false;
    for (;;) {
      const page: FeedPage | null = await this.#page(cursor, complete ? 30 : 0, signal);
      if (page === null) return;
      if (page.epochChanged || page.cursor === null) {
        cursor = null;
        complete = false;
        yield { kind: 'reset', reason: page.reason ?? 'restored' };
        continue;
      }
      const news = page.changes.length > 0 || complete === page.more;
      complete = !page.more;
      cursor = page.cursor;
      if (news) yield { kind: 'changes', changes: page.changes, cursor: page.cursor, complete };
    }
  }

  /** One result for each mutation, in order. Mutations whose outcome is not known are sent again with the ids that they have. */
  async send(mutations: readonly MutationDraft[], signal?: AbortSignal): Promise<readonly MutationResult[]> {
    const results: MutationResult[] = [];
    for (let wait = 1_000; results.length < mutations.length; ) {
      const batch = mutations.slice(results.length, results.length + BATCH);
      const { data } = await this.api.POST('/api/handbook/v1/mutations', {
        body: { clientId: this.#clientId, mutations: [...batch] },
        ...(signal !== undefined && { signal }),
      });
      const answered = data?.results ?? [];
      const unknown = answered.findIndex(({ kind }) => kind === 'failed');
      results.push(...(unknown < 0 ? answered : answered.slice(0, unknown)));
      if (unknown < 0 && answered.length === batch.length) continue;
      // Those behind it may build on it: they are sent again too, and answered as before.
      await this.#sleep(wait, signal ?? new AbortController().signal);
      wait = Math.min(wait * 2, 30_000);
    }
    return results;
  }

  /** The token is worth nothing afterwards. */
  async signOut(): Promise<void> {
    await this.api.DELETE('/api/session');
  }

  /** Null when the signal aborted. */
  async #page(since: string | null, wait: number, signal: AbortSignal | undefined): Promise<FeedPage | null> {
    if (isOver(signal)) return null;
    try {
      const { data } = await this.api.GET('/api/handbook/v1/changes', {
        params: { query: { limit: 500, wait, ...(since !== null && { since }) } },
        ...(signal !== undefined && { signal }),
      });
      if (data === undefined) throw new Error('The feed answered nothing.');
      return data;
    } catch (error) {
      if (isOver(signal)) return null;
      throw error;
    }
  }
}

/** A call, since a signal is aborted by others while somebody waits. */
function isOver(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

function patient(options: Partial<Patience>): (request: Request) => Promise<Response> {
  return patientFetch({ fetch, sleep: pause, attempts: 8, ...options });
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal });
}
