import type { Mapping } from '../src/sync/mapping.ts';
import { checkFieldMapping } from './check-field-mapping.ts';
import type { Report } from './finding.ts';

/** Levels of the law on state secrets, in the spellings in use. None of them may ever count as open. */
const SECRET_LEVELS = new Set(['mat', 'toimat', 'tuyetmat', 'mật', 'tốimật', 'tuyệtmật']);

/** Rules about the mappings alone, whatever the links. */
export function checkMappings(mappings: readonly Mapping[], report: Report): void {
  const entities = new Set(mappings.map((mapping) => mapping.entity));
  // Domino does not tell forms apart by case.
  for (const form of doubled(
    mappings.map((mapping) => mapping.form),
    true,
  )) {
    report('error', 'form-doubled', 'two mapping files are for this form; keep one', { form });
  }
  for (const entity of doubled(
    mappings.map((mapping) => mapping.entity),
    false,
  )) {
    report('error', 'entity-doubled', `two mappings make the entity "${entity}"; an entity has one form`);
  }
  for (const mapping of mappings) checkMapping(mapping, entities, report);
}

function checkMapping(mapping: Mapping, entities: ReadonlySet<string>, report: Report): void {
  const { form } = mapping;
  for (const field of doubled(
    mapping.fields.map((one) => one.field),
    false,
  )) {
    report('error', 'field-doubled', 'the field is mapped twice; keep one', { form, field });
  }
  for (const item of doubled(
    mapping.fields.map((one) => one.item),
    true,
  )) {
    report(
      'error',
      'item-doubled',
      `the item ${item} is mapped twice (Domino does not tell items apart by case); keep one`,
      { form },
    );
  }
  for (const field of mapping.fields) checkFieldMapping(mapping, field, entities, report);
  checkKey(mapping, report);
  checkBirth(mapping, report);
  checkGate(mapping, entities, report);
  checkSoftDelete(mapping, report);
}

function checkKey(mapping: Mapping, report: Report): void {
  const at = { form: mapping.form, field: mapping.key };
  const key = mapping.fields.find((field) => field.field === mapping.key);
  if (!key) {
    report(
      'error',
      'key-unknown',
      'the business key is not among the fields; map the item that holds it',
      at,
    );
    return;
  }
  if (key.type !== 'text' && key.type !== 'reference')
    report('error', 'key-type', `a business key is a text, this field is of type ${key.type}`, at);
  if (key.check.required !== true)
    report(
      'error',
      'key-required',
      'a record without its business key cannot be told from others; set required: true',
      at,
    );
}

/** A record born in the handbook must be able to carry to its note whatever the note must have. */
function checkBirth(mapping: Mapping, report: Report): void {
  if (mapping.creates === 'notes') return;
  for (const field of mapping.fields) {
    if (field.direction !== 'pull' || field.check.required !== true) continue;
    const isKey = field.field === mapping.key;
    const what =
      'the handbook creates these records, yet this field is never written to Notes; use direction push or both';
    report(
      'error',
      isKey ? 'key-not-written' : 'required-not-written',
      isKey ? what : `${what}, or do not require it`,
      { form: mapping.form, field: field.field },
    );
  }
}

function checkGate(mapping: Mapping, entities: ReadonlySet<string>, report: Report): void {
  const { form, gate } = mapping;
  if (!gate.denied && (gate.classification.open.length === 0 || gate.release.marks.length === 0)) {
    report(
      'error',
      'gate-empty',
      'no level is open or no mark releases: nothing could ever cross; name them, or write denied: true',
      { form },
    );
  }
  for (const level of gate.classification.open) {
    if (
      !SECRET_LEVELS.has(
        level
          .normalize('NFC')
          .toLowerCase()
          .replaceAll(/[\s_-]/gu, ''),
      )
    )
      continue;
    report(
      'error',
      'gate-secret-open',
      `"${level}" is a level of the law on state secrets; it can never be open`,
      { form },
    );
  }
  if (!gate.parent) return;
  const parent = gate.parent;
  const field = mapping.fields.find((one) => one.field === parent.field);
  if (!entities.has(parent.entity)) {
    report('error', 'gate-parent', `the parent is of entity "${parent.entity}", which no mapping makes`, {
      form,
    });
  }
  if (field?.type !== 'reference' || field.entity !== parent.entity) {
    report(
      'error',
      'gate-parent',
      `the parent is found by the field "${parent.field}": it must be a reference to ${parent.entity}`,
      { form, field: parent.field },
    );
  }
}

function checkSoftDelete(mapping: Mapping, report: Report): void {
  const item = mapping.softDelete?.item.toLowerCase();
  if (item === undefined) return;
  const { classification, release } = mapping.gate;
  const reserved = ['form', 'handbookid', classification.item.toLowerCase(), release.item.toLowerCase()];
  if (reserved.includes(item) || item.startsWith('$')) {
    report(
      'error',
      'item-reserved',
      `softDelete writes ${mapping.softDelete?.item ?? ''}, which belongs to Domino, the gate or the bridge; use an item of its own`,
      { form: mapping.form },
    );
  }
}

/** What occurs more than once, each named once, as it was written first. */
export function doubled(names: readonly string[], ignoreCase: boolean): readonly string[] {
  const fold = (name: string) => (ignoreCase ? name.toLowerCase() : name);
  const seen = new Map<string, { readonly name: string; readonly count: number }>();
  for (const name of names) {
    const before = seen.get(fold(name));
    seen.set(fold(name), { name: before?.name ?? name, count: (before?.count ?? 0) + 1 });
  }
  return [...seen.values()].filter((one) => one.count > 1).map((one) => one.name);
}
