import type { Checkpoint } from '../../connectors/postgres/port.ts';
import type { NoteReading, Unid } from '../sync/note.ts';
import { greatestStamp, nextWatermark } from '../sync/slices.ts';
import type { SliceRead } from './read-slices.ts';
import type { ClockOf, ServerClock } from './server-clock.ts';

/** Further ahead of our clock than this, a stamp is a wrong clock's. */
const AHEAD_MS = 24 * 3600 * 1000;

export interface Reached {
  /** Of each note its last reading. */
  readonly readings: readonly NoteReading[];
  /** Of the slice that the reading came in: what later slices show says nothing of when its question was sent. */
  readonly clockOf: ClockOf;
  /** Holds once all of the readings are in `seen`. */
  readonly checkpoint: Checkpoint;
  readonly ahead: boolean;
}

/** [SL3] [SL4] How far these slices, oldest first, bring a checkpoint. */
export function reach(
  slices: readonly SliceRead[],
  from: Checkpoint,
  settleSeconds: number,
  nowMs: number,
): Reached {
  const readings = new Map<Unid, NoteReading>();
  const clocks = new Map<Unid, ServerClock>();
  let checkpoint = from;
  let ahead = false;
  for (const slice of slices) {
    const stamps = slice.notes.flatMap((note) => (note.kind === 'note' ? [note.modified] : []));
    const greatest = greatestStamp(checkpoint.greatestStamp, stamps, nowMs);
    const greatestSeenAt =
      greatest === checkpoint.greatestStamp ? checkpoint.greatestSeenAt : new Date(nowMs).toISOString();
    const clock = {
      greatestStamp: greatest,
      greatestSeenAtMs: greatestSeenAt === null ? null : Date.parse(greatestSeenAt),
      nowMs: slice.askedMs,
    };
    for (const note of slice.notes) {
      readings.set(note.unid, note);
      clocks.set(note.unid, clock);
    }
    ahead ||= stamps.some((stamp) => Date.parse(stamp) > nowMs + AHEAD_MS);
    const { watermark } =
      slice.complete === null
        ? checkpoint
        : nextWatermark({
            current: checkpoint.watermark,
            slice: slice.complete,
            greatestStamp: greatest,
            settleSeconds,
            nowMs,
          });
    checkpoint = { ...checkpoint, watermark, greatestStamp: greatest, greatestSeenAt };
  }
  const unknown = { greatestStamp: null, greatestSeenAtMs: null, nowMs };
  return {
    readings: [...readings.values()],
    clockOf: (unid) => clocks.get(unid) ?? unknown,
    checkpoint,
    ahead,
  };
}
