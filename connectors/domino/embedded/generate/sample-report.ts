import type { StoredNote } from '../stored-note.ts';
import type { Release } from './release-items.ts';

/**
 * What a note's fate at the gate must be. `broken`: released, but an item cannot be read. `childOfUnreleased`: released itself and readable, its task
 * or meeting is not released. `duplicate`: released and readable, and an earlier note has its key. `denied`: of a form that never crosses.
 */
export type SampleState = Release | 'broken' | 'childOfUnreleased' | 'duplicate' | 'denied';

export interface SampleNote {
  readonly database: 'members' | 'work';
  readonly form: SampleForm;
  readonly state: SampleState;
  readonly note: StoredNote;
}

export type SampleForm = (typeof FORMS)[number];

export type SampleCounts = Readonly<Record<SampleState, number>>;

/** Texts of notes whatever their state, as people and machines left them. */
export interface SampleTexts {
  /** Notes with decomposed letters. */
  readonly decomposed: number;
  /** Notes with text typed in an ABC font. */
  readonly abcFont: number;
  /** Notes with a date of which only the year, or month and year, is known. */
  readonly partialDate: number;
}

const FORMS = [
  'ToChucDang',
  'DangVien',
  'VanBan',
  'NhiemVu',
  'NhiemVuDangVien',
  'ChucVu',
  'XepLoai',
  'KhenThuong',
  'HuyHieu',
  'ChuyenSinhHoat',
  'KyLuat',
  'KiemTraGiamSat',
  'HoSoDangVien',
  'TinTuc',
  'SinhHoat',
  'DiemDanh',
] as const;
const NONE: SampleCounts = {
  released: 0,
  unmarked: 0,
  classified: 0,
  broken: 0,
  childOfUnreleased: 0,
  duplicate: 0,
  denied: 0,
};
const PARTIAL_DATE = /^(?:\d{2}\/)?\d{4}$/u;
const DATES = new Set(['NgaySinh', 'NgayKetNap', 'NgayChinhThuc', 'TuNgay', 'DenNgay', 'NgayQD']);

/** Counts what was made, exactly. */
export class SampleTally {
  readonly #counts: Partial<Record<SampleForm, Record<SampleState, number>>> = {};
  readonly texts: { -readonly [Kind in keyof SampleTexts]: SampleTexts[Kind] } = {
    decomposed: 0,
    abcFont: 0,
    partialDate: 0,
  };

  add({ form, state, note, abcFont }: SampleNote & { readonly abcFont?: boolean }): void {
    const counts = (this.#counts[form] ??= { ...NONE });
    counts[state] += 1;
    if (abcFont === true) this.texts.abcFont += 1;
    const texts = note.items.flatMap(({ name, value }) =>
      value.type === 'text' ? value.values.map((text) => ({ name, text })) : [],
    );
    if (texts.some(({ text }) => text !== text.normalize('NFC'))) this.texts.decomposed += 1;
    if (texts.some(({ name, text }) => DATES.has(name) && PARTIAL_DATE.test(text)))
      this.texts.partialDate += 1;
  }

  /** Of the forms that were made. */
  get byForm(): Readonly<Partial<Record<SampleForm, SampleCounts>>> {
    return this.#counts;
  }

  get notes(): number {
    return Object.values(this.#counts)
      .flatMap((counts) => Object.values(counts))
      .reduce((sum, count) => sum + count, 0);
  }
}
