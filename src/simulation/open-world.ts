import { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import { seededRandom } from '../../connectors/domino/embedded/engine/seeded-random.ts';
import { MemoryHandbook } from '../../connectors/handbook/memory/memory-handbook.ts';
import { MemoryMembersHandbook } from '../../connectors/handbook/memory/memory-members-handbook.ts';
import { MemoryRecords } from '../../connectors/handbook/memory/memory-records.ts';
import { openMemorySyncStore } from '../../connectors/postgres/memory/memory-sync-store.ts';
import { entitySchemas } from '../compose/entity-schemas.ts';
import type { Link, LinkLimits, PassDeps } from '../passes/pass-deps.ts';
import { Coverage } from './coverage.ts';
import { keepRecordsBefore } from './earlier-records.ts';
import { Ledger } from './ledger.ts';
import { openByWay, type Way } from './open-way.ts';
import { Scheduler } from './scheduler.ts';
import { simulationMappings } from './sim-mappings.ts';
import type { SimPostgres } from './open-postgres.ts';
import { Trace } from './trace.ts';
import { twinStore } from './twin-store.ts';
import { LINK_ID, type World } from './world.ts';

const START = Date.parse('2026-03-02T01:00:00.000Z');
const REPLICA_SET = '4725880000AA0009';
const FILE = 'mophong.nsf';
const SECOND = 1000;
const HOUR = 3600 * SECOND;

const DOMINO_AHEAD = [0, 0, 0, 3 * SECOND, -3 * SECOND, 2 * HOUR, -2 * HOUR, 30 * HOUR];

/**
 * One server per process of the simulation; each history has a file of its own on it. With `postgres` every call to the store goes there, too. `ways`: those that histories
 * take in turn, in place of the usual mixture of the engine itself and Proton.
 */
export function openServer(
  root: string,
  postgres: SimPostgres | null = null,
  ways: readonly Way[] = [],
): { readonly open: (seed: number) => Promise<World>; close(): void } {
  const shared: { nowMs: number; random: () => number } = { nowMs: START, random: () => 0 };
  const domino = new EmbeddedDomino({
    root,
    name: 'CN=DOMINO-MAU/O=Mau',
    timeSource: () => shared.nowMs,
    random: () => shared.random(),
  });
  return { open: (seed) => openWorld(seed, domino, shared, postgres, ways), close: () => domino.close() };
}

async function openWorld(
  seed: number,
  domino: EmbeddedDomino,
  clock: { nowMs: number; random: () => number },
  postgres: SimPostgres | null,
  ways: readonly Way[],
): Promise<World> {
  const choose = seededRandom(seed * 2 + 1);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(choose() * values.length)] as T;
  clock.nowMs = START;
  const ids = seededRandom(seed * 2 + 0x5eed);
  clock.random = ids;
  const usual = choose() < 0.75 ? 'direct' : 'proton';
  const way = ways[seed % Math.max(1, ways.length)] ?? usual;
  const unguarded = way === 'proton' && choose() < 0.5;
  domino.clock.set(START + pick(DOMINO_AHEAD));
  domino.requests.clear();
  const file = domino.createDatabase(FILE, { title: 'Mô phỏng', replicaId: REPLICA_SET });
  const mappings = simulationMappings({
    handbookDelete: pick(['soft', 'hard', 'refuse'] as const),
    editAgainstDelete: pick(['keep-edit', 'notes-compatible'] as const),
  });
  const database = await openByWay(way, domino, FILE, mappings);
  const records = new MemoryRecords(uuid(ids));
  const now = () => new Date(clock.nowMs);
  const memory = openMemorySyncStore({
    now,
    newKey: () => Buffer.from(Array.from({ length: 32 }, () => Math.floor(ids() * 256))),
  });
  const store = postgres === null ? memory : twinStore(memory, await postgres.empty(now));
  const logged: string[] = [];
  const line = (fields: Record<string, unknown>, message: string) =>
    void logged.push(`${JSON.stringify(fields)} ${message}`);
  const deps: PassDeps = {
    store,
    handbook: new MemoryHandbook(records),
    spool: {
      take: () => Promise.reject(new Error('No form of the simulation has bytes')),
    },
    clock: { now: () => clock.nowMs, sleep: async () => undefined },
    newId: () => uuid(ids),
    log: { info: line, warn: line, error: line },
  };
  const small = choose() < 0.25;
  const limits: LinkLimits = {
    deletes: small ? { floor: 1, share: 0 } : { floor: 1000, share: 1 },
    updates: small ? { floor: 4, share: 0 } : { floor: 1000, share: 1 },
    overlapSeconds: pick([5, 300]),
    settleSeconds: 2,
    writeDeadlineMs: pick([400, 5000]),
    passMs: pick([60_000, 60_000, 60_000, 120]),
    batch: pick([1, 2, 50]),
  };
  const link: Link = {
    id: LINK_ID,
    replicaSet: REPLICA_SET,
    instanceId: `mo-phong!!${FILE}`,
    database,
    mappings,
    limits,
  };
  await store.registerLink({ linkId: LINK_ID, mode: 'sync', replicaSet: REPLICA_SET });
  let words = 0;
  const keptBefore = choose() < 0.15;
  const world: World = {
    seed,
    way,
    unguarded,
    trace: new Trace(false),
    coverage: new Coverage(),
    scheduler: new Scheduler(),
    ledger: new Ledger(),
    domino,
    file,
    database,
    records,
    handbook: deps.handbook,
    members: new MemoryMembersHandbook(records, entitySchemas(mappings)),
    store,
    mappings,
    link,
    deps,
    bridge: {
      deps,
      links: [link],
      verifyJournal: async () => ({ link: LINK_ID, ok: true, rows: 0, brokenAt: null }),
      checkConfig: async () => ({ ok: true, findings: [], mappings: [] }),
    },
    logged,
    faults: [],
    late: [],
    clock,
    coming: null,
    looking: [],
    effects: 0,
    nextWord: () => `Z${String(++words).padStart(4, '0')}Q`,
    nextNumber: () => 70_000 + ++words * 7,
    async close() {
      await database.close();
      domino.deleteDatabase(FILE);
    },
  };
  if (keptBefore) await keepRecordsBefore(world);
  return world;
}

function uuid(random: () => number): string {
  const hex = () =>
    Math.floor(random() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  const all = hex() + hex() + hex() + hex();
  return `${all.slice(0, 8)}-${all.slice(8, 12)}-4${all.slice(13, 16)}-8${all.slice(17, 20)}-${all.slice(20, 32)}`;
}
