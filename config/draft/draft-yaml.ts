import type { MappingDraft } from './propose-mapping.ts';
import type { ProposedField } from './propose-field.ts';

/** Begins the comment of what a person has to settle. */
export const DOUBT = '# ?';

/** The draft as a mapping file. Each doubt is a comment that begins with `# ?`; what is left out is named with its reason. */
export function draftYaml(draft: MappingDraft): string {
  const lines = [
    `# Draft from ${draft.notes} notes of form ${oneLine(draft.form)}. Settle every line with "${DOUBT}", add the form to a link, and let "config check" look at it.`,
    ...draft.doubts.map(doubt),
    `form: ${text(draft.form)}`,
    doubt('an English name for the entity, and the form’s title in both languages'),
    `entity: ${draft.entity}`,
    'version: 1',
    `title: { vi: ${text(draft.form)}, en: ${text(draft.form)} }`,
    `key: ${draft.key}`,
    'creates: notes',
    'handbookDelete: refuse',
    'gate:',
    `  classification: { item: ${draft.gate.levelItem}, open: [${text(draft.gate.open)}] }`,
    `  release: { item: ${draft.gate.markItem}, marks: [${text(draft.gate.mark)}] }`,
    'fields:',
    ...draft.fields.flatMap((field) => fieldLines(field)),
    ...(draft.fields.length === 0 ? ['  []'] : []),
    ...draft.leftOut.map(({ item, reason }) => `  # left out: ${oneLine(item)}: ${reason}`),
  ];
  return `${lines.join('\n')}\n`;
}

function fieldLines(field: ProposedField): readonly string[] {
  const checks = [
    ...(field.required === true ? ['required: true'] : []),
    ...(field.pattern === undefined ? [] : [`pattern: ${single(field.pattern)}`]),
  ];
  const parts = [
    `item: ${text(field.item)}`,
    `field: ${field.field}`,
    `type: ${field.type}`,
    ...(field.entity === undefined ? [] : [`entity: ${field.entity}`]),
    ...(checks.length === 0 ? [] : [`check: { ${checks.join(', ')} }`]),
  ];
  return [
    ...field.doubts.map((one) => `  ${doubt(one)}`),
    `  - { ${parts.join(', ')} } # in ${percent(field.fill)} of the notes`,
  ];
}

const doubt = (what: string): string => `${DOUBT} ${oneLine(what)}`;

/** Never 100 % of what one note lacks, never 0 % of what one has. */
function percent(share: number): string {
  const rounded = Math.round(share * 100);
  if (rounded === 100 && share < 1) return '> 99 %';
  return rounded === 0 && share > 0 ? '< 1 %' : `${rounded} %`;
}

/** A comment ends with its line. */
function oneLine(value: string): string {
  return value.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** A plain scalar where YAML takes it for that text, whatever stands around it. */
function text(value: string): string {
  const plain = /^[A-Za-z$_][\w$]*$/u.test(value) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(value);
  return plain ? value : JSON.stringify(value);
}

const single = (value: string): string => `'${value.replaceAll("'", "''")}'`;
