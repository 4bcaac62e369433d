import { Pool } from 'undici';
import type { OutsideRole } from '../../connectors/accounts/port.ts';
import { type ComposedBridge, newLocalToken } from '../compose.ts';

const CONNECTIONS = 16;
const WARM_UP_MS = 500;

export interface Loaded {
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p99: number;
}

export interface Asking {
  readonly path: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly answered?: (text: string) => void;
}

export interface Target {
  readonly origin: string;
  readonly headers: Readonly<Record<string, string>>;
  signIn(role: OutsideRole, who: { readonly memberKey?: string }): Promise<Target['headers']>;
  close(): Promise<void>;
}

/** The bridge's own HTTP application on loopback, without limits of requests. */
export async function openTarget(composed: ComposedBridge): Promise<Target> {
  const limits = { perMinute: 1e9, perAccountPerMinute: 1e9, logInsPerMinute: 1e9 };
  const app = composed.buildApp(null, newLocalToken(), limits);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    origin,
    headers: {},
    async signIn(role, { memberKey }) {
      const create = composed.operations.find(({ name }) => name === 'account-create');
      const name = `bench-${role}`;
      const args = { role, name, ...(memberKey === undefined ? {} : { memberKey }) };
      const context = { by: 'bench', signal: new AbortController().signal, progress: () => undefined };
      const made = (await create?.run(args, context)) as { readonly password: string };
      const answer = await fetch(`${origin}/api/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ zone: 'outside', name, password: made.password }),
      });
      if (answer.status !== 201) throw new Error(`signing in answered ${answer.status}`);
      const { token } = (await answer.json()) as { readonly token: string };
      return { authorization: `Bearer ${token}` };
    },
    close: () => app.close(),
  };
}

/** As many requests as sixteen clients get answered, each asking again at once. Any answer but 200 ends the bench. */
export async function load(origin: string, seconds: number, next: () => Asking): Promise<Loaded> {
  const pool = new Pool(origin, { connections: CONNECTIONS });
  try {
    const began = performance.now();
    const from = began + WARM_UP_MS;
    const until = from + seconds * 1_000;
    const times: number[] = [];
    const client = async () => {
      while (performance.now() < until) {
        const started = performance.now();
        await ask(pool, next());
        if (started >= from) times.push(performance.now() - started);
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, client));
    return { perSecond: times.length / ((performance.now() - from) / 1_000), p99: percentile(times, 0.99) };
  } finally {
    await pool.close();
  }
}

export async function ask(pool: Pool, { answered, ...asking }: Asking): Promise<string> {
  const { statusCode, body } = await pool.request({ method: 'GET', ...asking });
  const text = await body.text();
  if (statusCode !== 200) throw new Error(`${asking.path} answered ${statusCode}: ${text.slice(0, 300)}`);
  answered?.(text);
  return text;
}

/** The version in the answer to the only mutation of a request; anything but `applied` ends the bench. */
export function appliedVersion(text: string): number {
  const { results } = JSON.parse(text) as {
    readonly results: readonly { readonly kind: string; readonly version: number }[];
  };
  if (results[0]?.kind !== 'applied') throw new Error(`a mutation was answered ${text}`);
  return results[0].version;
}

export function percentile(times: number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
