import type { Slice, SliceReading } from '../../connectors/domino/port.ts';
import type { Checkpoint } from '../../connectors/postgres/port.ts';
import type { NoteReading } from '../sync/note.ts';
import { greatestStamp, type Interval, nextWatermark, pullFrom, splitSlice } from '../sync/slices.ts';
import { headerItems } from './gate-reading.ts';
import { observeNotes } from './observe-notes.ts';
import type { PassDeps, PassRun } from './pass-deps.ts';

/** An overfull second is enumerated at most this often before the slice gives up for this pass. */
const ENUMERATIONS = 6;

/** Further ahead of our clock than this, a stamp is a wrong clock's. */
const AHEAD_MS = 24 * 3600 * 1000;

/**
 * [SL1]–[SL4] What changed in Notes since the watermark: slices that one call answers completely, oldest first, the last one open-ended. Reads UNID,
 * token and gate items only. The watermark passes a slice only after everything in it is in `seen`.
 */
export async function gatherNotes(
  deps: PassDeps,
  run: PassRun,
): Promise<{ readonly fresh: number; readonly finished: boolean }> {
  const { link } = run;
  const started = deps.clock.now();
  let checkpoint =
    (await deps.store.checkpoint(link.id, link.instanceId)) ?? emptyCheckpoint(link.id, link.instanceId);
  const todo: Interval[] = [{ from: pullFrom(checkpoint.watermark, link.limits.overlapSeconds), to: null }];
  let fresh = 0;
  if (link.database.capabilities.deletionStubs) await observeStubs(deps, run, checkpoint);
  while (todo.length > 0) {
    const interval = todo.shift() as Interval;
    run.signal.throwIfAborted();
    if (deps.clock.now() - started > link.limits.passMs) return { fresh, finished: false };
    // Before the call: the server's time is known from below only, and a slow answer must not make it seem later.
    const askedMs = deps.clock.now();
    const read = await readInterval(deps, run, 'modifiedInThisFile', interval);
    if (read.kind === 'split') {
      todo.unshift(...read.parts);
      continue;
    }
    const stamps = read.notes.flatMap((note) => (note.kind === 'note' ? [note.modified] : []));
    const nowMs = deps.clock.now();
    const greatest = greatestStamp(checkpoint.greatestStamp, stamps, nowMs);
    const greatestSeenAt =
      greatest === checkpoint.greatestStamp ? checkpoint.greatestSeenAt : new Date(nowMs).toISOString();
    const observed = await observeNotes(deps, run, read.notes, {
      greatestStamp: greatest,
      greatestSeenAtMs: greatestSeenAt === null ? null : Date.parse(greatestSeenAt),
      nowMs: askedMs,
    });
    fresh += observed.fresh;
    // [SL4] A stamp from the future moves nothing; when it is news, a sweep looks for what its clock hides.
    const ahead = observed.fresh > 0 && stamps.some((stamp) => Date.parse(stamp) > nowMs + AHEAD_MS);
    const reach = nextWatermark({
      current: checkpoint.watermark,
      slice: interval,
      greatestStamp: greatest,
      settleSeconds: link.limits.settleSeconds,
      nowMs,
    });
    const next: Checkpoint = {
      ...checkpoint,
      watermark: reach.watermark,
      greatestStamp: greatest,
      greatestSeenAt,
    };
    const changed =
      next.watermark !== checkpoint.watermark || next.greatestStamp !== checkpoint.greatestStamp;
    checkpoint = next;
    if (changed || ahead || read.kind === 'enumerated') {
      const fence = await run.fence();
      await deps.store.transaction(fence, async (tx) => {
        if (changed) await tx.setCheckpoint(next);
        if (ahead || read.kind === 'enumerated') await tx.patchLink(link.id, { sweepDue: true });
      });
    }
    run.progress('gather', fresh, null);
  }
  return { fresh, finished: true };
}

export type IntervalReading =
  | { readonly kind: 'complete' | 'enumerated'; readonly notes: readonly NoteReading[] }
  | { readonly kind: 'split'; readonly parts: readonly [Interval, Interval] };

/** One slice: complete, to be cut, or (a single overfull second) enumerated until two enumerations agree. */
export async function readInterval(
  deps: PassDeps,
  run: PassRun,
  by: Slice['by'],
  interval: Interval,
): Promise<IntervalReading> {
  const { link } = run;
  const slice: Slice = {
    by,
    forms: link.mappings.map((mapping) => mapping.form),
    from: interval.from,
    to: interval.to,
  };
  const items = headerItems(link.mappings);
  await run.fence();
  const reading: SliceReading = await link.database.readSlice(slice, items, { signal: run.signal });
  const stamps = reading.notes.flatMap((note) =>
    note.kind === 'note' ? [by === 'created' ? note.created : note.modified] : [],
  );
  const split = splitSlice(interval, reading.total, reading.notes.length, stamps, deps.clock.now());
  switch (split.kind) {
    case 'complete':
      return { kind: 'complete', notes: reading.notes };
    case 'split':
      return { kind: 'split', parts: split.parts };
    case 'overfull-second':
      return { kind: 'enumerated', notes: await enumerate(run, { ...slice, ...split.second }, items) };
  }
}

/** [SL6] Pages of a re-executed query prove nothing by themselves; two enumerations with the same notes and tokens do. */
async function enumerate(
  run: PassRun,
  slice: Slice,
  items: readonly string[],
): Promise<readonly NoteReading[]> {
  let previous: string | null = null;
  for (let attempt = 0; attempt < ENUMERATIONS; attempt++) {
    const notes = new Map<string, NoteReading>();
    let total = Number.POSITIVE_INFINITY;
    for (let start = 0; start < total; ) {
      await run.fence();
      const page = await run.link.database.readSlicePage(slice, items, start, { signal: run.signal });
      total = page.total;
      for (const note of page.notes) notes.set(note.unid, note);
      if (page.notes.length === 0) break;
      start += page.notes.length;
    }
    const print = [...notes.values()]
      .map((note) => `${note.unid} ${note.kind === 'note' ? note.token.value : note.kind}`)
      .sort()
      .join('\n');
    if (print === previous && notes.size === total) return [...notes.values()];
    previous = print;
  }
  throw new Error(
    `Second ${slice.from} of link ${run.link.id} could not be enumerated: its notes keep changing`,
  );
}

async function observeStubs(deps: PassDeps, run: PassRun, checkpoint: Checkpoint): Promise<void> {
  const stubs =
    (await run.link.database.readDeletionStubs?.(
      pullFrom(checkpoint.watermark, run.link.limits.overlapSeconds),
      { signal: run.signal },
    )) ?? [];
  const unids = stubs.map((stub) => stub.unid);
  for (let start = 0; start < unids.length; start += run.link.database.capabilities.cap) {
    const part = unids.slice(start, start + run.link.database.capabilities.cap);
    const bound = await deps.store.pairsByUnid(run.link.replicaSet, part);
    const readings = bound.flatMap((pair): NoteReading[] =>
      pair.unid && pair.status !== 'tombstone' && pair.notesSight !== 'gone'
        ? [{ kind: 'missing', unid: pair.unid }]
        : [],
    );
    await observeNotes(
      deps,
      run,
      readings,
      { greatestStamp: null, greatestSeenAtMs: null, nowMs: deps.clock.now() },
      new Set(part),
    );
  }
}

function emptyCheckpoint(linkId: string, instanceId: string): Checkpoint {
  return { linkId, instanceId, watermark: null, greatestStamp: null, greatestSeenAt: null };
}
