import { findField, findMode, isReadable, type RestForm } from './schema.ts';

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
  let best: { readonly name: string; readonly shown: number; readonly width: number } | null = null;
  for (const name of names) {
    const modes = forms.flatMap((form) => findMode(form, name) ?? []);
    if (modes.length < forms.length) continue;
    const shown = forms.reduce(
      (sum, form) => sum + asked(form).filter((item) => isShown(form, name, item)).length,
      0,
    );
    const width = modes.reduce((sum, mode) => sum + mode.fields.filter(isReadable).length, 0);
    if (best === null || shown > best.shown || (shown === best.shown && width < best.width))
      best = { name, shown, width };
  }
  return best?.name ?? null;
}

/** The mode to write these items through: one whose writable fields hold them all; else the one that holds most. */
export function chooseWriteMode(form: RestForm, holds: (modeName: string) => number): string | null {
  let best: { readonly name: string; readonly held: number } | null = null;
  for (const { modeName, computeWithForm } of form.formModes) {
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
