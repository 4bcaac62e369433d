import { asDominoDbError, badRequest, connectionLost, DominoDbError } from './domino-db-error.ts';
import type { ProtonCall } from './proton-host.ts';
import type { ProtonQuirks } from './quirks.ts';

export type Entry = Readonly<Record<string, unknown>>;

export interface DocumentRange {
  readonly start: number;
  readonly count: number;
  readonly total: number;
}

export interface BulkResponse {
  readonly documents?: readonly Entry[];
  readonly documentRange?: DocumentRange;
  readonly errors: number;
}

/**
 * Works through the targets one after the other. A failure becomes an entry with `@error`; whether the rest is still done is the caller's choice. There is no
 * transaction: what was done stays done when the connection is lost half-way.
 */
export function forEachTarget<T>(
  call: ProtonCall,
  targets: readonly T[],
  onErrorOptions: ProtonQuirks['onErrorDefault'] | undefined,
  each: { readonly unid: (target: T) => string | null; readonly work: (target: T) => Entry },
): { readonly documents: Entry[]; readonly errors: number } {
  const { quirks } = call.context;
  const { bulkLimit } = call.faults;
  const abort = (onErrorOptions ?? quirks.onErrorDefault) === 'ON_ERROR_ABORT_REMAINING';
  const documents: Entry[] = [];
  let errors = 0;
  for (const target of targets.slice(0, bulkLimit ?? undefined)) {
    try {
      documents.push(each.work(target));
    } catch (cause) {
      const error = asDominoDbError(cause);
      if (!(error instanceof DominoDbError)) throw error;
      errors += 1;
      documents.push(errorEntry(each.unid(target), error, quirks));
      if (abort) break;
    }
  }
  if (bulkLimit !== null) throw connectionLost();
  return { documents, errors };
}

export function bulkResponse(
  done: { readonly documents: readonly Entry[]; readonly errors: number },
  quirks: ProtonQuirks,
  documentRange?: DocumentRange,
): BulkResponse {
  const hidden = done.documents.length === 0 && quirks.noDocuments === 'no-array';
  return {
    ...(hidden ? {} : { documents: done.documents }),
    ...(documentRange === undefined ? {} : { documentRange }),
    errors: done.errors,
  };
}

/** Throws ERR_BAD_REQUEST when a call names more documents than one call takes. */
export function checkCount(method: string, count: number, quirks: ProtonQuirks): void {
  if (count > quirks.maxDocuments) {
    throw badRequest(
      `${method}: ${count} documents are too many for one request: maximum is ${quirks.maxDocuments}`,
    );
  }
}

function errorEntry(
  unid: string | null,
  { name, code, message }: DominoDbError,
  quirks: ProtonQuirks,
): Entry {
  return {
    ...(unid === null ? {} : { '@unid': unid }),
    '@error': quirks.errorEntries === 'with-code' ? { name, code, message } : { message },
  };
}
