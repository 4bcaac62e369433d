import type { EngineQuirks } from '../engine/engine-quirks.ts';
import type { SwitchText } from './switch-text.ts';

/** What the switches of the engine are about. */
export const ENGINE_TEXTS: Readonly<Record<keyof EngineQuirks, SwitchText>> = {
  itemSequence: {
    question: 'whether an item written again with its old value counts as changed',
    source: 'Ytria describes item sequences, not this',
  },
  divergence: {
    question: 'whether a higher sequence swallows another line of edits, or is a conflict',
    source: 'HCL Designer help (by `$Revisions`) against the C API guide (by sequence)',
  },
  stubAge: { question: 'from when the age of a stub counts', source: 'no source' },
  explicitEntry: {
    question: "whether an ACL entry of the name outweighs its groups'",
    source: "HCL Admin help against the Java API's `queryAccess`",
  },
  saveOfDeleted: {
    question: 'what a save does of a document that was deleted while it was open',
    source: 'no source',
  },
  movedUnid: { question: 'whether cut and paste into another database keeps the UNID', source: 'no source' },
};
