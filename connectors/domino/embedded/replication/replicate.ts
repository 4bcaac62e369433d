import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { EngineError } from '../engine/engine-error.ts';
import { hasAccess, mayRead } from '../engine/identity.ts';
import { agreedTime, partnerName, recordTime } from './history.ts';
import { purgeIfDue } from './purge.ts';
import { type Arrival, Receiver, versionOf } from './receive.ts';
import { expireSoftDeleted } from '../engine/soft-deletion.ts';
import { compareVersions } from './version-order.ts';

export interface PullOptions {
  /** The connection breaks after so many notes and stubs; what arrived stays, and the history is not moved. */
  readonly cutAfter?: number;
}

export interface PullReport {
  /** Notes and stubs by what became of them. */
  readonly arrivals: Readonly<Partial<Record<Arrival, number>>>;
  /** Notes of the source that its Readers items hide from the target's server. */
  readonly hidden: number;
  /** The histories of the two did not agree: everything was looked at. */
  readonly full: boolean;
  /** False: cut off. */
  readonly completed: boolean;
}

const BATCH = 200;

/**
 * One direction: `target` takes what `source` changed since the two last agreed. Throws `rejected` when they are no replicas of each other,
 * `not-authorized` when the target's server may not read the source.
 */
export function pull(
  target: EmbeddedDatabase,
  source: EmbeddedDatabase,
  options: PullOptions = {},
): PullReport {
  if (target.replicaId !== source.replicaId || target === source) {
    throw new EngineError(
      'rejected',
      `"${partnerName(target)}" and "${partnerName(source)}" are no replicas of each other: their replica IDs differ`,
    );
  }
  for (const database of [target, source]) {
    expireSoftDeleted(database.file);
    purgeIfDue(database);
  }
  const servers = { target: target.file.context.serverName, source: source.file.context.serverName };
  const partners = {
    target,
    source,
    targetName: partnerName(target),
    sourceName: partnerName(source),
  };
  const reader = source.identityOf({ name: servers.target, access: 'manager' });
  if (!hasAccess(reader, 'reader')) {
    throw new EngineError('not-authorized', `${reader.name} may not replicate from "${source.filePath}"`);
  }
  const sender = target.identityOf({ name: servers.source, access: 'manager' });
  const receiver = new Receiver(target, sender);
  const since = agreedTime(partners);
  const until = source.now();
  const { store } = source.file;
  const stubs = source.settings.keepsDeletions ? [] : store.stubs(since ?? 0);
  const noteIds = store.changedSince(since ?? 0);
  const arrivals: Partial<Record<Arrival, number>> = {};
  let hidden = 0;
  let left = options.cutAfter ?? Number.POSITIVE_INFINITY;
  const count = (arrival: Arrival): void => {
    arrivals[arrival] = (arrivals[arrival] ?? 0) + 1;
  };
  const takeNote = (noteId: number): void => {
    const row = store.findById(noteId);
    if (row === null) return;
    if (!mayRead(store.bare(row).items, reader)) hidden += 1;
    else count(receiver.note(versionOf(source, row)));
  };
  const work = [
    ...stubs.map((stub) => (): void => count(receiver.stub(stub))),
    ...noteIds.map((noteId) => (): void => takeNote(noteId)),
  ];
  for (let done = 0; done < work.length && left > 0; done += BATCH) {
    target.file.write(() => {
      for (const step of work.slice(done, done + Math.min(BATCH, left))) step();
    });
    left -= BATCH;
  }
  const completed = (options.cutAfter ?? Number.POSITIVE_INFINITY) >= work.length;
  if (completed) {
    takeAcl(target, source, sender.access === 'manager');
    recordTime(partners, until);
  }
  return { arrivals, hidden, full: since === null, completed };
}

/** Both directions, `first` receiving first. The second is not begun when the first was cut off. */
export function replicate(
  first: EmbeddedDatabase,
  second: EmbeddedDatabase,
): readonly [PullReport, PullReport] {
  return [pull(first, second), pull(second, first)];
}

/** The most recent ACL prevails; there is never a conflict of ACLs. */
function takeAcl(target: EmbeddedDatabase, source: EmbeddedDatabase, allowed: boolean): void {
  const came = source.file.properties.acl;
  const there = target.file.properties.acl;
  if (came === null || !allowed || (there !== null && compareVersions(came, there) <= 0)) return;
  target.file.write(() => target.file.properties.setAcl(came));
}
