import { z } from 'zod';
import { type Deed, type Failure, type FailureKind, safeDetail } from '../wire/failure.ts';

/** On the wire `{status, message, errorId, details?}`; the published ErrorMessage lacks `errorId`, an older body says `statusCode`. */
const errorBody = z.looseObject({
  status: z.union([z.number(), z.string()]).optional(),
  statusCode: z.number().optional(),
  message: z.string().default(''),
  errorId: z.number().optional(),
  details: z.string().nullish(),
});

/** An answer that is no success, or an entry of a list that is an error. */
export class HttpRefusal extends Error {
  readonly status: number;
  readonly errorId: number | null;
  readonly details: string | null;

  constructor(status: number, body: unknown) {
    const parsed = errorBody.safeParse(body).data;
    super(parsed?.message ?? '');
    this.status = status;
    this.errorId = parsed?.errorId ?? null;
    this.details = parsed?.details ?? null;
  }
}

/** Null for an entry that is a document. */
export function refusalOfEntry(entry: unknown): HttpRefusal | null {
  const parsed = errorBody.safeParse(entry).data;
  const status = parsed?.statusCode ?? parsed?.status;
  if (typeof status !== 'number' || status < 400 || parsed?.['@meta'] !== undefined) return null;
  return new HttpRefusal(status, entry);
}

const NOTHING_SENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|CERT|self.signed|ERR_TLS/i;
const SCAN_LIMIT =
  /(exceed|limit|maximum).*(scan|entries|documents|millisec|time)|(scan|entries|documents|time).*(exceed|limit)/i;
const NO_DOCUMENT = 1029;

/**
 * What a rejection of a call means. What the server does with a stale revision is not published: such a refusal is judged by reading the
 * note again, in note-writing.ts.
 */
export function classify(cause: unknown, deed: Deed): Failure {
  if (cause instanceof HttpRefusal) {
    const named = `the server answered ${cause.status}${cause.errorId ? ` (error ${cause.errorId})` : ''}`;
    return { kind: kindOfRefusal(cause, deed), detail: safeDetail(named, cause.message) };
  }
  const code = textOf(cause, 'code') || textOf(causeOf(cause), 'code');
  const message = textOf(cause, 'message');
  const kind = NOTHING_SENT.test(`${code} ${message}`) ? 'not-sent' : 'no-answer';
  return { kind, detail: safeDetail(code === '' ? 'the connection was lost' : code, '') };
}

function kindOfRefusal({ status, message, errorId }: HttpRefusal, deed: Deed): FailureKind {
  if (deed === 'query' && SCAN_LIMIT.test(message)) return 'scan-limit';
  switch (status) {
    case 401:
    case 403:
      return 'not-authorized';
    case 404:
      return errorId === NO_DOCUMENT && deed !== 'query' ? 'note-missing' : 'not-found';
    case 409:
    case 412:
      return 'precondition-failed';
    case 413:
      return 'rejected';
    case 408:
    case 502:
    case 504:
      return 'no-answer';
    case 429:
      return 'busy';
    case 503:
      // Said by the server before it began, or by a proxy that had already passed the request on.
      return deed === 'write' ? 'no-answer' : 'busy';
    default:
      if (status >= 500) return deed === 'write' ? 'no-answer' : 'busy';
      return deed === 'write' ? 'rejected' : 'bad-request';
  }
}

function causeOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'cause' in value ? value.cause : undefined;
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'string' ? found : '';
}
