import type { Departure } from '../sync/drift.ts';

export interface CountedDeparture extends Departure {
  /** Of the mapping that was departed from; empty for forms that none is for. */
  readonly mapping: string;
  readonly notes: number;
}

/** Departures of one pass, counted. */
export class DriftTally {
  readonly #counted = new Map<string, CountedDeparture>();
  /** Notes of a form that were asked for the names of their items. */
  readonly #listed = new Map<string, number>();

  add(mapping: string, departures: readonly Departure[], notes = 1): void {
    for (const one of departures) {
      const key = JSON.stringify([one.form, one.item, one.kind, one.seen]);
      const before = this.#counted.get(key)?.notes ?? 0;
      this.#counted.set(key, { ...one, mapping, notes: before + notes });
    }
  }

  /** Whether one more note of the form is worth a call for the names of its items. */
  mayList(form: string): boolean {
    const listed = this.#listed.get(form) ?? 0;
    this.#listed.set(form, listed + 1);
    return listed < MOST_LISTED;
  }

  get all(): readonly CountedDeparture[] {
    return [...this.#counted.values()];
  }
}

/** In one pass. Forms are filled alike; a few notes tell. */
const MOST_LISTED = 5;
