import { printable, widthOf } from './terminal-text.ts';

export interface Column<Row> {
  readonly title: string;
  readonly alignRight?: boolean;
  text(row: Row): string;
}

/** An aligned table with a header and a rule, ending with a newline; values are never cut. */
export function renderTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const cells = rows.map((row) => columns.map((column) => printable(column.text(row))));
  const widths = columns.map((column, at) =>
    Math.max(widthOf(column.title), ...cells.map((row) => widthOf(row[at] ?? ''))),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, at) => {
        const gap = ' '.repeat((widths[at] ?? 0) - widthOf(text));
        return columns[at]?.alignRight === true ? gap + text : text + gap;
      })
      .join('  ')
      .trimEnd();
  const head = line(columns.map((column) => column.title));
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return `${[head, rule, ...cells.map(line)].join('\n')}\n`;
}
