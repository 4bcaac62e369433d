import { DominoError, type NotesDatabase } from '../../connectors/domino/port.ts';
import { type Handbook, HandbookError, type HandbookOp } from '../../connectors/handbook/port.ts';
import type { LeaseFence, SyncStore, SyncTx } from '../../connectors/postgres/port.ts';
import type { Link, PassDeps } from '../passes/pass-deps.ts';
import { faultName } from './fault-kinds.ts';
import type { SimProcess } from './scheduler.ts';
import { committed } from './witness-store.ts';
import { requestsOf } from './witness-reads.ts';
import { witnessOps } from './witness-handbook.ts';
import { deliver, isWrite } from './witness-notes.ts';
import type { ArmedFault, World } from './world.ts';

type Method = (...given: readonly unknown[]) => Promise<unknown>;

/** The connection to the database broke: nobody knows whether the statement took effect. */
export class BrokenConnection extends Error {
  override readonly name = 'BrokenConnection';
}

/** The ports as one process of the bridge has them: each call is a step at which others may act, faults strike or the process dies. */
export function portsOf(world: World, process: SimProcess): { readonly deps: PassDeps; readonly link: Link } {
  return {
    deps: { ...world.deps, store: storeOf(world, process), handbook: handbookOf(world, process) },
    link: { ...world.link, database: databaseOf(world, process) },
  };
}

async function step(world: World, process: SimProcess, name: string): Promise<void> {
  await world.scheduler.point(process);
  world.clock.nowMs += 3;
  world.trace.add(`${process.name} ${name}`);
}

function takeFault(world: World, target: ArmedFault['target']): ArmedFault['kind'] | null {
  const at = world.faults.findIndex((fault) => fault.target === target);
  const [fault] = at < 0 ? [] : world.faults.splice(at, 1);
  if (!fault) return null;
  world.coverage.hit(faultName(fault));
  world.trace.add(faultName(fault));
  return fault.kind;
}

function proxy<T extends object>(
  port: T,
  call: (name: string, real: Method, given: unknown[]) => unknown,
): T {
  return new Proxy(port, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) =>
        call(String(property), (...args) => Reflect.apply(value, target, args) as Promise<unknown>, given);
    },
  });
}

function databaseOf(world: World, process: SimProcess): NotesDatabase {
  return proxy(world.database, async (name, real, given) => {
    if (name === 'replaceItems')
      world.coming = { unid: String(given[0]), items: Object.keys(given[1] as object) };
    if (name === 'readNotes') world.looking = given[0] as readonly string[];
    await step(world, process, `notes.${name}`);
    if (name === 'replaceItems') world.coming = null;
    if (name === 'readNotes') world.looking = [];
    const writes = isWrite(name);
    const fault = takeFault(world, writes ? 'notes-write' : 'notes-read');
    if (fault === 'busy') throw new DominoError('busy', 'the server is busy');
    if (fault === 'down') throw new DominoError('unreachable', 'the server does not answer');
    if (!writes) {
      const answer = await inFlight(process, () => requestsOf(world, process, () => real(...given)));
      if (fault !== null) throw new DominoError('busy', 'no answer in time');
      return answer;
    }
    const carryOut = () =>
      deliver(world, process, name, real, world.unguarded ? withoutToken(name, given) : given);
    if (fault === 'lost-before') throw new DominoError('outcome-unknown', 'no answer');
    if (fault === 'late') {
      world.late.push({
        dueStep: world.scheduler.steps + 5,
        deadline: world.clock.nowMs + world.link.limits.writeDeadlineMs - 100,
        land: async () => {
          world.trace.add(`late ${name}`);
          try {
            await carryOut();
          } catch (error) {
            if (!(error instanceof DominoError)) throw error;
          }
        },
      });
      throw new DominoError('outcome-unknown', 'no answer');
    }
    const answer = await inFlight(process, carryOut);
    await step(world, process, `notes.${name} done`);
    if (fault !== null) throw new DominoError('outcome-unknown', 'no answer');
    return answer;
  });
}

/** `replaceItems(unid, items, token)`, `deleteNote(unid, token)`. */
function withoutToken(name: string, given: readonly unknown[]): readonly unknown[] {
  const at = name === 'replaceItems' ? 2 : name === 'deleteNote' ? 1 : -1;
  return given.map((one, index) => (index === at ? null : one));
}

async function inFlight<T>(process: SimProcess, call: () => Promise<T>): Promise<T> {
  process.inFlight += 1;
  try {
    return await call();
  } finally {
    process.inFlight -= 1;
  }
}

function handbookOf(world: World, process: SimProcess): Handbook {
  return proxy(world.handbook, async (name, real, given) => {
    await step(world, process, `handbook.${name}`);
    const fault = takeFault(world, 'handbook');
    if (fault === 'lost-before' || fault === 'busy' || fault === 'down')
      throw new HandbookError('unreachable', 'no connection');
    if (name !== 'apply') {
      if (fault !== null) throw new HandbookError('unreachable', 'no answer');
      return real(...given);
    }
    const ops = given[0] as readonly HandbookOp[];
    // A backend that commits op by op may stop half-way.
    const part = fault === 'half' ? ops.slice(0, Math.ceil(ops.length / 2)) : ops;
    witnessOps(world, part);
    const answer = await real(part);
    await step(world, process, 'handbook.apply done');
    if (fault !== null) throw new HandbookError('unreachable', 'no answer');
    return answer;
  });
}

function storeOf(world: World, process: SimProcess): SyncStore {
  return proxy(world.store, async (name, real, given) => {
    await step(world, process, `store.${name}`);
    if (name !== 'transaction') return inFlight(process, () => real(...given));
    const fault = takeFault(world, 'store');
    if (fault === 'lost-before') throw new BrokenConnection('store');
    const [fence, work] = given as [LeaseFence | null, (tx: SyncTx) => Promise<unknown>];
    const before = world.store.tables();
    process.transacting = true;
    // Opening and committing may take a database its time; in between there are steps.
    process.inFlight += 1;
    try {
      const answer = await real(fence, async (tx: SyncTx) => {
        process.inFlight -= 1;
        try {
          return await work(txOf(world, process, tx));
        } finally {
          process.inFlight += 1;
        }
      });
      committed(world, before);
      if (fault !== null) throw new BrokenConnection('store');
      return answer;
    } finally {
      process.inFlight -= 1;
      process.transacting = false;
    }
  });
}

function txOf(world: World, process: SimProcess, tx: SyncTx): SyncTx {
  return proxy(tx, async (name, real, given) => {
    await step(world, process, `tx.${name}`);
    return inFlight(process, () => real(...given));
  });
}
