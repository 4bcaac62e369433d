import { FormulaError } from '../formula/formula-error.ts';
import { asksWhoAsks, compileFormula } from '../formula/evaluate-formula.ts';
import type { FormulaValue } from '../formula/formula-value.ts';
import type { StoredNote } from '../stored-note.ts';
import { DqlError } from './dql-error.ts';

/** A query is nobody's. */
const NOBODY = { name: '' };

/**
 * The formula of an `@formula` term, which sees the summary only (HCL help, "Formula Language": it scans NSF summaries, and functions that depend on
 * context are not allowed). What fails on a note gives null: DQL does not check before. Throws `syntax` and `unsupported`.
 */
export function compileTerm(source: string): (note: StoredNote) => FormulaValue | null {
  try {
    if (asksWhoAsks(source)) throw new FormulaError('unsupported', 'functions on who asks are not allowed');
    const run = compileFormula(source);
    return (note) => {
      const items = note.items.filter(({ flags }) => flags.summary === true);
      try {
        return run({ note: { ...note, items }, identity: NOBODY });
      } catch (error) {
        if (error instanceof FormulaError && error.code === 'evaluation') return null;
        throw error;
      }
    };
  } catch (cause) {
    if (!(cause instanceof FormulaError)) throw cause;
    const code = cause.code === 'unsupported' ? 'unsupported' : 'syntax';
    throw new DqlError(code, `Formula Error - error during planning and tree generation: ${cause.message}`);
  }
}
