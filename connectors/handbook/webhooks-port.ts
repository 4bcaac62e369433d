/**
 * Port: where the feed is sent to, how far it got there, and what failed. Times are milliseconds since 1970. Everything is durable when it returns;
 * every failure is a `HandbookError`.
 */
export interface Webhooks {
  create(webhook: NewWebhook): Promise<void>;

  /** Oldest first. */
  list(): Promise<readonly Webhook[]>;

  find(id: string): Promise<Webhook | null>;

  /** Active ones that nobody delivers at the moment. `place` differs once an operator or a delivery moved it. */
  due(now: number): Promise<readonly { readonly id: string; readonly place: string }[]>;

  /** For one deliverer alone until the lease ends; null: not active, not there, or somebody else has it. */
  claim(id: string, now: number, leaseMs: number): Promise<ClaimedWebhook | null>;

  /** Goes on from `cursor`; false when the lease was lost or an operator moved the place meanwhile: nothing is changed then. `delivered` = something was sent. */
  advance(
    claimed: ClaimedWebhook,
    to: { readonly cursor: string | null; readonly delivered: boolean; readonly now: number },
  ): Promise<boolean>;

  /** One failure more; dead once there are `deadAfter` in a row. False when the lease was lost. */
  fail(
    claimed: ClaimedWebhook,
    failure: { readonly code: string; readonly now: number; readonly deadAfter: number },
  ): Promise<boolean>;

  /** Repeatable. */
  release(claimed: ClaimedWebhook): Promise<void>;

  /** False: there is none. `active` also forgets failures. */
  setState(id: string, state: 'active' | 'paused'): Promise<boolean>;

  setKeys(id: string, keys: readonly SigningKey[]): Promise<boolean>;

  /** Sends again what came after `cursor`, null = everything. */
  replay(id: string, cursor: string | null): Promise<boolean>;

  remove(id: string): Promise<boolean>;
}

export interface NewWebhook {
  readonly id: string;
  /** The `app` account whose rights it has. */
  readonly accountId: string;
  readonly url: string;
  /** Null = all. */
  readonly entities: readonly string[] | null;
  /** `ids`: which records, not what they say. */
  readonly content: 'records' | 'ids';
  readonly keys: readonly SigningKey[];
  readonly createdAt: number;
  readonly createdBy: string;
}

export interface SigningKey {
  /** 32 random bytes, base64. */
  readonly secret: string;
  /** After it nothing is signed with this key; null = the current one. */
  readonly until: number | null;
}

export interface Webhook extends NewWebhook {
  readonly cursor: string | null;
  /** How often it was told to send again. */
  readonly replays: number;
  readonly state: 'active' | 'paused' | 'dead';
  /** In a row. */
  readonly failures: number;
  readonly failedAt: number | null;
  readonly failure: string | null;
  readonly deliveries: number;
  readonly deliveredAt: number | null;
}

export interface ClaimedWebhook extends Webhook {
  readonly lease: string;
}
