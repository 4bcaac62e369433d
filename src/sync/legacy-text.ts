import { decodeTcvn3, tcvn3Letter } from './tcvn3.ts';
import { isVietnameseSyllable } from './vietnamese-syllable.ts';

/**
 * What the words of one text say of how it is written.
 * - `unicode`: Unicode, or without any letter that could be something else.
 * - `either`: Vietnamese both ways (`bé` is `bộ` in TCVN3).
 * - `likely`: one word, Vietnamese only as TCVN3.
 * - `tcvn3`: Vietnamese only as TCVN3, several words or a sign that no Unicode text has inside a word.
 * - `unclear`: some words are TCVN3, others are nothing; or it looks like VNI, of which there is no sample to prove a decoder with.
 */
export type TextEvidence = 'unicode' | 'either' | 'likely' | 'tcvn3' | 'unclear';

/** Beyond Latin-1 there is no TCVN3: somebody wrote Unicode. */
const BEYOND_LATIN_1 = /[\u{100}-\u{10ffff}]/u;
const WORDS = /[A-Za-z\u00a1-\u00fe]+/gu;
/** What Unicode texts have around words and numbers, and TCVN3 inside words: quotation marks in pairs, units, degrees. */
const PUNCTUATION = /«(?<quoted>[^«»]*)»|\d\s?µ[A-Za-z]{1,2}\b|°/gu;
/** Letters of Latin-1, among which neither `µ` (TCVN3 `à`), `ª` nor the soft hyphen (`ư`) counts. */
const LATIN_1_WORD = /^[A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u00fe]+$/u;
/** VNI writes a vowel and its marks as two letters. */
const VNI_PAIR = /[aeiouy\u00f4\u00f6][\u00e0-\u00ef\u00f5\u00f8-\u00fc]/iu;

/** [TX2] A text item carries no font, so the shape of its words has to tell. */
export function textEvidence(text: string): TextEvidence {
  if (BEYOND_LATIN_1.test(text)) return 'unicode';
  const words = (text.replaceAll(PUNCTUATION, ' $<quoted> ').match(WORDS) ?? []).filter(
    (word) => /[A-Za-z]/u.test(word) && /[\u00a1-\u00fe]/u.test(word),
  );
  if (words.length === 0) return 'unicode';
  const legacy = words.filter((word) => isVietnameseSyllable(decodeTcvn3(word)));
  const strange = words.filter((word) => !LATIN_1_WORD.test(word) || !isVietnameseSyllable(word));
  const marked = words.some((word) => !LATIN_1_WORD.test(word) && isOfTcvn3(word));
  if (legacy.length === words.length) {
    if (strange.length === 0) return 'either';
    return words.length > 1 || marked ? 'tcvn3' : 'likely';
  }
  return marked || strange.filter((word) => VNI_PAIR.test(word)).length > 1 ? 'unclear' : 'unicode';
}

export type TextEncoding = 'unicode' | 'tcvn3' | 'doubtful';

/** How one text of a note is written, given the evidence of all its texts: people type a note in one font. */
export function textEncoding(
  one: TextEvidence,
  all: readonly TextEvidence[],
  unicode: boolean,
): TextEncoding {
  const legacyNote = all.includes('tcvn3');
  switch (one) {
    case 'unicode':
    case 'tcvn3':
      return one;
    case 'unclear':
      return 'doubtful';
    case 'either':
      if (!legacyNote) return 'unicode';
      return unicode ? 'doubtful' : 'tcvn3';
    case 'likely':
      return legacyNote && !unicode ? 'tcvn3' : 'doubtful';
  }
}

/** Whether a text can only be Unicode Vietnamese (or another script). */
export function isSurelyUnicode(text: string): boolean {
  return BEYOND_LATIN_1.test(text);
}

/** Every sign of the word is a letter of TCVN3. */
function isOfTcvn3(word: string): boolean {
  return word.split('').every((sign) => /[A-Za-z]/u.test(sign) || tcvn3Letter(sign) !== undefined);
}
