export interface Finding {
  /** Stable; what `acceptLoss` of the link names. */
  readonly id: string;
  /** `fine`; `loses`: a write would lose data, so nothing is written until it is mended or accepted; `refused`: cannot be done at all. */
  readonly severity: 'fine' | 'loses' | 'refused';
  readonly what: string;
  /** The change that mends it, to be made in the schema or the scope; null where nothing has to be done. */
  readonly change: string | null;
}

export const fine = (id: string, what: string): Finding => ({ id, severity: 'fine', what, change: null });
export const loses = (id: string, what: string, change: string): Finding => ({
  id,
  severity: 'loses',
  what,
  change,
});
export const refused = (id: string, what: string, change: string): Finding => ({
  id,
  severity: 'refused',
  what,
  change,
});
