import type { NoteReading } from '../sync/note.ts';
import type { NotesSight, Pair } from '../sync/pair.ts';
import type { HeaderNews } from './header-news.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';
import { READ_FAILED } from './read-blobs.ts';

/** A pair's note was asked for and not shown. */
export function noteNotSeen(
  deps: PassDeps,
  run: PassRun,
  pair: Pair,
  reading: Exclude<NoteReading, { kind: 'note' }>,
  gone: boolean,
  news: HeaderNews,
): void {
  if (pair.status === 'tombstone') return;
  if (reading.kind === 'failed') {
    if (pair.blocked === 'quarantine') return;
    news.quarantines.push({
      id: deps.newId(),
      pairId: pair.id,
      linkId: run.link.id,
      code: `${READ_FAILED}${reading.code}`,
      detail: 'the note could not be read',
      at: new Date(deps.clock.now()).toISOString(),
    });
    news.patches.push({ id: pair.id, version: pair.version, pending: true, blocked: 'quarantine' });
    return;
  }
  // [TO1] Only a stub proves a deletion.
  const sight: NotesSight = reading.kind === 'unreadable' ? 'unreadable' : gone ? 'gone' : 'missing';
  // An operator's word that a note was deleted stands until the note is seen again.
  if (sight === 'missing' && pair.notesSight === 'gone') return;
  if (pair.notesSight === sight) return;
  news.patches.push({
    id: pair.id,
    version: pair.version,
    notesSight: sight,
    reason: sight === 'gone' ? 'stub' : null,
    pending: true,
    blocked: null,
  });
}
