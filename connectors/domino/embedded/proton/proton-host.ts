import { EventEmitter } from 'node:events';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { hasAccess, type NotesIdentity } from '../engine/identity.ts';
import type { Random } from '../engine/seeded-random.ts';
import type { CallFaults, FaultInjector } from '../faults/fault-injector.ts';
import {
  asDominoDbError,
  badRequest,
  certificateExpired,
  connectionLost,
  notAuthorized,
  notListening,
  serverBusy,
} from './domino-db-error.ts';
import type { QueryResults } from './query-results.ts';
import type { ProtonQuirks } from './quirks.ts';

/** What all objects that came from one `useServer` share. */
export interface ProtonContext {
  readonly domino: EmbeddedDomino;
  readonly hostName: string;
  readonly quirks: ProtonQuirks;
  /** As they are for calls on this database. */
  readonly quirksIn: (filePath: string) => ProtonQuirks;
  readonly faults: FaultInjector;
  readonly random: Random;
  readonly results: QueryResults;
  readonly delay: (ms: number) => Promise<void>;
  /** Who is asking; null = the server refuses them. */
  readonly identify: (accessToken: string | undefined) => NotesIdentity | null;
}

/** One call that has reached the server. */
export interface ProtonCall {
  readonly context: ProtonContext;
  readonly method: string;
  readonly identity: NotesIdentity;
  readonly faults: CallFaults;
}

export interface CallPlan<P, T> {
  readonly method: string;
  readonly filePath: string | null;
  readonly options: unknown;
  /** Checks and converts the options; runs in the client, before anything is sent. */
  readonly parse: (options: unknown) => P;
  readonly work: (options: P, call: ProtonCall) => T | Promise<T>;
}

/**
 * Runs one method as the package would: its arguments are copied before it returns, wrong ones reject without a request, the answer always
 * comes in a later turn, and the faults that are scripted for the call happen.
 */
export async function protonCall<P extends { readonly accessToken?: string | undefined }, T>(
  context: ProtonContext,
  plan: CallPlan<P, T>,
): Promise<T> {
  const options = copyOf(plan.options, plan.method);
  const faults = context.faults.next(plan);
  const { restarts } = context.faults;
  await nextTurn();
  try {
    const parsed = plan.parse(options);
    if (faults.expired) throw certificateExpired();
    await travel(context, faults, options, faults.latencyMs);
    await refuse(faults, context.hostName);
    stillUp(context, restarts);
    const known = context.identify(parsed.accessToken);
    if (known === null) throw notAuthorized('access the server');
    // From here on everybody is what the database's ACL makes of them.
    const identity = plan.filePath === null ? known : context.domino.identityIn(plan.filePath, known);
    const result = await plan.work(parsed, { context, method: plan.method, identity, faults });
    await travel(context, faults, result, faults.msPerDocument * documentsIn(result));
    stillUp(context, restarts);
    if (faults.after === 'silent') return await never<T>();
    if (faults.after === 'lost') throw connectionLost();
    return result;
  } catch (cause) {
    throw asDominoDbError(cause);
  }
}

/** Waits as long as these bytes take, and `more` milliseconds. Streams travel chunk by chunk. */
async function travel(
  { faults: injector, delay }: ProtonContext,
  { network }: CallFaults,
  content: unknown,
  more: number,
): Promise<void> {
  const bytes = network === null || content instanceof EventEmitter ? 0 : byteLength(content);
  const ms = more + injector.travelMs(network, bytes);
  if (ms > 0) await delay(ms);
}

/** About what the encoding of the wire takes. */
function byteLength(content: unknown): number {
  return Buffer.byteLength(JSON.stringify(content) ?? '');
}

function documentsIn(result: unknown): number {
  const { documents } = (result ?? {}) as { readonly documents?: unknown };
  return Array.isArray(documents) ? documents.length : 1;
}

/** Throws when the server restarted since: answers and streams on their way are lost. */
export function stillUp({ faults }: ProtonContext, restarts: number): void {
  if (faults.restarts !== restarts) throw connectionLost();
}

export const delayFor = async (ms: number): Promise<void> => sleep(ms);

/** Opens the database for the caller. Throws when it is not there or the identity may not enter. */
export function databaseOf(call: ProtonCall, filePath: string): EmbeddedDatabase {
  const database = call.context.domino.openDatabase(filePath);
  if (call.identity.access === 'none') throw notAuthorized(`access the database "${filePath}"`);
  return database;
}

export function requireAccess(
  call: ProtonCall,
  needed: 'reader' | 'author' | 'manager',
  action: string,
): void {
  const depositor = needed === 'author' && call.identity.access === 'depositor';
  if (!depositor && !hasAccess(call.identity, needed)) throw notAuthorized(action);
}

/** Checks options against their shape, strictly unless the quirk forgives what is not known. */
export function parseOptions<S extends z.core.$ZodLooseShape>(
  method: string,
  quirks: ProtonQuirks,
  shape: S,
  options: unknown,
): z.infer<z.ZodObject<S>> {
  const schema = quirks.unknownOptions === 'reject' ? z.strictObject(shape) : z.object(shape);
  const result = schema.safeParse(
    quirks.numberText === 'accept' ? withNumbers(options ?? {}) : (options ?? {}),
  );
  if (!result.success) throw badRequest(`${method}: ${z.prettifyError(result.error)}`);
  const { unids } = result.data as { readonly unids?: unknown };
  if (quirks.emptyUnids === 'reject' && Array.isArray(unids) && unids.length === 0) {
    throw badRequest(`${method}: unids must name a document`);
  }
  return result.data;
}

const NUMBERS = new Set(['start', 'count', 'chunkSizeKb']);

/** Digits given as text, where a number is expected, as that number. */
function withNumbers(options: unknown): unknown {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) return options;
  const converted = (entries: object, isNumber: (name: string) => boolean): object =>
    Object.fromEntries(
      Object.entries(entries).map(([name, value]: [string, unknown]) => {
        const digits = typeof value === 'string' && /^\d{1,15}$/u.test(value.trim());
        return [name, digits && isNumber(name) ? Number(value) : value];
      }),
    );
  const top = converted(options, (name) => NUMBERS.has(name)) as { readonly queryLimits?: unknown };
  const { queryLimits } = top;
  return typeof queryLimits === 'object' && queryLimits !== null && !Array.isArray(queryLimits)
    ? { ...top, queryLimits: converted(queryLimits, () => true) }
    : top;
}

function copyOf(options: unknown, method: string): unknown {
  try {
    return structuredClone(options);
  } catch {
    throw badRequest(`${method}: Cannot convert document. Unknown item type`);
  }
}

async function refuse({ before }: CallFaults, hostName: string): Promise<void> {
  switch (before) {
    case 'down':
      throw notListening(hostName);
    case 'busy':
      throw serverBusy();
    case 'lost':
      throw connectionLost();
    case 'silent':
      await never();
      break;
    case null:
      break;
  }
}

async function never<T>(): Promise<T> {
  return new Promise<T>(() => {});
}
