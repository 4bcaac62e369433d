import type { Release } from './release-items.ts';

/**
 * What a note's fate at the gate must be. `broken`: released, but an item cannot be read. `childOfUnreleased`: released itself and readable, its task
 * is not released.
 */
export type SampleState = Release | 'broken' | 'childOfUnreleased';

export type SampleForm = 'ToChucDang' | 'DangVien' | 'VanBan' | 'NhiemVu' | 'NhiemVuDangVien';

export type SampleCounts = Readonly<Record<SampleState, number>>;

const FORMS: readonly SampleForm[] = ['ToChucDang', 'DangVien', 'VanBan', 'NhiemVu', 'NhiemVuDangVien'];

/** Counts what was made, exactly. */
export class SampleTally {
  readonly #counts = Object.fromEntries(
    FORMS.map((form) => [form, { released: 0, unmarked: 0, classified: 0, broken: 0, childOfUnreleased: 0 }]),
  ) as Record<SampleForm, Record<SampleState, number>>;

  add(form: SampleForm, state: SampleState): void {
    this.#counts[form][state] += 1;
  }

  get byForm(): Readonly<Record<SampleForm, SampleCounts>> {
    return this.#counts;
  }

  get notes(): number {
    return Object.values(this.#counts)
      .flatMap((counts) => Object.values(counts))
      .reduce((sum, count) => sum + count, 0);
  }
}
