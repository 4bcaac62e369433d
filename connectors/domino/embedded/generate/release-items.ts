import { dateTimeItem, namesItem, textItem } from '../engine/item-builders.ts';
import type { Random } from '../engine/seeded-random.ts';
import type { StoredItem } from '../stored-note.ts';
import { oneIn, pick } from './draw.ts';
import { localTime, type NoteStamps } from './note-stamps.ts';

/** What the human decision on a note says. `classified` may carry the mark all the same: people err, and the level counts. */
export type Release = 'released' | 'unmarked' | 'classified';

/** Every 17th note waits for its release, every 23rd is secret: enough of each in a small sample. */
export function releaseOf(number: number): Release {
  if (number % 23 === 11) return 'classified';
  return number % 17 === 5 ? 'unmarked' : 'released';
}

/** Level, mark and, once released, who decided and when. */
export function releaseItems(
  release: Release,
  stamps: NoteStamps,
  officer: string,
  random: Random,
): StoredItem[] {
  switch (release) {
    case 'released':
      return [
        textItem('DoMat', 'Thuong'),
        textItem('ChoPhepChuyen', '1'),
        namesItem('NguoiDuyetChuyen', officer),
        dateTimeItem('NgayDuyetChuyen', localTime(stamps.versions.at(-1) ?? stamps.created)),
      ];
    case 'unmarked':
      return oneIn(4, random)
        ? []
        : [textItem('DoMat', 'Thuong'), textItem('ChoPhepChuyen', pick(['', '0'], random))];
    case 'classified':
      return [
        textItem('DoMat', pick(['Mat', 'ToiMat'], random)),
        textItem('ChoPhepChuyen', pick(['', '1'], random)),
      ];
  }
}

/**
 * Readers and Authors on some notes. The bridge's own name is among the readers, since otherwise the note does not exist for it, and an
 * Authors item restricts nobody who is an editor.
 */
export function accessItems(cellCode: string, officer: string, bridge: string, random: Random): StoredItem[] {
  return [
    ...(oneIn(6, random)
      ? [namesItem('DocReaders', [`[${cellCode}]`, '[CauNoi]', bridge, officer], 'readers')]
      : []),
    ...(oneIn(3, random) ? [namesItem('DocAuthors', ['[CanBo]', officer], 'authors')] : []),
  ];
}
