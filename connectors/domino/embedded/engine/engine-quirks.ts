import * as z from 'zod';

/** Whether an item's own sequence moves with every write of it, or only when its value differs. */
export type ItemSequenceRule = 'written' | 'changed';

/** Points of the engine that public sources leave open or contradict each other on. Each value can be had; {@link HARSH_ENGINE} is what runs. */
export interface EngineQuirks {
  readonly itemSequence: ItemSequenceRule;
  /** What tells a conflict: the other side's `$Revisions` lack our version, or only an equal sequence with another time. */
  readonly divergence: 'revisions' | 'equal-sequence';
  /** Whether the age of a stub counts from the deletion, or from when it came into the file. */
  readonly stubAge: 'deletion' | 'arrival';
  /** Whether an entry for the name itself outweighs those of its groups, or the highest of all counts. */
  readonly explicitEntry: 'outweighs' | 'highest';
  /** What becomes of an open document that is saved after somebody deleted it. */
  readonly saveOfDeleted: 'recreated' | 'refused';
  /** Whether a document that is cut in one database and pasted into another gets a new UNID. */
  readonly movedUnid: 'new' | 'kept';
}

export const HARSH_ENGINE: EngineQuirks = {
  itemSequence: 'written',
  divergence: 'equal-sequence',
  stubAge: 'deletion',
  explicitEntry: 'outweighs',
  saveOfDeleted: 'recreated',
  movedUnid: 'new',
};

export const ENGINE_SWITCHES: { readonly [K in keyof EngineQuirks]: z.ZodType<EngineQuirks[K]> } = {
  itemSequence: z.enum(['written', 'changed']),
  divergence: z.enum(['equal-sequence', 'revisions']),
  stubAge: z.enum(['deletion', 'arrival']),
  explicitEntry: z.enum(['outweighs', 'highest']),
  saveOfDeleted: z.enum(['recreated', 'refused']),
  movedUnid: z.enum(['new', 'kept']),
};
