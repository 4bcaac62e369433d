import { AsyncLocalStorage } from 'node:async_hooks';
import type { LoggerOptions } from 'pino';
import { discreetError } from './discreet-error.ts';

/** Ids of what is being done; every line that is logged meanwhile carries them. */
export interface LogContext {
  readonly link?: string;
  readonly pass?: string;
}

const context = new AsyncLocalStorage<LogContext>();

export function withLogContext<T>(ids: LogContext, work: () => T): T {
  return context.run({ ...context.getStore(), ...ids }, work);
}

/** How the bridge logs: ids of link and pass on every line, errors without their messages, which may quote values. */
export function logOptions(level: string): LoggerOptions {
  return {
    level,
    base: { pid: process.pid },
    mixin: () => ({ ...context.getStore() }),
    // What a line says of itself stands above what it was logged within.
    mixinMergeStrategy: (fields: object, mixed: object) => ({ ...mixed, ...fields }),
    serializers: { err: discreetError, error: discreetError },
  };
}
