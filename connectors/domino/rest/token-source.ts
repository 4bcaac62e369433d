import { DominoError } from '../port.ts';

export interface Grant {
  readonly bearer: string;
  /** How long it is good for, as its issuer says. */
  readonly seconds: number;
}

export interface TokenSourceOptions {
  /** Signs in, or exchanges `previous` for a new token. Rejects with `not-authorized` when the credentials are refused. */
  readonly obtain: (previous: Grant | null) => Promise<Grant>;
  /** After refused credentials nobody signs in for this long: five bad logins lock the account for an hour. */
  readonly pauseMs: number;
  /** Monotonic. */
  readonly now: () => number;
}

/** A token is renewed when this share of its life has passed. */
const RENEW_AT = 0.8;
const DISTRUST_MS = 60_000;

/**
 * The one token that all calls of an identity on a server share: however many wait, one signs in. A 401 makes it sign in anew once for
 * each token; refused credentials are remembered, so that a link that is asked every few seconds never locks its account.
 */
export class TokenSource {
  readonly #options: TokenSourceOptions;
  #held: { readonly grant: Grant; readonly renewAt: number; readonly endsAt: number } | null = null;
  #pending: Promise<string> | null = null;
  #refused: { readonly until: number; readonly error: DominoError } | null = null;

  constructor(options: TokenSourceOptions) {
    this.#options = options;
  }

  async bearer(): Promise<string> {
    const now = this.#options.now();
    if (this.#held !== null && now < this.#held.renewAt) return this.#held.grant.bearer;
    this.#pending ??= this.#obtain().finally(() => {
      this.#pending = null;
    });
    return this.#pending;
  }

  /** The server refused this token: it restarted, or somebody took the token back. Another token that came meanwhile stays. */
  discard(bearer: string): void {
    if (this.#held?.grant.bearer === bearer) this.#held = null;
  }

  /** The server refused a token that was made just now: signing in again would not help, and would hammer its login. */
  distrust(bearer: string): void {
    this.discard(bearer);
    this.#refused = {
      until: this.#options.now() + DISTRUST_MS,
      error: new DominoError(
        'not-authorized',
        'The server refuses the token that its own login gave out: look at its scopes and its clock',
      ),
    };
  }

  async #obtain(): Promise<string> {
    const { obtain, pauseMs, now } = this.#options;
    if (this.#refused !== null && now() < this.#refused.until) throw this.#refused.error;
    const previous = this.#held;
    try {
      const grant = await obtain(previous?.grant ?? null);
      const life = Math.max(1, grant.seconds) * 1000;
      this.#held = { grant, renewAt: now() + life * RENEW_AT, endsAt: now() + life };
      this.#refused = null;
      return grant.bearer;
    } catch (cause) {
      if (cause instanceof DominoError && cause.code === 'not-authorized') {
        const minutes = Math.round(pauseMs / 60_000);
        const message = `${cause.message}; no other login is tried for ${minutes} min, because five bad ones lock the account. Mend the credentials and restart`;
        this.#refused = { until: now() + pauseMs, error: new DominoError('not-authorized', message) };
        throw this.#refused.error;
      }
      // A token that is still good is better than none while its issuer is away.
      if (previous !== null && now() < previous.endsAt) return previous.grant.bearer;
      throw cause;
    }
  }
}
