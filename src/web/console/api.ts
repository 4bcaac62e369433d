import { signal } from '@preact/signals';

const OPS = '/api/ops/v1';

/** A refused request, in the server's own code and words. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    code: string,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}

export interface Me {
  readonly name: string;
  readonly role: 'operator' | 'releaser' | 'auditor';
  readonly fourEyes: boolean;
  readonly forms: readonly {
    readonly form: string;
    readonly entity: string;
    readonly title: { readonly vi: string; readonly en: string };
    readonly items: Readonly<Record<string, string>>;
  }[];
}

/** Null until it is known. */
export const me = signal<Me | null>(null);
let csrf: string | null = null;

/** Who is signed in; goes to the sign-in page when nobody is. */
export async function loadSession(): Promise<void> {
  const session = await send<{ csrfToken?: string | null }>('/api/session', {});
  csrf = session.csrfToken ?? null;
  me.value = await get<Me>('/me');
}

export async function signOut(): Promise<void> {
  await fetch('/api/session', { method: 'DELETE', headers: changing() });
  signIn();
}

/** Paths below the operations API. */
export function get<T>(path: string, abort?: AbortSignal): Promise<T> {
  return send<T>(`${OPS}${path}`, abort === undefined ? {} : { signal: abort });
}

export function addressOf(path: string): string {
  return `${OPS}${path}`;
}

export interface Progress {
  readonly phase: string;
  readonly done: number;
  readonly estimated: number | null;
}

/** Asks for an operation; tells its progress line by line. Throws {@link ApiError} with the operation's own code. */
export async function run<T>(
  operation: string,
  args: object,
  options: { readonly onProgress?: (step: Progress) => void; readonly signal?: AbortSignal } = {},
): Promise<T> {
  const answer = await fetch(`${OPS}/operations/${operation}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...changing() },
    body: JSON.stringify(args),
    ...(options.signal && { signal: options.signal }),
  });
  if (!answer.ok || answer.body === null) throw await refusal(answer);
  let rest = '';
  for await (const part of textOf(answer.body)) {
    const lines = (rest + part).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const said = JSON.parse(line) as Line<T>;
      if (said.progress) options.onProgress?.(said.progress);
      else if (said.error) throw new ApiError(200, said.error.code, said.error.message, said.error.details);
      else return said.result as T;
    }
  }
  throw new ApiError(0, 'unavailable', 'The answer broke off');
}

interface Line<T> {
  readonly progress?: Progress;
  readonly result?: T;
  readonly error?: {
    readonly code: string;
    readonly message: string;
    readonly details: Readonly<Record<string, unknown>>;
  };
}

async function* textOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function send<T>(url: string, init: RequestInit): Promise<T> {
  const answer = await fetch(url, { ...init, headers: { accept: 'application/json' } });
  if (!answer.ok) throw await refusal(answer);
  return (await answer.json()) as T;
}

async function refusal(answer: Response): Promise<ApiError> {
  if (answer.status === 401) signIn();
  const body = (await answer.json().catch(() => ({}))) as {
    readonly code?: string;
    readonly title?: string;
    readonly detail?: string;
  };
  return new ApiError(answer.status, body.code ?? 'internal', body.detail ?? body.title ?? answer.statusText);
}

function changing(): Record<string, string> {
  return csrf === null ? {} : { 'x-csrf-token': csrf };
}

function signIn(): void {
  const here = location.pathname + location.search;
  location.assign(`/sign-in?to=${encodeURIComponent(here)}`);
}
