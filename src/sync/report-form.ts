import type { Item, Items } from './note.ts';
import type { FieldValue } from './values.ts';

/** Form of the documents by which Notes users are told of what needs them. No mapping may name it. */
export const REPORT_FORM = 'BaoCaoCauNoi';
/** Identifies the report: the conflict's id. */
export const REPORT_ID_ITEM = 'MaBaoCao';
/** What the bridge reads of a report. */
export const REPORT_ITEMS = [
  'Form',
  REPORT_ID_ITEM,
  'TrangThai',
  'DauGiaTri',
  'LuaChon',
  'LyDo',
  'NguoiChon',
  '$UpdatedBy',
] as const;

/** `ChoXuLy` waits for a choice; `DaXuLy` was decided; `HetHieuLuc`: there is nothing to decide any more. */
export type ReportState = 'ChoXuLy' | 'DaXuLy' | 'HetHieuLuc';

export interface Report {
  readonly id: string;
  readonly link: string;
  readonly kind: 'field' | 'edit-against-delete' | 'refused-edit';
  readonly unid: string | null;
  readonly form: string;
  /** Item of the note; `''` where the whole document is meant. */
  readonly item: string;
  readonly base: FieldValue | undefined;
  readonly notes: FieldValue | undefined;
  readonly handbook: FieldValue | undefined;
  /** Whose value stands meanwhile; null = neither, the field is frozen. */
  readonly standing: 'notes' | 'handbook' | 'merged' | null;
  /** Who saved the note last, as Notes says; null = not known. */
  readonly editor: string | null;
  /** Instant (ISO). */
  readonly at: string;
  /** Tells the pair of values that is shown from any other. */
  readonly seen: string;
}

/** What a Notes user made of a report. */
export interface ReportAnswer {
  readonly id: string;
  readonly state: string;
  readonly seen: string;
  readonly choice: 'notes' | 'handbook' | null;
  readonly reason: string;
  /** Who saved the report last: Notes' own trail, or what the form computed where the way in does not show it. */
  readonly savedBy: string | null;
}

const KINDS = {
  field: 'XungDot',
  'edit-against-delete': 'SuaVanBanDaXoa',
  'refused-edit': 'SuaBiTuChoi',
} as const;
const SIDES = { notes: 'Notes', handbook: 'SoTay', merged: 'GopCaHai' } as const;
/** Longer values are cut: the report says what it is about, the document says it whole. */
const MOST_LETTERS = 4_000;

const text = (value: string): Item => ({ type: 'text', values: [value] });
const long = (value: string): Item => ({ type: 'text', values: [value], nonsummary: true });
const instant = (iso: string): Item => ({
  type: 'datetime',
  values: [iso.replace(/\.(\d\d)\d*Z$/u, '.$1Z')],
});

/** Items of a report that is to be made. Only `readers` may see it, since it shows values of a document whose own readers are not known. */
export function newReportItems(report: Report, readers: readonly string[]): Items {
  return {
    Form: text(REPORT_FORM),
    [REPORT_ID_ITEM]: text(report.id),
    LienKet: text(report.link),
    LoaiBaoCao: text(KINDS[report.kind]),
    TrangThai: text('ChoXuLy' satisfies ReportState),
    UNIDGoc: text(report.unid ?? ''),
    BieuMauGoc: text(report.form),
    TruongGoc: text(report.item),
    LuaChon: text(''),
    LyDo: text(''),
    NguoiXuLy: text(''),
    NguoiDoc: { type: 'text', values: readers, list: true, names: true, readers: true },
    ...shownItems(report),
    KetQua: text(''),
  };
}

/** The part that changes while the question stays open. A choice that was made of other values is taken back. */
export function shownItems(report: Report): Items {
  return {
    GiaTriGoc: long(inWords(report.base)),
    GiaTriNotes: long(inWords(report.notes)),
    GiaTriSoTay: long(inWords(report.handbook)),
    DangGiu: text(report.standing === null ? '' : SIDES[report.standing]),
    NguoiSuaNotes: text(report.editor ?? ''),
    LucGhiNhan: instant(report.at),
    DauGiaTri: text(report.seen),
  };
}

/** Takes a choice back and says why. */
export function refusedItems(why: string): Items {
  return { LuaChon: text(''), KetQua: text(why) };
}

/** Closes a report. Its values go: what stands is in the document, and nothing of a document may outlast its release here. */
export function closedItems(
  state: Exclude<ReportState, 'ChoXuLy'>,
  how: { readonly by: string; readonly at: string; readonly result: string },
): Items {
  return {
    TrangThai: text(state),
    GiaTriGoc: long(''),
    GiaTriNotes: long(''),
    GiaTriSoTay: long(''),
    DauGiaTri: text(''),
    NguoiXuLy: text(how.by),
    LucXuLy: instant(how.at),
    KetQua: text(how.result),
  };
}

export function readAnswer(items: Items): ReportAnswer {
  const last = (name: string) => {
    const value = items[name]?.values.at(-1);
    return typeof value === 'string' ? value.trim() : '';
  };
  const choice = last('LuaChon');
  return {
    id: last(REPORT_ID_ITEM),
    state: last('TrangThai'),
    seen: last('DauGiaTri'),
    choice: choice === SIDES.notes ? 'notes' : choice === SIDES.handbook ? 'handbook' : null,
    reason: last('LyDo'),
    savedBy: last('$UpdatedBy') || last('NguoiChon') || null,
  };
}

function inWords(value: FieldValue | undefined): string {
  if (value === undefined || value === null) return '';
  const whole = Array.isArray(value) ? value.map(oneInWords).join('; ') : oneInWords(value as never);
  return whole.length > MOST_LETTERS ? `${whole.slice(0, MOST_LETTERS)}…` : whole;
}

function oneInWords(
  value: string | number | boolean | { readonly name: string; readonly size: number },
): string {
  if (typeof value === 'object') return `${value.name || 'văn bản có định dạng'} (${value.size} byte)`;
  if (typeof value === 'boolean') return value ? 'có' : 'không';
  return String(value);
}
