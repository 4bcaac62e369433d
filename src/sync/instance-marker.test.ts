import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  judgeMarkers,
  markerItems,
  type Marker,
  type MarkerQuestion,
  newest,
  readMarker,
} from './instance-marker.ts';

const HERE = 'domino01!!party.nsf';
const SISTER = 'domino02!!party.nsf';
const mark = (more: Partial<Marker> = {}): Marker => ({
  owner: 'we',
  link: 'dang-vien',
  instance: HERE,
  generation: 3,
  nonce: 'n3',
  ...more,
});
const known = (more: Partial<MarkerQuestion['known'][number]> = {}) => ({
  instanceId: HERE,
  generation: 3,
  nonce: 'n3',
  coming: null,
  ...more,
});
const judge = (more: Partial<MarkerQuestion> = {}) => {
  const verdict = judgeMarkers({
    owner: 'we',
    link: 'dang-vien',
    instance: HERE,
    previous: HERE,
    known: [known()],
    found: [mark()],
    ...more,
  });
  return verdict.kind === 'suspect' ? verdict.reason : verdict.kind;
};

describe('marks', () => {
  it.each<[string, Partial<MarkerQuestion>, string]>([
    ['[IM1] the mark that we remember', {}, 'agrees'],
    ['[IM1] a file that was never marked', { known: [], found: [], previous: null }, 'unmarked'],
    ['[IM2] no mark where we wrote one', { found: [] }, 'marker-gone'],
    ['[IM2] an older mark', { found: [mark({ generation: 2, nonce: 'n2' })] }, 'notes-restored'],
    ['[IM2] a younger mark', { found: [mark({ generation: 4, nonce: 'n4' })] }, 'bridge-restored'],
    ['[IM2] another history of the same length', { found: [mark({ nonce: 'x' })] }, 'bridge-restored'],
    ['[IM2] a mark of ours that we do not remember', { known: [] }, 'bridge-restored'],
    [
      '[IM3] another bridge’s mark beside ours',
      { found: [mark(), mark({ owner: 'they' })] },
      'foreign-marker',
    ],
    ['[IM3] another bridge’s mark alone', { known: [], found: [mark({ owner: 'they' })] }, 'foreign-marker'],
    [
      '[IM4] another link of ours in the same file',
      { found: [mark(), mark({ link: 'tac-nghiep', generation: 9 })] },
      'agrees',
    ],
    [
      '[IM5] a write that landed unheard',
      { known: [known({ coming: 'n4' })], found: [mark({ generation: 4, nonce: 'n4' })] },
      'landed',
    ],
    ['[IM5] a write that has not landed', { known: [known({ coming: 'n4' })] }, 'agrees'],
    [
      '[IM5] the first write, not landed',
      { known: [known({ generation: 0, nonce: '', coming: 'n1' })], found: [] },
      'unmarked',
    ],
    ['[FO3] a file to which the sister’s mark has come', { instance: SISTER }, 'unmarked'],
    ['[FO3] a file to which no mark has come', { instance: SISTER, found: [] }, 'standby-behind'],
    [
      '[FO3] a file to which an older mark has come',
      { instance: SISTER, found: [mark({ generation: 2, nonce: 'n2' })] },
      'standby-behind',
    ],
    [
      '[FO3] a file whose sister’s mark we do not remember',
      { instance: SISTER, found: [mark({ generation: 5, nonce: 'n5' })] },
      'bridge-restored',
    ],
  ])('%s', (_, question, verdict) => {
    expect(judge(question)).toBe(verdict);
  });

  it('[IM2] no file agrees with a memory of another history, whatever else it carries', () => {
    const marks = fc.array(
      fc.record({
        owner: fc.constant('we'),
        link: fc.constantFrom('dang-vien', 'other'),
        instance: fc.constantFrom(HERE, SISTER),
        generation: fc.integer({ min: 1, max: 6 }),
        nonce: fc.constantFrom('a', 'b', 'c'),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(
        marks,
        fc.integer({ min: 1, max: 6 }),
        fc.constantFrom('a', 'b', 'c'),
        (found, generation, nonce) => {
          const verdict = judge({ known: [known({ generation, nonce })], found });
          const own = newest(
            found.filter((one) => one.link === 'dang-vien'),
            HERE,
          );
          expect(verdict === 'agrees').toBe(own?.generation === generation && own.nonce === nonce);
        },
      ),
    );
  });

  it('[IM4] are ordinary items that come back as they were, and a note with a part of them carries none', () => {
    expect(readMarker(markerItems(mark()))).toEqual(mark());
    const { TheHe: _, ...rest } = markerItems(mark());
    expect(readMarker(rest)).toBeNull();
  });
});
