import { acceptPreview } from '../operations/accept-preview.ts';
import { confirmDeleted } from '../operations/confirm-deleted.ts';
import { conflictResolve } from '../operations/conflict-resolve.ts';
import { OperationError, type OperationContext } from '../operations/operation.ts';
import { pause, resume } from '../operations/pause-resume.ts';
import { quarantineRetry } from '../operations/quarantine.ts';
import type { KindOf, SimOperation } from './operation.ts';
import { LINK_ID, type World } from './world.ts';

const CONTEXT: OperationContext = {
  by: 'nguoi-van-hanh',
  signal: new AbortController().signal,
  progress: () => undefined,
};

/** A person at the operators' console; what is refused to them is no failure. */
export async function operate(world: World, operation: SimOperation): Promise<void> {
  try {
    await carryOut(world, operation);
  } catch (error) {
    if (!(error instanceof OperationError)) throw error;
    world.coverage.hit(`operator refused ${error.code}`);
  }
}

async function carryOut(world: World, { kind, draws }: SimOperation): Promise<void> {
  const { store } = world.deps;
  switch (kind as KindOf<'operator'>) {
    case 'operator-pause':
    case 'operator-resume': {
      const direction = ([undefined, 'pull', 'push'] as const)[draws[0] % 3];
      const set = kind === 'operator-pause' ? pause : resume;
      await set(world.bridge).run({ link: LINK_ID, ...(direction ? { direction } : {}) }, CONTEXT);
      return;
    }
    case 'operator-resolve': {
      const rows = await store.conflicts({ linkId: LINK_ID, state: 'open', limit: 50 });
      const row = rows[draws[0] % Math.max(1, rows.length)];
      const choose = draws[1] % 2 === 0 ? ('notes' as const) : ('handbook' as const);
      if (row) await conflictResolve(world.bridge).run({ id: row.id, choose }, CONTEXT);
      if (row) world.coverage.hit(`resolved ${row.kind}`);
      return;
    }
    case 'operator-release':
      await releaseBrakes(world);
      return;
    case 'operator-confirm-deleted': {
      const missing = (await store.pairsAfter(LINK_ID, null, 500)).filter(
        ({ unid, notesSight }) =>
          notesSight === 'missing' &&
          unid !== null &&
          world.ledger.deletedBy('notes', unid) &&
          world.file.readBare(unid) === null,
      );
      const unid = missing[draws[0] % Math.max(1, missing.length)]?.unid;
      if (!unid) return;
      await confirmDeleted(world.bridge).run(
        { link: LINK_ID, unids: [unid], reason: 'đã xóa thật' },
        CONTEXT,
      );
      world.ledger.confirmedDeleted.add(unid);
      world.coverage.hit('confirmed deleted');
      return;
    }
    case 'operator-retry': {
      const rows = await store.quarantined({ linkId: LINK_ID, limit: 50 });
      const row = rows[draws[0] % Math.max(1, rows.length)];
      if (row) await quarantineRetry(world.bridge).run({ id: row.id }, CONTEXT);
      return;
    }
  }
}

/** Accepts the list of a braked lane, or of a first run; true when there was one. */
export async function releaseBrakes(world: World): Promise<boolean> {
  const { store } = world.deps;
  const row = await store.link(LINK_ID);
  const waiting = [row?.brakeDeletes ?? null, row?.brakeUpdates ?? null];
  if (row?.approved === false) {
    const first = (await store.previews(LINK_ID, 20)).find((one) => one.lane === 'first-run');
    waiting.push(first?.decidedAt === null ? first.id : null);
  }
  let released = false;
  for (const id of waiting) {
    if (id === null) continue;
    await acceptPreview(world.bridge, id, CONTEXT, 'đã xem danh sách');
    world.ledger.releases.push(world.clock.nowMs);
    world.coverage.hit('brake released');
    released = true;
  }
  return released;
}

export async function resumeAll(world: World): Promise<void> {
  await resume(world.bridge).run({ link: LINK_ID }, CONTEXT);
}
