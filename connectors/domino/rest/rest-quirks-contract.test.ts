import { describe, expect, it } from 'vitest';
import { contractCases } from '../contract/contract-cases.ts';
import { runCase } from '../contract/run-case.ts';
import type { RestQuirks } from '../embedded/rest/rest-quirks.ts';
import { openEmbeddedRest } from './testing/embedded-rest.ts';

/** What is not settled about HCL's server and the connector meets: each value of each point, and each pair of values of two points. */
const POINTS = {
  conflictStatus: [400, 403, 406, 409, 412],
  bulkMetaShape: ['meta', 'flat'],
  deleteShape: ['statusCode', 'statusText'],
  etagInMeta: ['absent', 'present'],
  warnings: ['absent', 'present'],
  mistypedValues: ['dropped', 'refused'],
  unreadableDocument: [404, 403],
  offsets: ['mixed', 'utc'],
  queryFormula: ['absent', 'present'],
  authExtend: ['absent', 'present'],
  missingRevision: ['refused', 'accepted'],
  arrays: ['one-per-line', 'compact'],
  unknownFields: ['dropped', 'refused'],
  unneededRevision: ['ignored', 'checked'],
  editableName: ['editable', 'isEditable'],
  infoKeys: ['with-space', 'without-space'],
  unsupportedMethod: [204, 404],
  attachmentRevision: ['moves', 'stays'],
  uploadParts: ['filename-only', 'any'],
  floatFormat: ['float32', 'double'],
  patchOfHiddenValues: ['cut', 'kept'],
  timeRanges: ['omitted', 'first'],
  defaultRichText: ['mime', 'html'],
} as const satisfies { readonly [point in keyof RestQuirks]?: readonly RestQuirks[point][] };

type Point = keyof typeof POINTS;
type World = Readonly<Record<Point, RestQuirks[Point]>>;
const names = Object.keys(POINTS) as Point[];

/** Greedy: each world takes, point by point, the value that makes most pairs that no world has had yet. */
function pairwise(): readonly World[] {
  const open = new Set<string>();
  const pair = (a: Point, x: unknown, b: Point, y: unknown) => `${a}=${String(x)} ${b}=${String(y)}`;
  for (const [at, a] of names.entries())
    for (const b of names.slice(at + 1))
      for (const x of POINTS[a]) for (const y of POINTS[b]) open.add(pair(a, x, b, y));
  const worlds: World[] = [];
  while (open.size > 0) {
    const world: Partial<Record<Point, unknown>> = {};
    const [first = ''] = open;
    for (const part of first.split(' ')) {
      const [name, value] = part.split('=') as [Point, string];
      world[name] = POINTS[name].find((one) => String(one) === value);
    }
    for (const name of names) {
      const gain = (value: unknown) =>
        names
          .filter((other) => world[other] !== undefined && other !== name)
          .filter((other) => {
            const [a, b] = names.indexOf(name) < names.indexOf(other) ? [name, other] : [other, name];
            return open.has(pair(a, a === name ? value : world[a], b, b === name ? value : world[b]));
          }).length;
      world[name] ??= [...POINTS[name]].sort((x, y) => gain(y) - gain(x))[0];
    }
    for (const [at, a] of names.entries())
      for (const b of names.slice(at + 1)) open.delete(pair(a, world[a], b, world[b]));
    worlds.push(world as World);
  }
  return worlds;
}

/** Hundreds of notes, or nothing that a point of these changes. */
const SLOW = /cap|overfull|byte by byte|40 KB/;
const cases = contractCases.filter(({ name }) => !SLOW.test(name));

describe('the REST connector on every pair of open points of the server', () => {
  it.for(pairwise().map((world) => [Object.values(world).join(' '), world] as const))(
    '%s',
    async ([, world]) => {
      const subject = await openEmbeddedRest({ quirks: world as Partial<RestQuirks> });
      let kept = 0;
      try {
        for (const contractCase of cases) {
          if (contractCase.lacks?.(subject)) continue;
          await runCase(contractCase, subject).catch((cause: unknown) => {
            throw new Error(`${contractCase.name}: ${(cause as Error).message}`, { cause });
          });
          kept += 1;
        }
        expect(kept).toBeGreaterThan(25);
      } finally {
        await subject.close();
      }
    },
  );
});
