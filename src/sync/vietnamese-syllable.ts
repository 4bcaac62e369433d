const ONSET = '(?:ngh|ng|nh|gh|gi|kh|ch|ph|qu|th|tr|[bcdđghklmnpqrstvx])?';
/** Nuclei that end the syllable. */
const OPEN =
  'oai|oao|oay|oeo|uây|uôi|uya|uyu|ươi|ươu|iêu|yêu|ai|ao|au|ay|âu|ây|eo|êu|ia|iu|oi|ôi|ơi|ua|ui|uơ|ưa|ưi|ưu';
/** Nuclei that want a consonant behind them. */
const CLOSED = 'uyê|iê|yê|oă|oo|uâ|uô|ươ|ă|â';
/** Nuclei that stand with or without one. */
const EITHER = 'oa|oe|uê|uy|a|e|ê|i|o|ô|ơ|u|ư|y';
const CODA = '(?:ch|ng|nh|[cmnpt])';
const SYLLABLE = new RegExp(`^${ONSET}(?:(?:${OPEN})|(?:${CLOSED})${CODA}|(?:${EITHER})${CODA}?)$`, 'u');

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/gu;
const SHARP_OR_HEAVY = /[\u0301\u0323]/u;
const STOPPED = /(?:ch|[cpt])$/u;

/**
 * Whether a word has the shape of a Vietnamese syllable: onset, rhyme, at most one tone, and sắc or nặng before a stop. Case and tone placement do not
 * matter. Loan words and names of other languages are none.
 */
export function isVietnameseSyllable(word: string): boolean {
  const letters = word.toLowerCase().normalize('NFD');
  const tones = letters.match(TONES) ?? [];
  const plain = letters.replaceAll(TONES, '').normalize('NFC');
  if (tones.length > 1 || !SYLLABLE.test(plain)) return false;
  return !STOPPED.test(plain) || (tones[0] !== undefined && SHARP_OR_HEAVY.test(tones[0]));
}
