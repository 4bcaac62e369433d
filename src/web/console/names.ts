import { me } from './api.ts';
import { titleOf } from './words.ts';

/** An entity as the officer knows it: the title of its form. */
export function entityName(entity: string): string {
  const form = me.value?.forms.find((one) => one.entity === entity);
  return form === undefined ? entity : titleOf(form.title);
}

export function formName(form: string): string {
  const known = me.value?.forms.find((one) => one.form === form);
  return known === undefined ? form : titleOf(known.title);
}

/** A field by the item that people in Notes know it by. */
export function itemName(entity: string, field: string): string {
  return me.value?.forms.find((one) => one.entity === entity)?.items[field] ?? field;
}

/** The ends of an identifier, enough to tell it from its neighbours; the whole is where it is shown alone. */
export function short(id: string): string {
  return id.length <= 16 ? id : `${id.slice(0, 8)}…${id.slice(-6)}`;
}

/** A few names, and how many more. */
export function fewOf(names: readonly string[]): string {
  return names.length <= 4 ? names.join(', ') : `${names.slice(0, 3).join(', ')} +${names.length - 3}`;
}
