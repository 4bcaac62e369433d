import type { ServerFacts, ScopeFacts } from './server-facts.ts';
import { fine, type Finding, loses, refused } from './finding.ts';
import { generalFindings } from './general-findings.ts';
import { chooseReadMode, isShown } from './choose-mode.ts';
import { isTypeMode, TYPE_MODES } from './type-modes.ts';
import {
  findField,
  findForm,
  findMode,
  isWritable,
  kindOf,
  type FieldKind,
  type RestField,
  type RestForm,
} from './schema.ts';

/** What a link needs of one item. */
export interface ExpectedItem {
  readonly name: string;
  readonly value: 'text' | 'number' | 'date' | 'instant' | 'richText';
  /** Notes may hold several values. */
  readonly list: boolean;
  readonly names: boolean;
  /** May exceed 32 KB, so it is kept outside the summary. */
  readonly long: boolean;
  /** Read of every document, before its release is known. */
  readonly header: boolean;
  /** The bridge writes it to documents that are there. */
  readonly written: boolean;
}

export interface ExpectedForm {
  readonly form: string;
  readonly items: readonly ExpectedItem[];
  /** The bridge creates documents of the form. */
  readonly creates: boolean;
  /** The bridge deletes them. */
  readonly deletes: boolean;
}

/** What this server, scope and schema do to the documents of a link. */
export function findingsOf(
  server: ServerFacts,
  scope: ScopeFacts,
  expected: readonly ExpectedForm[],
  link: { readonly identity: string | null; readonly changesView: string | null },
): readonly Finding[] {
  return [
    ...generalFindings(server, scope, link),
    ...expected.flatMap((one) => [...formFindings(scope, one), ...modeFindings(scope, one, expected)]),
  ];
}

function formFindings({ schema }: ScopeFacts, expected: ExpectedForm): Finding[] {
  const form = findForm(schema, expected.form);
  if (form === undefined)
    return [
      refused(expected.form, `the schema does not know form ${expected.form}`, `add the form to the schema`),
    ];
  const findings = expected.items.flatMap((item) => itemFindings(form, expected, item));
  const deletable = form.formModes.some(({ deleteAccessFormula }) => allows(deleteAccessFormula?.formula));
  if (expected.deletes && !deletable)
    findings.push(
      refused(
        `${expected.form}:delete`,
        `no mode of form ${expected.form} lets a document be deleted`,
        'give one mode a deleteAccessFormula such as @True',
      ),
    );
  findings.push(...typeFindings(form, expected));
  if (findings.length === 0)
    findings.push(
      fine(
        expected.form,
        `form ${expected.form}: all ${expected.items.length} items are shown and kept whole`,
      ),
    );
  return findings;
}

/** Without the modes for other types an item that somebody saved as another type looks as if it had been emptied. */
function typeFindings(form: RestForm, { form: name, items }: ExpectedForm): Finding[] {
  const content = items.filter(({ header, value }) => !header && value !== 'richText');
  const blind = content.filter(
    (item) =>
      !TYPE_MODES.some((modeName) => {
        const mode = findMode(form, modeName);
        return mode !== undefined && findField(mode, item.name) !== undefined;
      }),
  );
  if (blind.length === 0) return [];
  return [
    loses(
      `${name}:types`,
      `an item of form ${name} that holds another type than the declared one reads as if it were empty (${blind.map((item) => item.name).join(', ')})`,
      `add the modes ${TYPE_MODES.join(', ')} of the wanted schema (bridge domino probe --json)`,
    ),
  ];
}

/** The notes of all forms of a link are read through one mode at a time. */
function modeFindings(
  { schema }: ScopeFacts,
  { form, items }: ExpectedForm,
  all: readonly ExpectedForm[],
): Finding[] {
  const own = findForm(schema, form);
  if (own === undefined) return [];
  const forms = all.flatMap((one) => findForm(schema, one.form) ?? []);
  const names = items.filter(({ value }) => value !== 'richText').map(({ name }) => name);
  const modeName = chooseReadMode(forms, (one) => (one === own ? names : []));
  const hidden = modeName === null ? names : names.filter((name) => !isShown(own, modeName, name));
  if (hidden.length === 0) return [];
  const what = `no mode that all forms of the link have shows all items of form ${form} (missing: ${hidden.join(', ')})`;
  return [
    refused(`${form}:mode`, what, 'give every form of the link a mode of one name that holds all its items'),
  ];
}

function itemFindings(form: RestForm, expected: ExpectedForm, item: ExpectedItem): Finding[] {
  const at = `${expected.form}.${item.name}`;
  const own = form.formModes.filter(({ modeName }) => !isTypeMode(modeName));
  const shown = own.filter((mode) => isShown(form, mode.modeName, item.name));
  const declaration = `"${item.name}" as ${declared(item)} in a mode of form ${expected.form}`;
  if (shown.length === 0) return [refused(`${at}:hidden`, `no mode shows ${at}`, `add ${declaration}`)];
  const findings = shown.flatMap((mode) => {
    const field = findField(mode, item.name);
    return field === undefined ? [] : fieldFindings(field, item, at, mode.modeName);
  });
  const writable = form.formModes.filter((mode) => {
    const field = findField(mode, item.name);
    return field !== undefined && isWritable(field);
  });
  if (item.written && writable.length === 0)
    findings.push(refused(`${at}:read-only`, `no mode lets ${at} be written`, `give it fieldAccess RW`));
  const creating = findMode(form, 'default');
  const inDefault = creating === undefined ? undefined : findField(creating, item.name);
  if (expected.creates && item.written && (inDefault === undefined || !isWritable(inDefault)))
    findings.push(
      refused(
        `${at}:create`,
        `a new document takes fields of mode default only, and ${at} is not among them`,
        `add it to mode default with fieldAccess RW`,
      ),
    );
  return findings;
}

function fieldFindings(field: RestField, item: ExpectedItem, at: string, modeName: string): Finding[] {
  const kind = kindOf(field);
  const where = `${at} in mode ${modeName}`;
  const change = `declare it ${declared(item)}`;
  const id = (what: string) => `${at}:${modeName}:${what}`;
  if (!fits(kind, item))
    return [
      refused(
        id('type'),
        `${where} is declared ${kind.value}: a Notes item of another type is not shown and not taken`,
        change,
      ),
    ];
  const findings: Finding[] = [];
  if (item.list && !kind.list)
    findings.push(
      loses(
        id('single'),
        `${where} is declared single: of several values only the first is shown, and the others are cut by a write`,
        change,
      ),
    );
  if (kind.single)
    findings.push(loses(id('float'), `${where} has format float: 3209185.63 comes as 3209185.8`, change));
  if (item.value === 'number' && kind.value === 'integer')
    findings.push(loses(id('integer'), `${where} is an integer: fractions are cut`, change));
  if (item.written && item.names && kind.names === null)
    findings.push(loses(id('names'), `${where} is plain text: a write takes its Names flag away`, change));
  return findings;
}

function fits(kind: FieldKind, item: ExpectedItem): boolean {
  switch (item.value) {
    case 'text':
    case 'date':
    case 'instant':
    case 'richText':
      return kind.value === item.value;
    case 'number':
      return kind.value === 'number' || kind.value === 'integer' || kind.value === 'boolean';
  }
}

function declared(item: ExpectedItem): string {
  const [type, format] = {
    text: ['string', item.names ? 'names' : 'string'],
    number: ['number', 'double'],
    date: ['string', 'date'],
    instant: ['string', 'date-time'],
    richText: ['object', 'richtext'],
  }[item.value] as [string, string];
  return item.list
    ? `type array with items of type ${type}, format ${format}`
    : `type ${type}, format ${format}`;
}

const allows = (formula: string | undefined): boolean => !/^\s*@?false\s*;?\s*$/i.test(formula ?? '@False');

/** Modes that let documents of the form be deleted. */
export function deletingMode(form: RestForm): string | null {
  return (
    form.formModes.find(({ deleteAccessFormula }) => allows(deleteAccessFormula?.formula))?.modeName ?? null
  );
}
