import { isTypeMode } from './type-modes.ts';
import { findField, findMode, isReadable, kindOf, type RestForm } from './schema.ts';

/**
 * The mode to read these items through: of the modes that all the forms have, those that show most of what is asked, and of them the one
 * with the fewest fields, because a server sends every field of the mode. A mode of the gate's items alone therefore keeps content of
 * withheld notes where it is. A note whose form lacks the mode would look as if it were not there; null when the forms share no mode.
 */
export function chooseReadMode(
  forms: readonly RestForm[],
  asked: (form: RestForm) => readonly string[],
): string | null {
  const names = new Set(forms[0]?.formModes.map((mode) => mode.modeName));
  const candidates = [...names]
    .filter((name) => !isTypeMode(name))
    .flatMap((name) => {
      const modes = forms.flatMap((form) => findMode(form, name) ?? []);
      if (modes.length < forms.length) return [];
      const shown = forms.flatMap((form) => asked(form).filter((item) => isShown(form, name, item))).length;
      const fields = modes.flatMap((mode) => mode.fields.filter(isReadable));
      const lists = fields.filter((field) => kindOf(field).list).length;
      return [{ name, shown, width: fields.length, lists }];
    });
  // Of modes alike, the one with more lists hides fewer values.
  const [best] = candidates.sort(
    (one, other) => other.shown - one.shown || one.width - other.width || other.lists - one.lists,
  );
  return best?.name ?? null;
}

/** The mode to write these items through: one whose writable fields hold them all; else the one that holds most. */
export function chooseWriteMode(form: RestForm, holds: (modeName: string) => number): string | null {
  let best: { readonly name: string; readonly held: number } | null = null;
  for (const { modeName, computeWithForm } of form.formModes) {
    if (isTypeMode(modeName)) continue;
    // Computed fields of the form would change items that nobody edited.
    const held = holds(modeName) - (computeWithForm ? 0.5 : 0);
    const preferred = modeName === 'default' ? 0.25 : 0;
    if (best === null || held + preferred > best.held) best = { name: modeName, held: held + preferred };
  }
  return best?.name ?? null;
}

export function isShown(form: RestForm, modeName: string, itemName: string): boolean {
  if (itemName.toLowerCase() === 'form') return true;
  const mode = findMode(form, modeName);
  const field = mode === undefined ? undefined : findField(mode, itemName);
  return field !== undefined && isReadable(field);
}
