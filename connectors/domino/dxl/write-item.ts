import type { NotesDateTime, StoredFile, StoredItem, StoredValue } from '../embedded/stored-note.ts';
import { encodeBase64 } from './base64.ts';
import { writeDateTime } from './dxl-datetime.ts';
import { flagNames, summaryByDefault } from './read-item.ts';
import { COMPOSITE_TYPE } from './read-value.ts';
import { assertFragment } from './assert-fragment.ts';
import { assertLegal, markIllegal, markText } from './write-text.ts';
import { writeAttributes } from './xml-tree.ts';

/** `<item>` in pieces. Throws `DxlError` for what DXL cannot say. */
export function* writeItem(item: StoredItem): Generator<string> {
  assertLegal(item.name, 'an item name');
  if (item.value.type === 'raw' && item.value.element === 'item') {
    yield assertFragment(item.value.bytes, 'item', item.name);
    yield '\n';
    return;
  }
  yield `<item${writeAttributes({ name: item.name, ...flags(item) })}>`;
  yield* writeValue(item.value, item.name);
  yield '</item>\n';
}

function flags(item: StoredItem): Record<string, string> {
  const byDefault = summaryByDefault.has(item.value.type);
  const set = flagNames.filter((flag) => item.flags[flag] === true && !(flag === 'summary' && byDefault));
  const attributes = Object.fromEntries(set.map((flag) => [flag, 'true']));
  return byDefault && item.flags.summary !== true ? { summary: 'false', ...attributes } : attributes;
}

function* writeValue(value: StoredValue, itemName: string): Generator<string> {
  switch (value.type) {
    case 'text':
      yield list('text', value.values.map(markText), value.list);
      return;
    case 'number':
      yield list('number', value.values.map(writeNumber), value.list);
      return;
    case 'datetime':
      yield writeDateTimes(value);
      return;
    case 'formula':
      yield `<formula${value.compiled ? " compiled='true'" : ''}>${markIllegal(value.source)}</formula>`;
      return;
    case 'richtext':
      if (value.format === 'dxl') yield assertFragment(value.bytes, 'richtext', itemName);
      else yield* writeRaw('rawitemdata', COMPOSITE_TYPE, value.bytes);
      return;
    case 'file':
      yield* writeFile(value.file);
      return;
    case 'raw':
      if (value.element === 'rawitemdata' || value.element === 'itemdata') {
        yield* writeRaw(value.element, value.typeHex, value.bytes);
      } else yield assertFragment(value.bytes, value.element, itemName);
  }
}

function list(name: string, contents: readonly string[], isList: boolean): string {
  const elements = contents.map((content) =>
    content === '' ? `<${name}/>` : `<${name}>${content}</${name}>`,
  );
  const all = elements.join('');
  if (elements.length === 1 && !isList) return all;
  return all === '' ? `<${name}list/>` : `<${name}list>${all}</${name}list>`;
}

function writeNumber(value: number): string {
  if (Number.isFinite(value)) return Object.is(value, -0) ? '-0' : String(value);
  return Number.isNaN(value) ? 'NaN' : value > 0 ? 'INF' : '-INF';
}

function writeDateTimes(value: Extract<StoredValue, { type: 'datetime' }>): string {
  const [only] = value.values;
  if (only && value.values.length === 1 && value.ranges.length === 0 && !value.list)
    return writeDateTime(only);
  const pairs = value.ranges.map(
    (range) => `<datetimepair>${range.map(writeDateTime).join('')}</datetimepair>`,
  );
  return `<datetimelist>${[...value.values.map(writeDateTime), ...pairs].join('')}</datetimelist>`;
}

function* writeRaw(element: string, typeHex: string, bytes: Uint8Array): Generator<string> {
  assertLegal(typeHex, 'a raw type');
  yield `<${element}${typeHex === '' ? '' : writeAttributes({ type: typeHex })}>\n`;
  yield* encodeBase64(bytes);
  yield `</${element}>`;
}

function* writeFile(file: StoredFile): Generator<string> {
  for (const text of [file.name, ...Object.values(file.attributes)])
    assertLegal(text, 'a file name or attribute');
  const { name: _name, ...attributes } = file.attributes;
  yield `<object><file${writeAttributes({ ...attributes, name: file.name })}>\n`;
  yield writeTime('created', file.created);
  yield writeTime('modified', file.modified);
  yield '<filedata>\n';
  yield* encodeBase64(file.bytes);
  yield '</filedata></file></object>';
}

function writeTime(name: string, time: NotesDateTime | null): string {
  return time === null ? '' : `<${name}>${writeDateTime(time)}</${name}>\n`;
}
