import {
  BrokenCircuitError,
  BulkheadRejectedError,
  ConsecutiveBreaker,
  ExponentialBackoff,
  TaskCancelledError,
  TimeoutStrategy,
  bulkhead,
  circuitBreaker,
  handleWhen,
  retry,
  timeout,
} from 'cockatiel';
import { DominoError } from '../port.ts';
import { type Deed, type Failure, dominoErrorOf } from './failure.ts';
import type { ServerLimits } from './limits.ts';

/** One port call: every wire call that it makes shares its end. */
export interface Call {
  readonly signal: AbortSignal | undefined;
  /** On the monotonic clock, `performance.now()`. */
  readonly deadline: number;
}

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

/** `send` gets a signal that aborts when the call's time is over or its caller gives up; a way in that cannot cancel leaves it alone. */
export type SendWire = <T>(
  deed: Deed,
  action: string,
  call: Call,
  send: (signal: AbortSignal) => PromiseLike<T>,
) => Promise<T>;

/** What the rejection of a wire call means. */
export type Classify = (cause: unknown, deed: Deed) => Failure;

/** A wire call that failed, before it is put in the port's words. */
export class WireFailure extends Error {
  readonly failure: Failure;
  readonly deed: Deed;

  /** `cause`: what the way in rejected with. */
  constructor(failure: Failure, deed: Deed, cause?: unknown) {
    super(failure.detail, { cause });
    this.failure = failure;
    this.deed = deed;
  }
}

/** How long an open circuit stays open; `next` is asked when the trial after it failed. */
interface Pause {
  readonly duration: number;
  next(): Pause;
}

const TIMED_OUT: Failure = { kind: 'no-answer', detail: 'no answer in time' };

/**
 * Guards one server: bounded concurrency, a time-out on each call, retries of reads, and a circuit that opens when the server stops
 * answering. A call given up here may still take effect there: a write then is `outcome-unknown`. Rejects with {@link WireFailure} for answers of the server and {@link DominoError} for everything else.
 */
export function createServerGuard(
  server: string,
  limits: Omit<ServerLimits, 'readMs' | 'writeMs' | 'streamIdleMs'>,
  clock: Clock,
  classify: Classify,
): SendWire {
  let triedAgainAt = clock.now();
  const pause = (durationMs: number): Pause => {
    triedAgainAt = clock.now() + durationMs;
    return { duration: durationMs, next: () => pause(Math.min(durationMs * 2, limits.lastPauseMs)) };
  };
  const circuit = circuitBreaker(
    handleWhen((error) => error instanceof WireFailure && isSilence(error.failure)),
    {
      breaker: new ConsecutiveBreaker(limits.breakAfter),
      halfOpenAfter: { next: () => pause(limits.firstPauseMs) },
    },
  );
  const lanes = bulkhead(limits.concurrency, limits.queue);
  const repeat = retry(
    handleWhen((error) => error instanceof WireFailure && isWorthRepeating(error.failure)),
    {
      maxAttempts: limits.readRetries,
      backoff: new ExponentialBackoff({
        initialDelay: limits.firstRetryDelayMs,
        maxDelay: limits.lastRetryDelayMs,
      }),
    },
  );

  return async (deed, action, call, send) => {
    let sent = false;
    const restMs = (): number => {
      if (call.signal?.aborted === true) throw cancelled(action, deed, sent, call.signal);
      const rest = call.deadline - performance.now();
      if (rest <= 0) throw tooLate(action, deed, sent);
      return rest;
    };
    const once = async () =>
      lanes.execute(async () => {
        restMs();
        return circuit.execute(async () => {
          // Asked again: a call waits here while another one tries a circuit that was open.
          const rest = restMs();
          sent = true;
          return sendInTime(deed, send, rest, call.signal, classify);
        });
      });
    const work = deed === 'write' ? once() : repeat.execute(once);
    try {
      return await untilOver(work, call, {
        aborted: () => cancelled(action, deed, sent, call.signal),
        late: () => tooLate(action, deed, sent),
      });
    } catch (cause) {
      if (cause instanceof WireFailure || cause instanceof DominoError) throw cause;
      if (cause instanceof BrokenCircuitError) {
        const when = new Date(triedAgainAt).toISOString();
        throw new DominoError(
          'unreachable',
          `${action}: ${server} stopped answering; it is tried again at ${when}`,
        );
      }
      if (cause instanceof BulkheadRejectedError)
        throw new DominoError('busy', `${action}: ${limits.queue} calls already wait for ${server}`);
      throw cause;
    }
  };
}

async function sendInTime<T>(
  deed: Deed,
  send: (signal: AbortSignal) => PromiseLike<T>,
  restMs: number,
  given: AbortSignal | undefined,
  classify: Classify,
): Promise<T> {
  try {
    return await timeout(restMs, TimeoutStrategy.Aggressive).execute(async ({ signal }) =>
      send(given === undefined ? signal : AbortSignal.any([signal, given])),
    );
  } catch (cause) {
    if (cause instanceof TaskCancelledError) throw new WireFailure(TIMED_OUT, deed);
    if (cause instanceof DominoError || cause instanceof WireFailure) throw cause;
    throw new WireFailure(classify(cause, deed), deed, cause);
  }
}

/** The port's error for whatever a guarded call rejected with. */
export function portErrorOf(cause: unknown, action: string): unknown {
  if (!(cause instanceof WireFailure)) return cause;
  const { failure, deed } = cause;
  if (failure === TIMED_OUT && deed !== 'write')
    return new DominoError('busy', `${action}: ${failure.detail}`);
  return dominoErrorOf(failure, deed, action);
}

const isSilence = (failure: Failure): boolean => failure.kind === 'no-answer' || failure.kind === 'not-sent';

/** A read that timed out is not repeated: its time is used up, and a slow server is not helped by a second question. */
const isWorthRepeating = (failure: Failure): boolean =>
  failure !== TIMED_OUT && (isSilence(failure) || failure.kind === 'busy');

function cancelled(action: string, deed: Deed, sent: boolean, signal: AbortSignal | undefined): DominoError {
  const cause = signal?.reason;
  return deed === 'write' && sent
    ? new DominoError('outcome-unknown', `${action}: cancelled after it was sent`, { cause })
    : new DominoError('busy', `${action}: cancelled`, { cause });
}

function tooLate(action: string, deed: Deed, sent: boolean): DominoError {
  return deed === 'write' && sent
    ? new DominoError('outcome-unknown', `${action}: ${TIMED_OUT.detail}`)
    : new DominoError(
        'busy',
        `${action}: its time was over ${sent ? 'before an answer came' : 'before it was sent'}`,
      );
}

/** Rejects as soon as the caller gives up or its time is over, wherever the call is waiting. */
async function untilOver<T>(
  work: Promise<T>,
  call: Call,
  reasons: { readonly aborted: () => DominoError; readonly late: () => DominoError },
): Promise<T> {
  const { signal, deadline } = call;
  const over = Promise.withResolvers<never>();
  const abort = () => over.reject(reasons.aborted());
  // The call's own timer ends first where it was sent; its failure counts against the server.
  const timer = setTimeout(
    () => over.reject(reasons.late()),
    Math.max(0, deadline - performance.now()) + GRACE_MS,
  );
  if (signal?.aborted === true) abort();
  else signal?.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([over.promise, work]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
    // Whichever promise lost may still reject, with nobody left to hear it.
    void Promise.allSettled([work]);
  }
}

const GRACE_MS = 10;
