import type { StoredItem, StoredNote } from '../stored-note.ts';
import { foldText } from './fold-text.ts';
import { richText } from './rich-text.ts';

/** One text of a `contains` list: words that follow each other, each perhaps with wildcards. Null = it can find nothing. */
export type Phrase = readonly string[] | null;

const WORD_OR_WILDCARD = /[\p{L}\p{N}\p{M}_*?]+/gu;

/**
 * Blanks around do not count, dashes separate words, `*` stands for any characters and `?` for one inside a word; a wildcard on its own makes the whole
 * text find nothing (HCL help, "DQL contains"). One example there has a `?`
 * more than its word has letters; the rule says one character, and so it is here.
 */
export function phraseOf(text: string): Phrase {
  const words = foldText(text.normalize('NFC')).match(WORD_OR_WILDCARD) ?? [];
  if (words.length === 0 || words.some((word) => /^[*?]+$/u.test(word))) return null;
  return words;
}

/** `*` and `?` by going back to the last `*` only: no pattern takes longer than its length times the word's. */
function fits(pattern: string, word: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < word.length) {
    if (pattern[at] === '*') {
      star = at;
      resume = index;
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === word[index]) {
      at += 1;
      index += 1;
    } else if (star === -1) {
      return false;
    } else {
      resume += 1;
      index = resume;
      at = star + 1;
    }
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}

/** Whether a text item (in the summary or not) or a rich text of the note, or of the named item, holds the phrase. Numbers and dates are not searched. */
export function holdsPhrase(note: StoredNote, item: string | null, phrase: Phrase): boolean {
  if (phrase === null) return false;
  return note.items.some(
    (one) =>
      (item === null || one.name.toLowerCase() === item.toLowerCase()) &&
      textsOf(one).some((text) => follows(wordsOf(text), phrase)),
  );
}

function textsOf({ value }: StoredItem): readonly string[] {
  if (value.type === 'text') return value.values;
  return value.type === 'richtext' ? [richText(value.format, value.bytes)] : [];
}

function wordsOf(text: string): readonly string[] {
  return foldText(text).match(/[\p{L}\p{N}_]+/gu) ?? [];
}

function follows(words: readonly string[], phrase: readonly string[]): boolean {
  for (let from = 0; from + phrase.length <= words.length; from++) {
    if (phrase.every((pattern, at) => fits(pattern, words[from + at] ?? ''))) return true;
  }
  return false;
}
