import type { ReadRequest } from '../../connectors/domino/embedded/engine/request-log.ts';
import type { SimProcess } from './scheduler.ts';
import { isOpenlyMarked } from './shown-note.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** What may be asked of a note before anybody knows whether it is released. */
const HEADER = new Set(['form', 'domat', 'chophepchuyen', 'matochuc', 'handbookid', '$conflict']);

/** By process: notes that its last look showed openly marked, or not. */
const seenOpen = new WeakMap<SimProcess, Map<string, boolean>>();
/** By process: step of the last look at a note's content. */
const lookedAt = new WeakMap<SimProcess, Map<string, number>>();

export function lastLook(process: SimProcess, unid: string): number {
  return lookedAt.get(process)?.get(unid) ?? 0;
}

/** [GA1] Does the reading and looks at what was asked: content only of a note whose last look, or whose pair, said that it is released. */
export async function requestsOf<T>(world: World, process: SimProcess, read: () => Promise<T>): Promise<T> {
  const requests: ReadRequest[] = [];
  const end = world.domino.requests.subscribe((request) => requests.push(request));
  try {
    return await read();
  } finally {
    end();
    for (const request of requests) judge(world, process, request);
  }
}

function judge(world: World, process: SimProcess, request: ReadRequest): void {
  const open = seenOpen.get(process) ?? new Map<string, boolean>();
  seenOpen.set(process, open);
  const looked = lookedAt.get(process) ?? new Map<string, number>();
  lookedAt.set(process, looked);
  const content = request.attachments || request.itemNames.some((name) => !HEADER.has(name.toLowerCase()));
  for (const unid of new Set([...request.unids, ...request.answered])) {
    const pair = [...world.store.tables().pairs.values()].find((one) => one.unid === unid);
    if (content && open.get(unid) !== true && pair?.notesSight !== 'released')
      throw new Violation('GA1', `content of note ${unid} was asked for before its release was known`);
    if (content && !world.ledger.everReleased.has(unid))
      throw new Violation('GA1', `content of note ${unid}, which nobody ever released, was asked for`);
    looked.set(unid, world.scheduler.steps);
    const note = request.answered.includes(unid) ? world.file.readBare(unid) : null;
    const mapping = note === null ? undefined : world.mappings.find((one) => isOpenlyMarked(note, one));
    if (note !== null) open.set(unid, mapping !== undefined);
  }
}
