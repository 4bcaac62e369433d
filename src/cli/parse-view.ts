import { UsageError } from './exit-codes.ts';

export const COLUMN_SYNTAX =
  'A column is written NAME=ITEM or NAME=ITEM:HOW,HOW with HOW one of ascending, descending, click, categorized, separate.\n' +
  'DQL finds by the first column where it is ascending, and by any that a click sorts.';

interface Column {
  readonly name: string;
  readonly item: string;
  readonly sorted: string;
  readonly clickSort: boolean;
  readonly categorized: boolean;
  readonly separateValues: boolean;
}

const HOWS = ['ascending', 'descending', 'click', 'categorized', 'separate'];

/** Throws `UsageError` on what is no column. */
export function parseColumn(text: string): Column {
  const match = /^(?<name>[^=:\s]+)=(?<item>[^=:\s]+)(?::(?<hows>[a-z,]+))?$/u.exec(text);
  const hows = match?.groups?.['hows']?.split(',') ?? [];
  const sorts = hows.filter((how) => how.endsWith('scending'));
  if (match?.groups === undefined || !hows.every((how) => HOWS.includes(how)) || sorts.length > 1)
    throw new UsageError(`--column "${text}" is no column. ${COLUMN_SYNTAX}`);
  const { name = '', item = '' } = match.groups;
  return {
    name,
    item,
    sorted: sorts[0] ?? 'none',
    clickSort: hows.includes('click'),
    categorized: hows.includes('categorized'),
    separateValues: hows.includes('separate'),
  };
}

/** `ITEM=VALUE`, the same item again for another value; none = all documents. Throws `UsageError`. */
export function parseSelection(texts: readonly string[]): 'all' | Record<string, string[]> {
  const wanted = new Map<string, string[]>();
  for (const text of texts) {
    const match = /^(?<item>[^=\s]+)=(?<value>.*)$/su.exec(text);
    if (match?.groups === undefined) throw new UsageError(`--select "${text}" is not ITEM=VALUE.`);
    const { item = '', value = '' } = match.groups;
    wanted.set(item, [...(wanted.get(item) ?? []), value]);
  }
  return wanted.size === 0 ? 'all' : Object.fromEntries(wanted);
}
