import { isPassing, problemIn } from './handbook-problem.ts';

export interface Patience {
  readonly fetch: (request: Request) => Promise<Response>;
  /** Milliseconds; rejects when the signal aborts. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How often one request is sent at most before its failure is thrown. */
  readonly attempts: number;
}

const FIRST_MS = 500;
const MOST_MS = 30_000;

/**
 * Sends a request again, later and later, when the network fails, the server is busy or asks to wait. Only for what may be sent twice: every
 * GET, and mutations with their ids. What will not go through is thrown as a `HandbookProblem`.
 */
export function patientFetch({ fetch, sleep, attempts }: Patience): (request: Request) => Promise<Response> {
  return async (request) => {
    for (let attempt = 1; ; attempt += 1) {
      let wait = Math.min(FIRST_MS * 2 ** (attempt - 1), MOST_MS);
      try {
        const answer = await fetch(request.clone());
        const problem = await problemIn(answer);
        if (problem === null) return answer;
        if (!isPassing(answer.status) || attempt >= attempts) throw problem;
        wait = Math.max(wait, secondsIn(answer.headers.get('retry-after')) * 1_000);
      } catch (error) {
        // fetch fails with a TypeError when the network does.
        if (!(error instanceof TypeError) || request.signal.aborted || attempt >= attempts) throw error;
      }
      await sleep(wait, request.signal);
    }
  };
}

function secondsIn(header: string | null): number {
  const seconds = Number(header ?? 0);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 3_600) : 0;
}
