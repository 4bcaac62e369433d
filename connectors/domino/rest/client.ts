import type { Readable } from 'node:stream';
import type { z } from 'zod';
import { DominoError } from '../port.ts';
import type { Deed } from '../wire/failure.ts';
import type { Call, SendWire } from '../wire/server-guard.ts';
import { apiUrl } from './api-path.ts';
import { HttpRefusal } from './errors.ts';
import type { HttpAnswer, HttpRequest, HttpTransport, StreamedBody } from './http.ts';
import { arrayElements, BrokenBody } from './json-array.ts';
import type { TokenSource } from './token-source.ts';

/** Schemas and specifications are the largest answers that are read whole. */
const MAX_WHOLE_BYTES = 32 * 1024 * 1024;

export interface RestRequest {
  readonly method: HttpRequest['method'];
  /** Below the root, unencoded. */
  readonly parts: readonly string[];
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: object;
  /** Sent as it is, instead of a JSON body. */
  readonly upload?: StreamedBody;
  /** Default: `/api/v1` of the server. */
  readonly root?: URL;
}

export interface RestClientOptions {
  readonly transport: HttpTransport;
  /** `https://host:8880/api/v1`. */
  readonly apiRoot: URL;
  readonly tokens: TokenSource;
  readonly send: SendWire;
}

/**
 * Requests to one server, signed in and guarded, each answer checked. Rejects with `WireFailure` (the server said no, or nothing) or
 * `DominoError` (not asked, or an answer that the schema does not allow: `protocol` for reads, `outcome-unknown` for writes).
 */
export class RestClient {
  readonly #options: RestClientOptions;

  constructor(options: RestClientOptions) {
    this.#options = options;
  }

  get host(): string {
    return this.#options.apiRoot.host;
  }

  /** A whole JSON answer. */
  async json<T>(
    deed: Deed,
    action: string,
    call: Call,
    request: RestRequest,
    schema: z.ZodType<T>,
  ): Promise<T> {
    return this.#ask(deed, action, call, request, async (answer) => {
      const parsed = schema.safeParse(await wholeJson(answer, action));
      if (parsed.success) return parsed.data;
      throw malformed(deed, action);
    });
  }

  /** The elements of a list, judged one by one by `take`; called again from the first one when the answer breaks off and is asked for anew. */
  async list<T>(
    deed: Deed,
    action: string,
    call: Call,
    request: RestRequest,
    begin: () => { readonly take: (element: unknown) => void; readonly end: () => T },
  ): Promise<T> {
    return this.#ask(deed, action, call, request, async (answer) => {
      const { take, end } = begin();
      for await (const element of arrayElements(answer.body)) take(element);
      return end();
    });
  }

  /** The body of a content; only its opening is bounded by the time of the call. */
  async open(action: string, call: Call, request: RestRequest, signal: AbortSignal): Promise<HttpAnswer> {
    return this.#ask('read', action, call, request, (answer) => Promise.resolve(answer), signal);
  }

  async #ask<T>(
    deed: Deed,
    action: string,
    call: Call,
    request: RestRequest,
    read: (answer: HttpAnswer) => Promise<T>,
    bodySignal?: AbortSignal,
  ): Promise<T> {
    return this.#options.send(deed, action, call, async (signal) => {
      // A body that outlives its call must not be ended with it.
      const answer = await this.#signedIn(request, bodySignal ?? signal);
      if (answer.status >= 200 && answer.status < 300) return read(answer);
      throw new HttpRefusal(answer.status, await refusalBody(answer, action));
    });
  }

  /** A 401 means that the server restarted (its key changes) or that the token ended early: one new login, one more try. */
  async #signedIn(request: RestRequest, signal: AbortSignal): Promise<HttpAnswer> {
    const { tokens } = this.#options;
    const bearer = await tokens.bearer();
    const answer = await this.#send(request, bearer, signal);
    if (answer.status !== 401) return answer;
    answer.body.resume();
    tokens.discard(bearer);
    const fresh = await tokens.bearer();
    const second = await this.#send(request, fresh, signal);
    if (second.status === 401) tokens.distrust(fresh);
    return second;
  }

  async #send(request: RestRequest, bearer: string, signal: AbortSignal): Promise<HttpAnswer> {
    const { transport, apiRoot } = this.#options;
    const { method, parts, query = {}, body, upload, root = apiRoot } = request;
    return transport.send(
      {
        method,
        url: apiUrl(root, parts, query),
        headers: {
          accept: 'application/json',
          authorization: `Bearer ${bearer}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(upload !== undefined
          ? { body: upload }
          : body === undefined
            ? {}
            : { body: JSON.stringify(body) }),
      },
      signal,
    );
  }
}

async function wholeJson(answer: HttpAnswer, action: string): Promise<unknown> {
  const text = await wholeText(answer.body, action);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new BrokenBody('the answer broke off or is no JSON', { cause });
  }
}

async function wholeText(body: Readable, action: string): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of body) {
    const bytes = part as Buffer;
    size += bytes.byteLength;
    if (size > MAX_WHOLE_BYTES)
      throw new DominoError('protocol', `${action}: the answer is larger than 32 MB`);
    parts.push(bytes);
  }
  return Buffer.concat(parts).toString('utf8');
}

/** A refusal without a body that can be read is still a refusal. */
async function refusalBody(answer: HttpAnswer, action: string): Promise<unknown> {
  try {
    return await wholeJson(answer, action);
  } catch {
    return null;
  }
}

function malformed(deed: Deed, action: string): DominoError {
  return new DominoError(
    deed === 'write' ? 'outcome-unknown' : 'protocol',
    `${action}: the answer has a shape that is not known`,
  );
}
