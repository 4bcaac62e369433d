import { z } from 'zod';

/** Stable codes of refused requests; clients decide by them, never by the words. */
export const PROBLEMS = {
  'bad-request': [400, 'The request cannot be understood'],
  'bad-json': [400, 'The body is not JSON'],
  'bad-encoding': [400, 'The body is not UTF-8'],
  'bad-url': [400, 'The address is not well-formed'],
  'bad-cursor': [400, 'The cursor is not one of ours: start again without it'],
  validation: [400, 'The request does not match the schema'],
  unauthenticated: [401, 'A valid bearer token or session cookie is needed'],
  'bad-credentials': [
    401,
    'The name or the password is wrong, or the account rests after too many bad attempts',
  ],
  csrf: [403, 'Beside a cookie this needs X-CSRF-Token: the token that GET /api/session answers'],
  forbidden: [403, 'This account may not do this'],
  inactive: [403, 'The person is not active here: erase what was kept of the handbook'],
  'not-found': [404, 'There is nothing here that this account may see'],
  'note-withheld': [404, 'The note is not released'],
  'note-unreadable': [404, 'The note is hidden from the bridge by its Readers'],
  'note-missing': [404, 'The note cannot be found'],
  'method-not-allowed': [405, 'This address does not take this method'],
  refused: [409, 'A rule forbids this now'],
  'needs-approval': [409, 'A person must approve a preview first'],
  'upload-offset': [409, 'The upload goes on somewhere else, or has ended: ask by HEAD'],
  'refused-file': [422, 'The file is not taken; detail says why'],
  'range-not-satisfiable': [416, 'The range lies behind the end'],
  'too-large': [413, 'The body is larger than is taken here'],
  'unsupported-media-type': [415, 'Send the body as application/json'],
  'rate-limited': [429, 'Too many requests'],
  internal: [500, 'Something failed here; the log has the request id'],
  unavailable: [503, 'Something that this needs is not reachable; try again later'],
  busy: [503, 'Somebody else is at it; try again later'],
  'not-ready': [503, 'Not ready'],
} as const satisfies Record<string, readonly [status: number, title: string]>;

export type ProblemCode = keyof typeof PROBLEMS;

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    requestId: z.string(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    failing: z.array(z.string()).optional(),
  })
  .describe('RFC 9457 problem');

export type ProblemBody = z.infer<typeof problemSchema>;

/** Words of our own beside the title; never values from the request or from records. */
export type ProblemExtras = Partial<Pick<ProblemBody, 'detail' | 'errors' | 'failing'>>;

/** Thrown by routes to refuse a request. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;

  constructor(code: ProblemCode, extras: ProblemExtras = {}) {
    super(code);
    this.code = code;
    this.extras = extras;
  }
}

export function problemBody(code: ProblemCode, requestId: string, extras: ProblemExtras = {}): ProblemBody {
  const [status, title] = PROBLEMS[code];
  return { type: 'about:blank', title, status, code, requestId, ...extras };
}
