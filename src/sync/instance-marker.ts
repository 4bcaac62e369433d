import type { Items } from './note.ts';

/** Form of the note by which the bridge marks a file that it works with. No mapping may name it, so no slice ever shows one. */
export const MARKER_FORM = 'CauNoiDanhDau';
/** Constant on every mark, so that all marks of a file are found by one search. */
export const MARKER_KIND = { item: 'LoaiDanhDau', value: 'cau-noi-so-tay' } as const;
export const MARKER_ITEMS = [MARKER_KIND.item, 'ChuCauNoi', 'LienKet', 'NoiLuu', 'TheHe', 'DauVet'] as const;

/** What one mark in a file says. Marks replicate: a file shows those of its sister files too, as they were when they came over. */
export interface Marker {
  /** Which bridge wrote it. */
  readonly owner: string;
  readonly link: string;
  readonly instance: string;
  readonly generation: number;
  /** Tells two histories apart that reached the same generation. */
  readonly nonce: string;
}

/** What our own memory says of one instance's mark. */
export interface KnownMark {
  readonly instanceId: string;
  /** 0 = none is known to have been written. */
  readonly generation: number;
  readonly nonce: string;
  /** Nonce of the next generation, whose write may have landed. */
  readonly coming: string | null;
}

export type SuspectReason =
  /** The mark that we wrote is not there: another file took this one's place, or somebody deleted the mark. */
  | 'marker-gone'
  /** The file shows an older mark than we wrote: it was restored from a backup. */
  | 'notes-restored'
  /** The file shows a mark that we do not remember: our own memory was restored from a backup. */
  | 'bridge-restored'
  /** The file has not received what its sister file held when the bridge last marked that one. */
  | 'standby-behind'
  /** Another bridge works with this replica set. */
  | 'foreign-marker'
  /** The handbook's database was restored from a backup (told by its epoch, not by a mark). */
  | 'handbook-restored';

export type MarkerVerdict =
  | { readonly kind: 'agrees' }
  /** The write of the coming generation landed without our hearing of it. */
  | { readonly kind: 'landed' }
  /** The file carries no mark of ours yet, and nothing speaks against it. */
  | { readonly kind: 'unmarked' }
  | { readonly kind: 'suspect'; readonly reason: SuspectReason };

export interface MarkerQuestion {
  readonly owner: string;
  readonly link: string;
  readonly instance: string;
  /** The instance that the link worked with before; itself, or null at the first time. */
  readonly previous: string | null;
  readonly known: readonly KnownMark[];
  readonly found: readonly Marker[];
}

/** [IM1] [IM2] [IM3] [IM4] Whether a file is the one that our memory speaks of, in the state that our memory left it in or a later one. */
export function judgeMarkers(question: MarkerQuestion): MarkerVerdict {
  const { owner, link, instance, previous, known, found } = question;
  if (found.some((mark) => mark.owner !== owner)) return suspect('foreign-marker');
  const own = found.filter((mark) => mark.link === link);
  const memory = (id: string) => known.find((row) => row.instanceId === id);
  if (previous !== null && previous !== instance) {
    const sister = compare(memory(previous), newest(own, previous));
    if (sister === 'behind' || sister === 'gone') return suspect('standby-behind');
    if (sister === 'ahead') return suspect('bridge-restored');
  }
  switch (compare(memory(instance), newest(own, instance))) {
    case 'gone':
      return suspect('marker-gone');
    case 'behind':
      return suspect('notes-restored');
    case 'ahead':
      return suspect('bridge-restored');
    case 'unmarked':
      return { kind: 'unmarked' };
    case 'landed':
      return { kind: 'landed' };
    case 'agrees':
      return { kind: 'agrees' };
  }
}

function compare(
  known: KnownMark | undefined,
  found: Marker | undefined,
): 'unmarked' | 'agrees' | 'landed' | 'gone' | 'behind' | 'ahead' {
  const generation = known?.generation ?? 0;
  if (!found) return generation === 0 ? 'unmarked' : 'gone';
  if (known?.coming !== undefined && known.coming !== null && found.nonce === known.coming) return 'landed';
  if (found.generation < generation) return 'behind';
  return found.generation === generation && found.nonce === known?.nonce ? 'agrees' : 'ahead';
}

/** A create that got no answer may have left two notes, and people copy notes: the newest mark counts. */
export function newest(marks: readonly Marker[], instance: string): Marker | undefined {
  return marks
    .filter((mark) => mark.instance === instance)
    .reduce<Marker | undefined>(
      (best, mark) => (best && best.generation >= mark.generation ? best : mark),
      undefined,
    );
}

export function markerItems(mark: Marker): Items {
  const text = (value: string) => ({ type: 'text' as const, values: [value] });
  return {
    Form: text(MARKER_FORM),
    [MARKER_KIND.item]: text(MARKER_KIND.value),
    ChuCauNoi: text(mark.owner),
    LienKet: text(mark.link),
    NoiLuu: text(mark.instance),
    TheHe: { type: 'number', values: [mark.generation] },
    DauVet: text(mark.nonce),
  };
}

/** Null for a note that carries no whole mark. */
export function readMarker(items: Items): Marker | null {
  const text = (name: string) => {
    const value = items[name]?.values[0];
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const generation = items['TheHe']?.values[0];
  const [owner, link, instance, nonce] = [text('ChuCauNoi'), text('LienKet'), text('NoiLuu'), text('DauVet')];
  if (owner === null || link === null || instance === null || nonce === null) return null;
  return typeof generation === 'number' ? { owner, link, instance, generation, nonce } : null;
}

function suspect(reason: SuspectReason): MarkerVerdict {
  return { kind: 'suspect', reason };
}
