import { DominoError } from '../port.ts';
import type { ProtonClient } from './client.ts';
import { decodeEntry } from './decode.ts';
import { formsQuery, unchangedQuery } from '../wire/query.ts';
import { type Call, WireFailure } from '../wire/server-guard.ts';

/** `no-sample`: the database holds no readable note to prove anything with. */
export type GuardProof = 'proven' | 'disproven' | 'no-sample';

export interface ProbeResult {
  /** Reads may ask for canonical items. */
  readonly canonicalFormat: boolean;
  /** Whether a query for "not saved since the stamp I read" matches notes that nobody touched. */
  readonly guard: GuardProof;
}

const SAMPLE_SIZE = 20;
const PROOFS = 3;

/**
 * Asks the server two things that the documentation leaves open: does it take `canonicalFormat`, and is `@modified` the time in this file
 * (or the global one, which a replicated note passes in its file). Reads Form only. Rejects as the client does.
 */
export async function probeServer(
  client: ProtonClient,
  forms: readonly string[] | null,
  call: Call,
): Promise<ProbeResult> {
  const page = { query: formsQuery(forms), itemNames: ['Form'], start: 0, count: SAMPLE_SIZE };
  client.asksCanonical = true;
  let sample: readonly unknown[];
  try {
    sample = await readSample(client, page, call);
  } catch (cause) {
    if (!(cause instanceof WireFailure) || cause.failure.kind !== 'bad-request') throw cause;
    client.asksCanonical = false;
    sample = await readSample(client, page, call);
  }
  return { canonicalFormat: client.asksCanonical, guard: await proveGuard(client, sample, call) };
}

/** A database too large for an unbounded query has no sample: later slices will fit its limits. */
async function readSample(
  client: ProtonClient,
  page: Parameters<ProtonClient['readPage']>[0],
  call: Call,
): Promise<readonly unknown[]> {
  try {
    return (await client.readPage(page, call)).entries;
  } catch (cause) {
    if (cause instanceof WireFailure && cause.failure.kind === 'scan-limit') return [];
    throw cause;
  }
}

async function proveGuard(client: ProtonClient, sample: readonly unknown[], call: Call): Promise<GuardProof> {
  if (!client.supports('bulkReplaceItems')) return 'disproven';
  const notes = sample
    .map((entry) => decodeEntry(entry, ['Form']))
    .filter((reading) => reading.kind === 'note');
  if (notes.length === 0) return 'no-sample';
  for (const note of notes.slice(0, PROOFS)) {
    const query = unchangedQuery(note.unid, note.modified);
    try {
      const { total, entries } = await client.readPage(
        { query, itemNames: ['Form'], start: 0, count: 2 },
        call,
      );
      if ((total ?? entries.length) !== 1) return 'disproven';
    } catch (cause) {
      const refused = cause instanceof WireFailure && cause.failure.kind === 'bad-request';
      if (refused || (cause instanceof DominoError && cause.code === 'protocol')) return 'disproven';
      throw cause;
    }
  }
  return 'proven';
}
