import { type Column, renderTable } from './table.ts';
import { printable, widthOf } from './terminal-text.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A result for a person to read: tables for lists of objects, aligned `name  value` lines for an object, text for the rest. */
export function renderResult(value: unknown): string {
  if (Array.isArray(value)) return renderList(value);
  if (isFields(value)) return renderFields(value);
  return `${cell(value)}\n`;
}

function renderList(values: readonly unknown[]): string {
  if (values.length === 0) return 'none\n';
  if (!values.every(isFields)) return values.map((value) => `${cell(value)}\n`).join('');
  const names = [...new Set(values.flatMap((row) => Object.keys(row)))];
  const columns = names.map(
    (name): Column<Fields> => ({
      title: titleOf(name),
      alignRight: values.every(
        (row) => row[name] === undefined || row[name] === null || typeof row[name] === 'number',
      ),
      text: (row) => cell(row[name]),
    }),
  );
  return renderTable(columns, values);
}

function renderFields(fields: Fields): string {
  const lines = Object.entries(fields).filter(([, value]) => !isBlock(value));
  const blocks = Object.entries(fields).filter(([, value]) => isBlock(value));
  const width = Math.max(0, ...lines.map(([name]) => widthOf(titleOf(name))));
  const parts = lines.map(([name, value]) => `${titleOf(name).padEnd(width)}  ${cell(value)}`.trimEnd());
  const text = parts.length === 0 ? '' : `${parts.join('\n')}\n`;
  const sections = blocks.map(([name, value]) => `${titleOf(name)}:\n${indent(renderResult(value))}`);
  return [text, ...sections].filter((part) => part !== '').join('\n');
}

/** What needs lines of its own. */
function isBlock(value: unknown): boolean {
  return isFields(value) || (Array.isArray(value) && value.some(isFields));
}

function cell(value: unknown): string {
  if (value === null || value === undefined || value === '') return '-';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value) && !value.some((entry) => typeof entry === 'object' && entry !== null)) {
    return value.length === 0 ? '-' : value.map(cell).join(', ');
  }
  return typeof value === 'number' ? String(value) : printable(JSON.stringify(value));
}

/** `pendingDeletes` → `pending deletes`; what is not such a name (an item, a link) stays as it is. */
function titleOf(name: string): string {
  return /^[a-z][a-zA-Z]*$/.test(name)
    ? name.replaceAll(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : printable(name);
}

function indent(text: string): string {
  return text.replaceAll(/^(?=.)/gm, '  ');
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
