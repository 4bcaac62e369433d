import { type Deed, type Failure, type FailureKind, safeDetail } from '../wire/failure.ts';

/**
 * Reads a rejection of `@domino/domino-db` or an `@error` of one entry. The class of its errors lies in a private path of the package, so
 * name, code and message are all there is. Codes: `ERR_BAD_REQUEST`, `ERR_FORBIDDEN`, `ERR_INTERNAL_ERROR`, `ERR_NOT_AUTHORIZED`,
 * `ERR_NOT_CONNECTED`, `ERR_NOT_FOUND`, `ERR_NOT_MODIFIED`, `ERR_PRECONDITION_FAILED`, `…TIME_LIMIT_EXCEEDED`, `…NOT_UNIQUE_SEARCH`.
 */
export function classify(cause: unknown, deed: Deed): Failure {
  const code = textOf(cause, 'code').toUpperCase().replace(/^ERR_/, '');
  const message = typeof cause === 'string' ? cause : textOf(cause, 'message');
  return { kind: kindOf(code, message, deed), detail: describe(code, message) };
}

/** HCL's own sample treats this rejection of a query on an empty database as an empty answer (SPR JCUSBUVQB5). */
export function meansNothingMatched(cause: unknown): boolean {
  return textOf(cause, 'message').startsWith('No documents have been modified since');
}

const NOTHING_SENT =
  /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|No connection established|failed to connect/i;
const CONNECTION =
  /grpc|UNAVAILABLE|ECONN|EPIPE|ETIMEDOUT|DEADLINE_EXCEEDED|socket|connection (was )?(closed|lost|reset|dropped)/i;
const SCAN_LIMIT =
  /(exceed|limit|maximum).*(scan|entries|documents|millisec|time)|(scan|entries|documents|time).*(exceed|limit)/i;
const REFUSED_DOCUMENT =
  /too (large|big|long)|note is full|exceed|32\s?K|64\s?K|summary|validation|cannot convert|item type/i;
const BUSY = /busy|too many|temporar|try again|overload|unavailable/i;
/** Domino's own words (`Invalid universal id`, `Document has been deleted`), where an entry carries no code. */
const NOTE_GONE =
  /invalid universal id|\b(document|note)\b.*(not found|does not exist|is deleted|has been deleted)/i;
const NOT_AUTHORIZED = /not authorized|access denied|insufficient access/i;
const ABOUT_DATABASE = /database|\.nsf|\bfile\b/i;
const ABOUT_NOTE = /document|\bnote\b|unid/i;

function kindOf(code: string, message: string, deed: Deed): FailureKind {
  if (NOTHING_SENT.test(message)) return 'not-sent';
  switch (code) {
    case 'NOT_FOUND':
      return deed === 'query' || (ABOUT_DATABASE.test(message) && !ABOUT_NOTE.test(message))
        ? 'not-found'
        : 'note-missing';
    case 'FORBIDDEN':
    case 'NOT_AUTHORIZED':
      return 'not-authorized';
    case 'TIME_LIMIT_EXCEEDED':
      return deed === 'query' ? 'scan-limit' : deed === 'read' ? 'busy' : 'no-answer';
    case 'NOT_CONNECTED':
      return 'no-answer';
    case 'PRECONDITION_FAILED':
    case 'NOT_MODIFIED':
      return 'precondition-failed';
    case 'NOT_UNIQUE_SEARCH':
      return 'bad-request';
    case 'BAD_REQUEST':
      if (deed === 'query' && SCAN_LIMIT.test(message)) return 'scan-limit';
      return deed === 'write' && REFUSED_DOCUMENT.test(message) ? 'rejected' : 'bad-request';
    default:
      return kindByMessage(message, deed);
  }
}

function kindByMessage(message: string, deed: Deed): FailureKind {
  if (deed === 'query' && SCAN_LIMIT.test(message)) return 'scan-limit';
  if (CONNECTION.test(message)) return 'no-answer';
  if (BUSY.test(message)) return 'busy';
  if (deed !== 'query' && NOTE_GONE.test(message)) return 'note-missing';
  if (NOT_AUTHORIZED.test(message)) return 'not-authorized';
  if (deed === 'write') return REFUSED_DOCUMENT.test(message) ? 'rejected' : 'no-answer';
  return 'busy';
}

function describe(code: string, message: string): string {
  return safeDetail(code === '' ? 'the module failed' : `the server answered ${code}`, message);
}

function textOf(value: unknown, name: string): string {
  if (typeof value !== 'object' || value === null) return '';
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'string' || typeof found === 'number' ? String(found) : '';
}
