import type { StoredItem } from '../stored-note.ts';
import { EngineError } from './engine-error.ts';
import { refOf } from './item-codec.ts';

/** Bytes, from HCL's "Table of Notes and Domino known limits". */
export interface NoteLimits {
  /** All summary items of a note. */
  readonly summaryBytes: number;
  readonly summaryItemBytes: number;
  /** A text outside the summary. */
  readonly textItemBytes: number;
  /** The name of an item, in LMBCS: Designer takes 32 characters; whether a server refuses longer ones of programs is open. */
  readonly itemNameBytes: number;
  readonly attachmentBytes: number;
  readonly richTextBytes: number;
}

export const DOMINO_LIMITS: NoteLimits = {
  summaryBytes: 65_535,
  summaryItemBytes: 32_767,
  textItemBytes: 65_535,
  itemNameBytes: 64,
  attachmentBytes: 4 * 1024 ** 3 - 1,
  richTextBytes: 1024 ** 3,
};

/** With the database property LargeSummary (on-disk structure 52 and later). */
export const LARGE_SUMMARY_LIMITS: NoteLimits = {
  ...DOMINO_LIMITS,
  summaryBytes: 16 * 1024 ** 2,
  summaryItemBytes: 65_535,
};

/** Throws `rejected`: the whole note is refused, as Domino does. Imported notes are not checked, since a real server once accepted them. */
export function checkLimits(items: readonly StoredItem[], limits: NoteLimits): void {
  if (fitsSurely(items, limits)) return;
  let summary = 0;
  for (const item of items) {
    checkName(item.name, limits);
    checkNumbers(item);
    checkContent(item, limits);
    const size = valueSize(item);
    if (item.value.type === 'text' && size > limits.textItemBytes) {
      throw new EngineError(
        'rejected',
        `cannot save the note: item "${item.name}" holds more than 64K of text`,
      );
    }
    if (item.flags.summary !== true) continue;
    if (item.value.type === 'text' && size > limits.summaryItemBytes) {
      throw new EngineError(
        'rejected',
        `cannot save the note: item "${item.name}": Field is too large (32K) or View's column & selection formulas are too large`,
      );
    }
    summary += ITEM_OVERHEAD + item.name.length + size;
  }
  if (summary > limits.summaryBytes) {
    throw new EngineError('rejected', 'cannot save the note: its summary data is larger than 64K');
  }
}

/** Three bytes a letter at most: ordinary notes are far from every limit, and their letters need not be counted. False = count. */
function fitsSurely(items: readonly StoredItem[], limits: NoteLimits): boolean {
  let most = 0;
  for (const { name, value } of items) {
    if (name.length > limits.itemNameBytes || !PLAIN_NAME.test(name)) return false;
    most += ITEM_OVERHEAD + name.length;
    switch (value.type) {
      case 'text':
        for (const text of value.values) most += 3 * text.length + 2;
        most += 2;
        break;
      case 'number':
        if (!value.values.every(Number.isFinite)) return false;
        most += value.values.length * 8 + 4;
        break;
      case 'datetime':
        most += value.values.length * 8 + value.ranges.length * 20 + 4;
        break;
      case 'richtext':
      case 'file':
      case 'formula':
      case 'raw':
        return false;
    }
  }
  return most <= Math.min(limits.summaryBytes, limits.summaryItemBytes, limits.textItemBytes);
}

const PLAIN_NAME = /^[!-~]+$/u;

/** An ITEM structure (name length, value length) and the type word, in bytes. */
const ITEM_OVERHEAD = 6;

function checkName(name: string, { itemNameBytes }: NoteLimits): void {
  const valid = name !== '' && lmbcsLength(name) <= itemNameBytes && !/[\p{Cc} ]/u.test(name);
  if (!valid) {
    throw new EngineError(
      'rejected',
      `cannot save the note: ${JSON.stringify(name.slice(0, 60))} is no item name (no blanks, ${itemNameBytes} bytes at most)`,
    );
  }
}

function checkContent({ name, value }: StoredItem, limits: NoteLimits): void {
  if (value.type === 'file') {
    const size = refOf(value.file)?.size ?? value.file.bytes.byteLength;
    if (size > limits.attachmentBytes) {
      throw new EngineError(
        'rejected',
        `cannot save the note: attachment "${value.file.name}" is larger than ${limits.attachmentBytes} bytes`,
      );
    }
  } else if (value.type === 'richtext') {
    const size = refOf(value)?.size ?? value.bytes.byteLength;
    if (size > limits.richTextBytes) {
      throw new EngineError(
        'rejected',
        `cannot save the note: rich text "${name}" is larger than ${limits.richTextBytes} bytes`,
      );
    }
  }
}

function checkNumbers({ name, value }: StoredItem): void {
  if (value.type === 'number' && !value.values.every(Number.isFinite)) {
    throw new EngineError(
      'rejected',
      `cannot save the note: item "${name}" holds a value that is no finite number`,
    );
  }
}

function valueSize({ value }: StoredItem): number {
  switch (value.type) {
    case 'text':
      return value.values.reduce((total, text) => total + lmbcsLength(text) + 2, 2);
    case 'number':
      return value.values.length * 8 + 4;
    case 'datetime':
      return value.values.length * 8 + value.ranges.length * 20 + 4;
    case 'file':
      return 100 + lmbcsLength(value.file.name);
    case 'richtext':
    case 'formula':
    case 'raw':
      return 0;
  }
}

/** Bytes in LMBCS, Domino's character set: ASCII takes one, Latin-1 two, everything else a group byte and two more. */
function lmbcsLength(text: string): number {
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x80) length += 1;
    else length += code < 0x100 ? 2 : 3;
  }
  return length;
}
