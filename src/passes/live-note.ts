import { DominoError } from '../../connectors/domino/port.ts';
import type { Items, Unid } from '../sync/note.ts';
import { contentItems, formOf, headerItems, ownVerdict, withParents } from './gate-reading.ts';
import type { Link, PassDeps } from './pass-deps.ts';

export type LiveNoteReading =
  | {
      readonly kind: 'note';
      readonly unid: Unid;
      readonly form: string;
      readonly created: string;
      readonly modified: string;
      readonly items: Items;
    }
  | { readonly kind: 'withheld' | 'unreadable' | 'missing' };

/**
 * One note as it is now, through the same gate as everything else: content is asked for only after the header said released, and dropped when the
 * gate items that come with it say otherwise. Fails with {@link DominoError}.
 */
export async function readLiveNote(
  deps: Pick<PassDeps, 'store'>,
  link: Link,
  unid: Unid,
  signal: AbortSignal,
): Promise<LiveNoteReading> {
  const [header] = await link.database.readNotes([unid], headerItems(link.mappings), { signal });
  if (!header || header.kind === 'missing') return { kind: 'missing' };
  if (header.kind === 'unreadable') return { kind: 'unreadable' };
  if (header.kind === 'failed') throw new DominoError('protocol', `Cannot read note ${unid}: ${header.code}`);
  const mapping = link.mappings.find((candidate) => candidate.form === formOf(header.items));
  if (!mapping) return { kind: 'withheld' };
  const [verdict] = await withParents(deps, [{ mapping, verdict: ownVerdict(mapping, header) }]);
  if (verdict?.sight !== 'released') return { kind: 'withheld' };
  const [content] = await link.database.readNotes([unid], contentItems(mapping), { signal });
  if (content?.kind !== 'note') return { kind: content?.kind === 'unreadable' ? 'unreadable' : 'missing' };
  if (ownVerdict(mapping, content).sight !== 'released') return { kind: 'withheld' };
  return {
    kind: 'note',
    unid,
    form: mapping.form,
    created: content.created,
    modified: content.modified,
    items: content.items,
  };
}
