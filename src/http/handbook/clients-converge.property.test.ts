import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type HandbookApp, type Headers, openHandbookApp } from './testing/handbook-app.ts';
import {
  ACTIVE,
  CELL,
  callersOf,
  DISSOLVED,
  FAR_CELL,
  fillWorld,
  ME,
  NEXT_CELL,
  WARD,
} from './testing/sample-world.ts';

let t: HandbookApp;
beforeAll(async () => {
  t = await openHandbookApp();
});
afterAll(() => t.close());

const ENTITIES = [
  'organisation',
  'member',
  'assignment',
  'document',
  'task',
  'meeting',
  'attendance',
  'changeRequest',
];
const CELLS = [CELL, NEXT_CELL, FAR_CELL];
const PEOPLE = [ME, 'DV-1-0000002', 'DV-1-0000003', 'DV-1-0000004'];

/** A phone: a copy and the cursor that belongs to it, saved together; what it has not been answered yet it sends again. */
interface Phone {
  readonly headers: Headers;
  cursor: string | null;
  copy: Map<string, string>;
  readonly sent: { readonly mutation: { mutationId: string }; answer: string | null }[];
}

/** Reads on to the end. `crashAfter` pages the program dies: copy and cursor are those of the last page that was saved. */
async function contact(phone: Phone, limit: number, crashAfter: number): Promise<boolean> {
  await t.settled();
  for (let page = 0; page < 200; page += 1) {
    const since = phone.cursor === null ? '' : `&since=${phone.cursor}`;
    const { status, body } = await t.get(`/changes?limit=${limit}${since}`, phone.headers);
    if (status === 403 || body.epochChanged) {
      phone.copy = new Map();
      phone.cursor = null;
      if (status === 403) return true;
      continue;
    }
    if (page === crashAfter) return false;
    for (const change of body.changes) {
      if (change.kind === 'removed') phone.copy.delete(change.recordId);
      else phone.copy.set(change.record.recordId, JSON.stringify(change.record));
    }
    phone.cursor = body.cursor;
    if (!body.more) return true;
  }
  throw new Error('the feed does not end');
}

/** What the account may see, asked for record by record and not by the feed. */
async function truth(headers: Headers): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  for (const entity of ENTITIES) {
    const { status, body } = await t.get(`/records/${entity}?limit=500`, headers);
    if (status !== 200) return seen;
    for (const record of body.records) seen.set(record.recordId, JSON.stringify(record));
  }
  return seen;
}

const of = <T>(list: readonly T[], at: number): T => list[at % list.length] as T;

async function happen(what: string, a: number, b: number): Promise<void> {
  const person = of(PEOPLE, a);
  const cell = of(CELLS, b);
  switch (what) {
    case 'progress':
      return void (await t.put('assignment', `assignment-${person}`, { report: `báo cáo ${b}` }));
    case 'reassign':
      return void (await t.put('assignment', `assignment-${person}`, {
        memberCode: of(PEOPLE, b),
        organisationCode: cell,
      }));
    case 'give task':
      return void (await t.put('assignment', `assignment-${person}`, { taskCode: `task-${cell}` }));
    case 'transfer':
      return void (await t.put('member', person, { organisationCode: cell, status: ACTIVE }));
    case 'exempt':
      return void (await t.put('member', person, { status: b % 2 === 0 ? 'Từ trần' : ACTIVE }));
    case 'move meeting':
      return void (await t.put('meeting', `meeting-${of(CELLS, a)}`, { organisationCode: cell }));
    case 'scope':
      return void (await t.put('document', `document-${of(CELLS, a)}`, { scope: b % 4 === 0 ? [] : [cell] }));
    case 'tree':
      return void (await t.put('organisation', NEXT_CELL, { parentCode: b % 2 === 0 ? WARD : DISSOLVED }));
    case 'withdraw':
      return t.remove('document', `document-${of(CELLS, a)}`, 'withdraw');
    default:
      return t.remove('assignment', `assignment-${person}`, 'hide');
  }
}

const EVENTS = [
  'progress',
  'reassign',
  'give task',
  'transfer',
  'exempt',
  'move meeting',
  'scope',
  'tree',
  'withdraw',
  'hide',
];
const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom(...EVENTS), a: fc.nat(11), b: fc.nat(11) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('contact'), a: fc.nat(2), b: fc.nat(6) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('send'), a: fc.nat(2), b: fc.nat(11) }) },
);

it('phones that are offline, crash, send twice and out of order, and lose rights hold what they may see and nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 30 }), async (steps) => {
      await t.clear();
      await fillWorld(t);
      const callers = await callersOf(t);
      const phones = [callers.member, callers.secretary, callers.officer].map(
        (headers): Phone => ({ headers, cursor: null, copy: new Map(), sent: [] }),
      );
      const told: { readonly expected: unknown; readonly held: unknown }[] = [];
      const compare = async (phone: Phone) => {
        const sorted = (map: Map<string, string>) => [...map].sort(([x], [y]) => (x < y ? -1 : 1));
        const seen = new Map(
          [...phone.copy].filter(([, record]) => ENTITIES.includes(JSON.parse(record).entity)),
        );
        told.push({ expected: sorted(await truth(phone.headers)), held: sorted(seen) });
      };
      for (const { kind, a, b } of steps) {
        const phone = of(phones, a);
        if (kind === 'contact') {
          if (await contact(phone, 3 + b * 5, b < 3 ? b : -1)) await compare(phone);
        } else if (kind === 'send') {
          const recordId = t.idOf('assignment', `assignment-${of(PEOPLE, b)}`);
          const mutation = {
            mutationId: crypto.randomUUID(),
            kind: 'update',
            entity: 'assignment',
            recordId,
            baseVersion: 1,
            fields: { progress: b },
          };
          phone.sent.push({ mutation, answer: null });
          // The newest first, then all that went before once more.
          for (const entry of phone.sent.toReversed()) {
            const [result] = await t.send(phone.headers, entry.mutation).catch(() => [{ kind: 'inactive' }]);
            const answer = JSON.stringify(result);
            const kept = result.kind === 'applied' || result.kind === 'conflict';
            if (kept && entry.answer !== null) told.push({ expected: entry.answer, held: answer });
            if (kept) entry.answer = answer;
          }
        } else {
          // Once more where a phone's change came first.
          await happen(kind, a, b).catch(() => happen(kind, a, b));
        }
      }
      for (const phone of phones) {
        await contact(phone, 50, -1);
        await compare(phone);
      }
      expect(told.map(({ held }) => held)).toEqual(told.map(({ expected }) => expected));
    }),
    { numRuns: 8 },
  );
});
