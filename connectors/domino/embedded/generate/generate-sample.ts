import { setImmediate } from 'node:timers/promises';
import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import { seededRandom } from '../engine/seeded-random.ts';
import { BackdatedWriter } from './backdated-writer.ts';
import { LAST_DAY } from './note-stamps.ts';
import { MEMBERS_PER_CELL, MOST_MEMBERS } from './organisations.ts';
import { sampleOfCell } from './sample-of-cell.ts';
import { type SampleCounts, type SampleForm, SampleTally, type SampleTexts } from './sample-report.ts';

export interface SampleOptions {
  readonly domino: EmbeddedDomino;
  /** 1 to about 2.6 million. */
  readonly members: number;
  /** A whole number; the same seed and number of members give the same notes with the same UNIDs, whenever and wherever. */
  readonly seed: number;
  readonly databases?: SampleDatabases;
  /** Canonical name that the bridge reads with; it is put into every Readers item. */
  readonly bridge?: string;
  /** Adds notes that cannot be read. */
  readonly flaws?: boolean;
  /**
   * Everything that a city has: also posts, ratings, rewards, badges, transfers, news, forms that never cross, so many regular meetings of 2025 in each cell
   * (0 to 12) with everybody's attendance, names in ABC fonts, second notes with the same key, and the flaws.
   */
  readonly city?: { readonly meetings: number };
  readonly progress?: (done: number, estimated: number) => void;
  readonly signal?: AbortSignal;
}

export interface SampleDatabases {
  readonly members: string;
  readonly work: string;
}

export interface SampleReport {
  readonly databases: SampleDatabases;
  readonly notes: number;
  readonly forms: Readonly<Partial<Record<SampleForm, SampleCounts>>>;
  readonly texts: SampleTexts;
}

const DATABASES: SampleDatabases = { members: 'dangvien.nsf', work: 'tacnghiep.nsf' };
export const SAMPLE_BRIDGE = 'CN=Cau noi So tay/O=Mau';
const REPLICA_IDS: SampleDatabases = { members: '4725880000AA0001', work: '4725880000AA0002' };
const TITLES: SampleDatabases = { members: 'Quản lý đảng viên (mẫu)', work: 'Điều hành tác nghiệp (mẫu)' };

/** In-file times reach so far back; the newest lie a minute behind, so that they have settled. */
const PAST_MS = 180 * 86_400_000;
const SETTLED_MS = 60_000;
/** About as many as one cell of a city has. */
const NOTES_OF_CELL = 400;

/**
 * Fills two databases, made when missing, with an invented Party committee in Hà Nội: organisations and members in one, documents, tasks and assignments
 * in the other. Repeatable: notes of an earlier run with the same seed are replaced. Holds one cell (22 members) in memory. Throws for numbers that
 * cannot be, and when the server's clock is before 2026.
 */
export async function generateSample(options: SampleOptions): Promise<SampleReport> {
  const { domino, members, seed } = options;
  checkNumbers(domino, members, seed);
  const databases = options.databases ?? DATABASES;
  const now = domino.now();
  const times = { from: Math.max(LAST_DAY, now - PAST_MS), to: now - SETTLED_MS, expected: members };
  const writers = {
    members: new BackdatedWriter(openOrCreate(domino, databases, 'members'), domino, times),
    work: new BackdatedWriter(openOrCreate(domino, databases, 'work'), domino, times),
  };
  const tally = new SampleTally();
  const random = seededRandom(seed);
  const cells = Math.ceil(members / MEMBERS_PER_CELL);
  let share = 0;
  for (let cell = 0; cell < cells; cell++) {
    options.signal?.throwIfAborted();
    const first = cell * MEMBERS_PER_CELL;
    const notes = sampleOfCell({
      cell,
      first,
      members: Math.min(MEMBERS_PER_CELL, members - first),
      seed,
      flaws: options.city !== undefined || (options.flaws ?? false),
      city: options.city ?? null,
      context: { bridge: options.bridge ?? SAMPLE_BRIDGE, share, random },
    });
    let made = 0;
    for (const note of notes) {
      // Within a city's cell time goes on: its notes would fill a second.
      const within = options.city === undefined ? 0 : Math.min(0.99, made++ / NOTES_OF_CELL) / cells;
      writers[note.database].add(note.note, share + within);
      tally.add(note);
    }
    share = (cell + 1) / cells;
    options.progress?.(Math.min(first + MEMBERS_PER_CELL, members), members);
    // Other work of the process gets its turn.
    if (cell % 20 === 19) await setImmediate();
  }
  writers.members.flush(share);
  writers.work.flush(share);
  return { databases, notes: tally.notes, forms: tally.byForm, texts: tally.texts };
}

function checkNumbers(domino: EmbeddedDomino, members: number, seed: number): void {
  if (!Number.isSafeInteger(members) || members < 1 || members > MOST_MEMBERS) {
    throw new RangeError(`cannot generate ${members} members: give a whole number from 1 to ${MOST_MEMBERS}`);
  }
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`cannot generate from seed ${seed}: give a whole number from 0`);
  }
  if (domino.now() < LAST_DAY + SETTLED_MS) {
    throw new RangeError("cannot generate: the embedded Domino's clock is before 2026; set it forward");
  }
}

function openOrCreate(
  domino: EmbeddedDomino,
  databases: SampleDatabases,
  which: keyof SampleDatabases,
): EmbeddedDatabase {
  const filePath = databases[which];
  if (domino.hasDatabase(filePath)) return domino.openDatabase(filePath);
  // A replica ID names one replica set: only the databases of the default names are those of the default links.
  const replicaId = filePath === DATABASES[which] ? { replicaId: REPLICA_IDS[which] } : {};
  return domino.createDatabase(filePath, { title: TITLES[which], ...replicaId });
}
