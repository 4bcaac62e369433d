import type { HandbookRecord } from '../../../connectors/handbook/port.ts';
import type { QuarantineRow } from '../../../connectors/postgres/port.ts';
import type { Pair } from '../../sync/pair.ts';
import type { TestBridge } from './test-bridge.ts';

/** The first value of an item as it is stored in the file. */
export function itemOf(bridge: TestBridge, unid: string, name: string): unknown {
  const item = bridge.file.readBare(unid)?.items.find((candidate) => candidate.name === name);
  return item && 'values' in item.value ? item.value.values[0] : undefined;
}

/** Notes of a form whose item has this value. */
export function notesWith(bridge: TestBridge, form: string, name: string, value: unknown): readonly string[] {
  return [...bridge.file.notes()]
    .map((note) => note.unid)
    .filter((unid) => itemOf(bridge, unid, 'Form') === form && itemOf(bridge, unid, name) === value);
}

export async function pairOf(bridge: TestBridge, unid: string): Promise<Pair> {
  const [pair] = await bridge.store.pairsByUnid(bridge.link.replicaSet, [unid]);
  if (!pair) throw new Error(`No pair of note ${unid}`);
  return pair;
}

/** The record of a note, in whatever state. */
export async function recordOf(bridge: TestBridge, unid: string): Promise<HandbookRecord | null> {
  const [record] = await bridge.handbook.read([(await pairOf(bridge, unid)).recordId]);
  return record ?? null;
}

/** How many live and hidden records there are. */
export async function stateCounts(
  bridge: TestBridge,
  entity: string,
): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  for (const record of await bridge.handbook.list([entity], null, 1000))
    counts[record.state] = (counts[record.state] ?? 0) + 1;
  return counts;
}

/** Versions of all notes and records: equal before and after, nothing was written. */
export async function versions(bridge: TestBridge): Promise<readonly string[]> {
  const entities = bridge.link.mappings.map((mapping) => mapping.entity);
  const records = await bridge.handbook.list(entities, null, 1000);
  return [
    ...[...bridge.file.notes()].map((note) => `${note.unid} ${note.sequence} ${note.modifiedInFile}`),
    ...records.map((record) => `${record.recordId} ${record.version}`),
  ].sort();
}

/** Events of the journal after a sequence, with the number of the last row. */
export async function journalSince(
  bridge: TestBridge,
  sequence: number,
): Promise<{ readonly events: readonly string[]; readonly last: number }> {
  const rows = await bridge.store.journal('thu', sequence, 10_000);
  return { events: rows.map((row) => row.event), last: rows.at(-1)?.sequence ?? sequence };
}

export function quarantined(bridge: TestBridge): Promise<readonly QuarantineRow[]> {
  return bridge.store.quarantined({ linkId: 'thu', limit: 1000 });
}
