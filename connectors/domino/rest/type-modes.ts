/**
 * Modes in which items are declared as other types than their own, so that an item of the wrong type is seen and not taken for an empty one. Nothing else is
 * read through them, and nothing written.
 */
export const TYPE_MODES = ['bridgetext', 'bridgenumber', 'bridgedate'] as const;

export type TypeMode = (typeof TYPE_MODES)[number];

const names: ReadonlySet<string> = new Set(TYPE_MODES);

export function isTypeMode(modeName: string): boolean {
  return names.has(modeName);
}
