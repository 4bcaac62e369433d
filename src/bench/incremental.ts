import { randomUUID } from 'node:crypto';
import type { HandbookRecord } from '../../connectors/handbook/port.ts';
import type { Items } from '../sync/note.ts';
import type { Pair } from '../sync/pair.ts';
import { patientPass } from '../operations/patient-pass.ts';
import { pullPass, pushPass } from '../passes/link-passes.ts';
import { measure, type Measured, rateLine, requireEqual } from './measure.ts';
import type { Bench } from './open-bench.ts';

const PAGE = 200;
const EDITS_A_SECOND = 50;
/** A round that finds no end is a defect, not slow. */
const ROUNDS = 100;

/** Edits one field of `most` live records of an entity at most, on one side, and carries the edits over: Notes → handbook, then handbook → Notes. */
export async function incremental(bench: Bench, most = Number.POSITIVE_INFINITY): Promise<void> {
  const edited = await editNotes(bench, 'member', most, {
    DienThoai: { type: 'text', values: ['0912345678'] },
  });
  report('pull', edited, await measure(bench, () => rounds(bench, pullPass)));
  await rounds(bench, pushPass);
  const mutated = await editRecords(bench, 'assignment', most, { report: 'Đã làm xong phần việc được giao' });
  report('push', mutated, await measure(bench, () => rounds(bench, pushPass)));
  console.log(`          ${await requireEqual(bench)} compared, 0 differences`);
}

/** Rounds in which nobody changed anything, as the schedule runs them, a while after the last edit. */
export async function idle(bench: Bench): Promise<void> {
  // A pull looks again at the minutes before the newest stamp: let that be one note's.
  const clock = bench.composed.operations.find((operation) => operation.name === 'domino-clock');
  await clock?.run({ advanceSeconds: 3600 }, bench.context);
  for (const entity of ['member', 'task']) await editOne(bench, entity);
  await rounds(bench, pullPass);
  await rounds(bench, pushPass);
  for (const [label, pass] of [
    ['pull', pullPass],
    ['push', pushPass],
  ] as const) {
    const { value, seconds, counts } = await measure(bench, () => eachLink(bench, pass));
    console.log(
      `idle      ${label}: ${value} effects, ${counts.writes} writes to Notes, ${counts.calls} calls to Domino, ` +
        `${counts.sql} SQL statements, ${(seconds * 1000).toFixed(0)} ms for ${bench.bridge.links.length} links`,
    );
  }
}

function report(label: string, edits: number, measured: Measured<number>): void {
  if (measured.value !== edits)
    throw new Error(`${edits} edits were made and ${measured.value} carried over: the rate does not count`);
  console.log(rateLine(label, edits, 'changes', measured));
}

/** Effects of passes over all links until none does or finds anything more. */
export async function rounds(bench: Bench, pass: typeof pullPass): Promise<number> {
  let effects = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const now = await eachLink(bench, pass);
    effects += now;
    if (now === 0) return effects;
  }
  throw new Error(`There were effects in ${ROUNDS} rounds: something does not come to rest`);
}

async function eachLink(bench: Bench, pass: typeof pullPass): Promise<number> {
  let effects = 0;
  for (const link of bench.bridge.links) {
    const { tally } = await patientPass(bench.bridge.deps, link, bench.context, 'bench', (run) =>
      pass(bench.bridge.deps, run),
    );
    effects += tally.pulled + tally.pushed;
  }
  return effects;
}

/** People's edits: spread over the server's time, not all in one second. */
async function editNotes(bench: Bench, entity: string, most: number, items: Items): Promise<number> {
  const { operations } = bench.composed;
  const edit = operations.find((operation) => operation.name === 'domino-edit');
  const clock = operations.find((operation) => operation.name === 'domino-clock');
  let edits = 0;
  for await (const { pair, filePath } of livePairs(bench, entity)) {
    await edit?.run({ database: filePath, unid: pair.unid, items }, bench.context);
    edits += 1;
    if (edits >= most) break;
    if (edits % EDITS_A_SECOND === 0) await clock?.run({ advanceSeconds: 1 }, bench.context);
  }
  return edits;
}

async function editOne(bench: Bench, entity: string): Promise<void> {
  const edit = bench.composed.operations.find((operation) => operation.name === 'domino-edit');
  const items = { TrangThai: { type: 'text', values: ['Moi'] } };
  for await (const { pair, filePath } of livePairs(bench, entity)) {
    await edit?.run({ database: filePath, unid: pair.unid, items }, bench.context);
    return;
  }
}

async function editRecords(
  bench: Bench,
  entity: string,
  most: number,
  fields: HandbookRecord['fields'],
): Promise<number> {
  const { members } = bench.composed;
  let edits = 0;
  for (let after: string | null = null; ; ) {
    const page = await bench.bridge.deps.handbook.list([entity], after, PAGE);
    if (page.length === 0) return edits;
    after = page.at(-1)?.recordId ?? null;
    for (const { recordId, version } of page.filter((record) => record.state === 'live')) {
      await members.mutate({
        clientId: 'bench',
        mutationId: randomUUID(),
        accountId: 'bench',
        kind: 'update',
        entity,
        recordId,
        baseVersion: version,
        fields,
      });
      edits += 1;
      if (edits >= most) return edits;
    }
  }
}

async function* livePairs(
  bench: Bench,
  entity: string,
): AsyncGenerator<{ readonly pair: Pair; readonly filePath: string }> {
  for (const link of bench.bridge.links) {
    const { filePath } = await link.database.identify();
    for (let after: string | null = null; ; ) {
      const page = await bench.bridge.deps.store.pairsAfter(link.id, after, PAGE, ['live']);
      if (page.length === 0) break;
      after = page.at(-1)?.id ?? null;
      for (const pair of page) if (pair.entity === entity) yield { pair, filePath };
    }
  }
}
