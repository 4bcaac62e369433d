import type { Items, Unid } from '../sync/note.ts';
import type { SimProcess } from './scheduler.ts';
import { isHidden, printWithout, valuesOf } from './shown-note.ts';
import { Violation } from './violation.ts';
import { lastLook } from './witness-reads.ts';
import type { World } from './world.ts';

const WRITES = new Set(['createNote', 'replaceItems', 'deleteNote']);

export function isWrite(name: string): boolean {
  return WRITES.has(name);
}

/** Carries out a write of the bridge and looks at what it did to the note: nothing but what it was sent for. */
export async function deliver(
  world: World,
  process: SimProcess,
  name: string,
  real: (...given: readonly unknown[]) => Promise<unknown>,
  given: readonly unknown[],
): Promise<unknown> {
  if (name === 'createNote') return created(world, process, given[0] as Items, () => real(...given));
  const unid = given[0] as Unid;
  const items = name === 'replaceItems' ? Object.keys(given[1] as Items) : [];
  const before = world.file.read(unid);
  if (name === 'deleteNote' || items.includes('DaXoa')) evidence(world, unid);
  if (items.some((item) => ['domat', 'chophepchuyen', 'form', 'docreaders'].includes(item.toLowerCase())))
    throw new Violation('AP1', `the bridge writes ${items.join(', ')} of note ${unid}`);
  const answer = (await real(...given)) as { readonly kind: string };
  const after = world.file.read(unid);
  if (answer.kind !== 'written') {
    if (before !== null && (after === null || printWithout(before, []) !== printWithout(after, [])))
      throw new Violation('BA1', `a write that missed changed note ${unid}`);
    return answer;
  }
  world.effects += 1;
  world.coverage.hit(`notes ${name}`);
  if (name === 'deleteNote' || items.includes('DaXoa'))
    world.ledger.bridgeDeletes.set(unid, world.clock.nowMs);
  if (before !== null && after !== null && printWithout(before, items) !== printWithout(after, items))
    throw new Violation('AP2', `a write of ${items.join(', ')} changed other items of note ${unid}`);
  world.ledger.bridgeWrites.push({
    unid,
    kind: name === 'deleteNote' ? 'delete' : 'update',
    items,
    recordId: null,
    lookedAt: lastLook(process, unid),
    step: world.scheduler.steps,
  });
  return answer;
}

async function created(
  world: World,
  process: SimProcess,
  items: Items,
  real: () => Promise<unknown>,
): Promise<unknown> {
  const recordId = String(items['HandbookId']?.values[0] ?? '');
  if (!world.records.rows.has(recordId))
    throw new Violation('PL6', `a note is created for record ${recordId}, which nobody made`);
  const answer = (await real()) as { readonly unid: Unid };
  world.effects += 1;
  world.coverage.hit('notes createNote');
  const earlier = world.ledger.bridgeWrites.filter(
    (one) => one.kind === 'create' && one.recordId === recordId,
  );
  // One that a person deleted, hid, or made into something else before the bridge ever heard of it cannot be found.
  if (earlier.some(({ unid }) => isToBeFound(world, unid)))
    throw new Violation('CR1', `record ${recordId} got a second note`);
  const note = world.file.read(answer.unid);
  if (note !== null && (valuesOf(note, 'DoMat').length > 0 || valuesOf(note, 'ChoPhepChuyen').length > 0))
    throw new Violation('AP1', `the bridge released note ${answer.unid} by itself`);
  world.ledger.bridgeWrites.push({
    unid: answer.unid,
    kind: 'create',
    items: Object.keys(items),
    recordId,
    lookedAt: world.scheduler.steps,
    step: world.scheduler.steps,
  });
  void process;
  return answer;
}

function isToBeFound(world: World, unid: Unid): boolean {
  const note = world.file.readBare(unid);
  return note !== null && !isHidden(note) && !world.ledger.otherForm.has(unid);
}

/** [PL11] A note goes only when a member deleted its record. */
function evidence(world: World, unid: Unid): void {
  const pair = [...world.store.tables().pairs.values()].find((one) => one.unid === unid);
  if (pair === undefined || !world.ledger.deletedBy('handbook', pair.recordId))
    throw new Violation('PL11', `note ${unid} is deleted, and no member deleted record ${pair?.recordId}`);
}
