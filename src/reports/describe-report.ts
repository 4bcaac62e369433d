import type { ConflictRow } from '../../connectors/postgres/port.ts';
import { headerItems, ownVerdict } from '../passes/gate-reading.ts';
import type { Link } from '../passes/pass-deps.ts';
import type { Report } from '../sync/report-form.ts';

/** The report of a conflict. `editors`: who saved the notes last, by UNID. */
export function describeReport(link: Link, row: ConflictRow, editors: ReadonlyMap<string, string>): Report {
  const mapping = link.mappings.find((one) => one.entity === row.entity);
  return {
    id: row.id,
    link: link.id,
    kind: row.kind,
    unid: row.unid,
    form: mapping?.form ?? '',
    item: mapping?.fields.find((one) => one.field === row.field)?.item ?? '',
    base: row.base,
    notes: row.notes,
    // What a member changed in a document that was deleted is several values; the document itself is what is asked about.
    handbook: row.kind === 'edit-against-delete' ? undefined : row.handbook,
    standing: row.winner,
    editor: row.unid === null ? null : (editors.get(row.unid) ?? null),
    at: row.at,
    seen: `${row.dedupe}|${row.state}`,
  };
}

/** Who saved these notes last, asked of released notes only, with their gate items once more in the same read. */
export async function editorsOf(
  link: Link,
  unids: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const header = headerItems(link.mappings);
  const editors = new Map<string, string>();
  const { cap } = link.database.capabilities;
  for (let start = 0; start < unids.length; start += cap) {
    const part = unids.slice(start, start + cap);
    const seen = await link.database.readNotes(part, header, { signal });
    const released = seen.filter((note) => isReleased(link, note)).map((note) => note.unid);
    if (released.length === 0) continue;
    const again = await link.database.readNotes(released, [...header, '$UpdatedBy'], { signal });
    for (const note of again) {
      const name =
        note.kind === 'note' && isReleased(link, note) ? note.items['$UpdatedBy']?.values.at(-1) : null;
      if (typeof name === 'string' && name !== '') editors.set(note.unid, name);
    }
  }
  return editors;
}

function isReleased(link: Link, note: Awaited<ReturnType<Link['database']['readNotes']>>[number]): boolean {
  if (note.kind !== 'note') return false;
  const mapping = link.mappings.find((one) => one.form === note.items['Form']?.values[0]);
  return mapping !== undefined && ownVerdict(mapping, note).sight === 'released';
}
