import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { HandbookError } from '../../connectors/handbook/port.ts';
import { IssuerUnreachable } from '../../connectors/oidc/port.ts';
import { OperationError } from '../operations/operation.ts';
import { type ProblemCode, ProblemError, type ProblemExtras } from './problem.ts';

export interface ErrorAnswer {
  readonly code: ProblemCode;
  readonly extras: ProblemExtras;
}

const FRAMEWORK_CODES: Readonly<Record<string, ProblemCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'bad-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'bad-json',
  FST_ERR_CTP_BODY_TOO_LARGE: 'too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_BAD_URL: 'bad-url',
  FST_ERR_MAX_PARAM_LENGTH: 'bad-url',
};

const STATUS_CODES: Readonly<Record<number, ProblemCode>> = {
  413: 'too-large',
  414: 'bad-url',
  415: 'unsupported-media-type',
  429: 'rate-limited',
};

/**
 * What an error says to the client. Only words written for clients get out: those of a {@link ProblemError}, an `OperationError` and of schema
 * validation. Everything else becomes `internal`.
 */
export function errorAnswer(error: unknown): ErrorAnswer {
  if (error instanceof ProblemError) return { code: error.code, extras: error.extras };
  if (error instanceof OperationError) return { code: error.code, extras: { detail: error.message } };
  if (error instanceof IssuerUnreachable) return { code: 'unavailable', extras: {} };
  if (error instanceof HandbookError) {
    return { code: error.code === 'unreachable' ? 'unavailable' : 'internal', extras: {} };
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const part = 'validationContext' in error ? error.validationContext : 'request';
    const errors = error.validation.slice(0, 20).map((issue) => ({
      path: part + readablePath(issue.instancePath),
      message: readableMessage(issue),
    }));
    return { code: 'validation', extras: { errors } };
  }
  return { code: frameworkCode(error), extras: {} };
}

function frameworkCode(error: unknown): ProblemCode {
  if (!(error instanceof Error)) return 'internal';
  const code = 'code' in error ? FRAMEWORK_CODES[String(error.code)] : undefined;
  if (code !== undefined) return code;
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  return STATUS_CODES[status] ?? (status >= 400 && status < 500 ? 'bad-request' : 'internal');
}

const PLAIN_KEY = /^[\w.-]{1,64}$/;

/** A path or key may hold what somebody typed: only what looks like a name of a field is repeated. */
function readablePath(path: string): string {
  const steps = path.split('/').filter((step) => step !== '');
  return steps.map((step) => `/${PLAIN_KEY.test(step) ? step : '…'}`).join('');
}

function readableMessage(issue: {
  readonly keyword: string;
  readonly message?: string;
  readonly params: object;
}): string {
  if (issue.keyword !== 'unrecognized_keys') return issue.message ?? issue.keyword;
  const keys =
    'keys' in issue.params && Array.isArray(issue.params.keys) ? issue.params.keys.map(String) : [];
  return `Not known here: ${keys.map((key) => (PLAIN_KEY.test(key) ? key : '…')).join(', ')}`;
}
