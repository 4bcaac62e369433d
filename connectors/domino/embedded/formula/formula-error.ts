/** A formula that cannot be read (`syntax`), asks for what is not modelled (`unsupported`), or fails on values (`evaluation`). */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
  readonly code: 'syntax' | 'unsupported' | 'evaluation';

  constructor(code: FormulaError['code'], message: string) {
    super(message);
    this.code = code;
  }
}
