import { DominoError } from '../../connectors/domino/port.ts';
import { type Marker, MARKER_FORM, MARKER_ITEMS, MARKER_KIND, readMarker } from '../sync/instance-marker.ts';
import type { Unid } from '../sync/note.ts';
import type { PassRun } from './pass-deps.ts';
import { readBatch } from './read-batch.ts';

export interface FoundMarker extends Marker {
  readonly unid: Unid;
}

/** Every mark in the file that the run works with. */
export async function findMarkers(run: PassRun): Promise<readonly FoundMarker[]> {
  await run.fence();
  const unids = await run.link.database.findByItem(MARKER_FORM, MARKER_KIND.item, MARKER_KIND.value, {
    signal: run.signal,
  });
  return readMarkers(run, unids);
}

/** The marks that these notes carry. Throws `busy` when one of them could not be read: no mark would be taken for a replaced file. */
export async function readMarkers(run: PassRun, unids: readonly Unid[]): Promise<readonly FoundMarker[]> {
  const readings = await readBatch(
    run,
    unids.map((unid) => ({ unid })),
    ['Form', ...MARKER_ITEMS],
  );
  return [...readings.values()].flatMap((reading) => {
    if (reading.kind === 'failed')
      throw new DominoError('busy', `The mark of link ${run.link.id} could not be read (${reading.code})`);
    const marker = reading.kind === 'note' ? readMarker(reading.items) : null;
    return marker ? [{ ...marker, unid: reading.unid }] : [];
  });
}
