import type { FieldMapping, FieldType, Mapping } from '../src/sync/mapping.ts';
import type { Report } from './finding.ts';

const TEXTS: readonly FieldType[] = ['text', 'reference', 'list', 'set', 'names'];
/** Their canonical texts order as the values do. */
const ORDERED: readonly FieldType[] = ['number', 'date', 'partialDate', 'instant'];

/**
 * A summary item holds 32 KB, and a Vietnamese letter takes up to three bytes in LMBCS: above this many characters a text belongs
 * outside the summary, where Domino sets no such limit.
 */
const SUMMARY_CHARACTERS = 10_000;

/** Rules about one field. */
export function checkFieldMapping(
  mapping: Mapping,
  field: FieldMapping,
  entities: ReadonlySet<string>,
  report: Report,
): void {
  const at = { form: mapping.form, field: field.field };
  const error = (rule: Parameters<Report>[1], message: string) => report('error', rule, message, at);

  if (field.type === 'reference' && !entities.has(field.entity ?? '')) {
    error(
      'reference-entity',
      `names the entity "${field.entity ?? ''}", which no mapping makes; known are ${[...entities].sort().join(', ')}`,
    );
  }
  if (field.direction === 'pull' && field.writer === 'handbook') {
    error(
      'direction-writer',
      'people of the handbook write it, yet it only goes from Notes to the handbook; use direction push or both, or writer notes',
    );
  }
  if (field.direction === 'push' && field.writer === 'notes') {
    error(
      'direction-writer',
      'people write it in Notes, yet it only goes from the handbook to Notes; use direction pull or both, or writer handbook',
    );
  }
  if (field.conflict === 'union' && field.type !== 'set') {
    error(
      'policy-type',
      'union joins sets only; use another policy, or type set where the order means nothing',
    );
  }
  if ((field.conflict === 'max' || field.conflict === 'min') && !ORDERED.includes(field.type)) {
    error('policy-type', `${field.conflict} compares numbers, dates and instants only; use another policy`);
  }
  checkBlobs(field, error);
  checkItem(mapping, field, error);
  checkChecks(field, error);
  checkLength(field, at, report);
}

function checkBlobs(
  field: FieldMapping,
  error: (rule: 'blob-direction' | 'policy-type', message: string) => void,
): void {
  if (field.direction === 'pull') return;
  if (field.type === 'richText')
    error('blob-direction', 'rich text is never written to Notes; use direction pull');
  if (field.type !== 'attachments') return;
  if (field.direction === 'push')
    error(
      'blob-direction',
      'files that people attach in Notes are files of the same note, and would be taken out again; use direction both, or pull',
    );
  if (field.conflict === 'manual')
    error(
      'policy-type',
      'of two files of one name only one can stay; use notes-wins or handbook-wins (files of other names are all kept)',
    );
}

function checkItem(
  mapping: Mapping,
  field: FieldMapping,
  error: (rule: 'item-reserved' | 'gate-item-mapped', message: string) => void,
): void {
  const item = field.item.toLowerCase();
  const { classification, release } = mapping.gate;
  if (item === classification.item.toLowerCase() || item === release.item.toLowerCase()) {
    error(
      'gate-item-mapped',
      `${field.item} is the gate's: it is read there and neither shown nor written; take it out of the fields`,
    );
  }
  const attachments = field.type === 'attachments';
  if (item === 'form' || item === 'handbookid' || (item.startsWith('$') && !attachments)) {
    error('item-reserved', `${field.item} belongs to Domino or to the bridge; take it out of the fields`);
  }
  if (attachments && item !== '$file')
    error('item-reserved', 'attachments are the item $FILE of the note; write item: $FILE');
}

function checkChecks(field: FieldMapping, error: (rule: 'check-type', message: string) => void): void {
  const { check, type } = field;
  if ((check.pattern !== undefined || check.maxLength !== undefined) && !TEXTS.includes(type)) {
    error('check-type', `pattern and maxLength hold texts only, the field is of type ${type}`);
  }
  if ((check.min !== undefined || check.max !== undefined) && type !== 'number') {
    error('check-type', `min and max hold numbers only, the field is of type ${type}`);
  }
  const ofFiles = [check.maxBytes, check.maxFiles, check.extensions].some((one) => one !== undefined);
  if (ofFiles && type !== 'attachments')
    error(
      'check-type',
      `maxBytes, maxFiles and extensions hold attachments only, the field is of type ${type}`,
    );
  if (check.min !== undefined && check.max !== undefined && check.min > check.max)
    error('check-type', 'min is greater than max: no value could pass');
  const scalar = TEXTS.includes(type) ? 'string' : type;
  if (check.oneOf?.some((value) => typeof value !== scalar) === true) {
    error(
      'check-type',
      `oneOf lists values of another type than ${type}; quote texts that look like numbers`,
    );
  }
}

function checkLength(
  field: FieldMapping,
  at: { readonly form: string; readonly field: string },
  report: Report,
): void {
  if (field.direction === 'pull' || !TEXTS.includes(field.type) || field.nonsummary) return;
  const { maxLength, oneOf, pattern } = field.check;
  if (maxLength !== undefined && maxLength > SUMMARY_CHARACTERS) {
    report(
      'error',
      'text-too-long',
      `${maxLength} characters may exceed Domino's 32 KB of a summary item; use nonsummary: true or a maxLength up to ${SUMMARY_CHARACTERS}`,
      at,
    );
  }
  if (maxLength === undefined && oneOf === undefined && pattern === undefined && field.type !== 'reference') {
    report(
      'warning',
      'text-too-long',
      `nothing limits this text, and Domino refuses more than 32 KB in a summary item; give it a maxLength or nonsummary: true`,
      at,
    );
  }
}
