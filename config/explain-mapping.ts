import type { FieldMapping, Mapping } from '../src/sync/mapping.ts';
import { type Language, MAPPING_WORDS, type MappingWords } from './mapping-words.ts';

/** The mapping in sentences, one a line, for the officer who answers for it: what crosses, which way, who wins. */
export function explainMapping(mapping: Mapping, language: Language): string {
  const words = MAPPING_WORDS[language];
  return [
    words.head(mapping.form, mapping.title[language], mapping.entity, mapping.version),
    ...explainGate(mapping, words).map(indented),
    indented(explainKey(mapping, words)),
    indented(words.creates[mapping.creates]),
    indented(words.deletes[mapping.handbookDelete]),
    ...(mapping.softDelete
      ? [indented(words.softDelete(mapping.softDelete.item, String(mapping.softDelete.value)))]
      : []),
    indented(words.editAgainstDelete[mapping.editAgainstDelete]),
    ...(mapping.acceptRace ? [indented(words.race)] : []),
    ...mapping.fields.map((field) => indented(explainField(field, words))),
  ].join('\n');
}

function explainGate({ gate }: Mapping, words: MappingWords): readonly string[] {
  if (gate.denied) return [words.denied];
  const { classification, release, parent } = gate;
  const own = words.gate(
    classification.item,
    classification.open.join(' | '),
    release.item,
    release.marks.join(' | '),
  );
  return parent ? [own, words.parent(parent.field, parent.entity)] : [own];
}

function explainKey(mapping: Mapping, words: MappingWords): string {
  const key = mapping.fields.find((field) => field.field === mapping.key);
  return words.key(key?.item ?? '?', mapping.key);
}

function explainField(field: FieldMapping, words: MappingWords): string {
  const type =
    field.entity === undefined
      ? words.types[field.type]
      : `${words.types[field.type]} ${words.entity(field.entity)}`;
  const parts = [
    ...explainChecks(field, words),
    words.directions[field.direction],
    words.writers[field.writer],
    // Where only one side ever writes there is nothing to settle.
    ...(field.direction === 'both' ? [words.policies[field.conflict]] : []),
    ...(field.direction !== 'pull' && field.clear === 'empty' ? [words.clearedEmpty] : []),
  ];
  return `- ${field.item} → ${field.field}: ${[type, ...parts].join('; ')}`;
}

function explainChecks({ check, truth }: FieldMapping, words: MappingWords): readonly string[] {
  return [
    ...(check.required === true ? [words.required] : []),
    ...(check.oneOf ? [words.oneOf(check.oneOf.join(', '))] : []),
    ...(check.pattern === undefined ? [] : [words.pattern(check.pattern)]),
    ...(check.maxLength === undefined ? [] : [words.maxLength(check.maxLength)]),
    ...(check.min === undefined && check.max === undefined
      ? []
      : [words.range(String(check.min ?? '−∞'), String(check.max ?? '∞'))]),
    ...(check.maxFiles === undefined ? [] : [words.maxFiles(check.maxFiles)]),
    ...(check.maxBytes === undefined ? [] : [words.maxBytes(check.maxBytes)]),
    ...(check.extensions ? [words.oneOf(check.extensions.join(', '))] : []),
    ...(truth ? [words.truth(String(truth.yes), String(truth.no))] : []),
  ];
}

function indented(line: string): string {
  return `  ${line}`;
}
