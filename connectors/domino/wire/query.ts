import { DominoError, type Slice } from '../port.ts';
import { canonicalInstant } from './stamps.ts';
import { type NoteReading, UNID_PATTERN, type Unid } from '../../../src/sync/note.ts';

/** NSFQueryDB refuses longer texts (HCL C API). */
const MAX_QUERY_BYTES = 64 * 1024;
const ITEM_NAME = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;
const WHOLE_SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** A DQL text: single quotes, doubled inside. Substitution variables are not used: their shape in the module is not documented. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Query for the notes of a slice. Full timestamps always: Domino 10 silently finds nothing for partial dates. Throws `bad-request`. */
export function sliceQuery(slice: Slice): string {
  const terms = [formsTerm(slice.forms), ...stampTerms(slice)];
  if (slice.within) terms.push(...stampTerms(slice.within));
  return checked(terms.join(' and '));
}

function stampTerms({ by, from, to }: Omit<Slice, 'forms'>): readonly string[] {
  const property = by === 'created' ? '@Created' : '@ModifiedInThisFile';
  return [
    ...(from === null ? [] : [`${property} >= ${boundary(from)}`]),
    ...(to === null ? [] : [`${property} < ${boundary(to)}`]),
  ];
}

/** Query for notes of `form` whose item equals `value` in Domino's eyes, i.e. ignoring case and accents. */
export function itemQuery(form: string, itemName: string, value: string): string {
  if (!ITEM_NAME.test(itemName))
    throw new DominoError(
      'bad-request',
      `Cannot query item "${itemName}": a name of letters, digits, _ and $ is needed`,
    );
  return checked(`${formsTerm([form])} and ${itemName} = ${quoted(value)}`);
}

/** Query that matches the note only while nothing was saved after `stamp` (an instant in centiseconds). */
export function unchangedQuery(unid: Unid, stamp: string): string {
  const instant = canonicalInstant(stamp);
  if (!UNID_PATTERN.test(unid) || instant === null)
    throw new DominoError(
      'bad-request',
      `Cannot guard a write to note ${unid}: UNID or stamp "${stamp}" is malformed`,
    );
  return `@DocumentUniqueID = ${quoted(unid)} and @ModifiedInThisFile <= @dt('${instant}')`;
}

/** Query for all notes of the forms, or for all notes when null. */
export function formsQuery(forms: readonly string[] | null): string {
  return forms === null ? '@all' : checked(formsTerm(forms));
}

/** Query for the notes of all forms but these. */
export function otherFormsQuery(forms: readonly string[]): string {
  return checked(`@all and not ${formsTerm(forms)}`);
}

/** How often each form occurs among readings of the item Form. */
export function countForms(
  notes: readonly NoteReading[],
): readonly { readonly form: string; readonly notes: number }[] {
  const counts = new Map<string, number>();
  for (const note of notes) {
    const form = note.kind === 'note' ? note.items['Form']?.values[0] : undefined;
    if (typeof form === 'string' && form !== '') counts.set(form, (counts.get(form) ?? 0) + 1);
  }
  return [...counts].map(([form, count]) => ({ form, notes: count }));
}

function formsTerm(forms: readonly string[]): string {
  if (forms.length === 0) throw new DominoError('bad-request', 'Cannot build a query: no form is named');
  return `Form in (${forms.map(quoted).join(', ')})`;
}

function boundary(second: string): string {
  if (!WHOLE_SECOND.test(second) || Number.isNaN(Date.parse(second)))
    throw new DominoError(
      'bad-request',
      `Cannot build a slice: "${second}" is not a whole second YYYY-MM-DDTHH:MM:SSZ`,
    );
  return `@dt('${second}')`;
}

function checked(query: string): string {
  if (Buffer.byteLength(query) > MAX_QUERY_BYTES)
    throw new DominoError(
      'bad-request',
      `Cannot run a query of ${Buffer.byteLength(query)} bytes: Domino takes 64 KB`,
    );
  return query;
}
