/** A promise of SPEC.md that a history broke. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** Rule or invariant of SPEC.md. */
  readonly rule: string;

  constructor(rule: string, message: string) {
    super(`[${rule}] ${message}`);
    this.rule = rule;
  }
}
