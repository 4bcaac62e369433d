import { randomUUID } from 'node:crypto';
import type { PassRow } from '../../../connectors/postgres/watch-port.ts';
import type { ComposedBridge } from '../../compose.ts';
import { STAGED } from './staged-config.ts';

type Ask = <T>(operation: string, args: object) => Promise<T>;

const CONFLICTS = 6;
const BAD_CODES = ['38.168', '38-168-053-000-001', 'chưa có mã'];
/** More than 20 and more than 2 % of the link. */
const GONE = 24;
/** Slow enough to be seen, fast enough to end. */
const SLOW_MS = 15;
const FILLING_MEMBERS = 2_500;
/** So many that the sample holds more documents than are deleted. */
const DOCUMENT_MEMBERS = 900;

/** Everything that is wrong comes about as it would: by what people and servers do, seen by passes. */
export async function stageFaults(composed: ComposedBridge, ask: Ask, storyHours: number): Promise<void> {
  const { well, asked, braked, down, filling } = STAGED;
  await ask('domino-generate', { members: DOCUMENT_MEMBERS, seed: 2, databasePrefix: 'b-' });
  await writeNews(ask);
  await ask('domino-generate', { members: FILLING_MEMBERS, seed: 4, databasePrefix: 'd-' });
  for (const { id } of [well, asked, braked, down]) await ask('sync-once', { link: id });
  await tellStory(composed, storyHours);
  await makeConflicts(composed, ask);
  await quarantineSome(composed, ask);
  await deleteMany(composed, ask);
  await ask('domino-fault', { action: 'add', rule: { kind: 'down', when: { filePath: down.file } } });
  await ask('sync-once', { link: down.id }).catch(() => undefined);
  await ask('domino-fault', {
    action: 'add',
    rule: { kind: 'slow', when: { filePath: filling.file }, msPerDocument: SLOW_MS },
  });
}

/** Tasks of which the officer in Notes and the member in the handbook report different progress. */
async function makeConflicts(composed: ComposedBridge, ask: Ask): Promise<void> {
  const { id, file } = STAGED.asked;
  await ask('pause', { link: id });
  const { store, handbook } = composed.bridge.deps;
  const pairs = (await store.pairsAfter(id, null, 1_000, ['live'])).filter(
    (pair) => pair.entity === 'assignment',
  );
  for (const [place, pair] of pairs.slice(0, CONFLICTS).entries()) {
    const [record] = await handbook.read([pair.recordId]);
    // Whatever the sample says, both sides change it, and differently.
    const before = Number(record?.fields['progress'] ?? 0);
    await ask('domino-edit', {
      database: file,
      unid: pair.unid,
      items: { TienDo: { type: 'number', values: [(before + 7 + place) % 101] } },
    });
    await composed.members.mutate({
      clientId: 'phone',
      mutationId: randomUUID(),
      accountId: 'staged',
      kind: 'update',
      entity: 'assignment',
      recordId: pair.recordId,
      baseVersion: record?.version ?? 0,
      fields: { progress: (before + 41 + place) % 101 },
    });
  }
  await ask('resume', { link: id });
  await ask('sync-once', { link: id });
}

async function quarantineSome(composed: ComposedBridge, ask: Ask): Promise<void> {
  const { id, file } = STAGED.well;
  const organisations = await pairsOf(composed, id, 'organisation');
  for (const [place, code] of BAD_CODES.entries())
    await ask('domino-edit', {
      database: file,
      unid: organisations[place]?.unid,
      items: { MaCapTren: { type: 'text', values: [code, 'x'] } },
    });
  await ask('sync-once', { link: id });
}

async function writeNews(ask: Ask): Promise<void> {
  const text = (value: string) => ({ type: 'text', values: [value] });
  for (let place = 1; place <= 3; place += 1)
    await ask('domino-create-note', {
      database: STAGED.down.file,
      form: 'TinTuc',
      items: {
        MaBanGhi: text(`tin-2026-000${place}`),
        TieuDe: text(`Tin số ${place}`),
        DoMat: text('Thuong'),
        ChoPhepChuyen: text('1'),
      },
    });
}

/** Deleted at once, as by somebody who selected too much. */
async function deleteMany(composed: ComposedBridge, ask: Ask): Promise<void> {
  const { id, file } = STAGED.braked;
  const documents = await pairsOf(composed, id, 'document');
  for (const pair of documents.slice(0, GONE))
    await ask('domino-delete', { database: file, unid: pair.unid });
  await ask('sync-once', { link: id });
}

async function pairsOf(composed: ComposedBridge, linkId: string, entity: string) {
  const pairs = await composed.bridge.deps.store.pairsAfter(linkId, null, 1_000, ['live']);
  return pairs.filter((pair) => pair.entity === entity);
}

/** Samples and passes of the hours before: written into the store as the jobs would have written them. */
async function tellStory({ inside, bridge }: ComposedBridge, hours: number): Promise<void> {
  const now = Date.now();
  const linkIds = bridge.links.map((link) => link.id);
  await inside.query(
    `insert into bridge.link_sample (link_id, at, step_seconds, to_handbook, to_notes, waiting_handbook, waiting_notes,
       lag_seconds, conflicts, quarantined, withheld, failures, watermark, journal_sequence)
     select l, t, 60, floor(5 * (1 + sin(extract(hour from t) / 3.8))), floor(2 * (1 + cos(extract(hour from t) / 3))),
       0, 0, 8 + 20 * abs(sin(extract(epoch from t) / 5000)), 0, 0, 0, 0,
       to_char(t at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), 0
     from unnest($1::text[]) l,
       generate_series(date_trunc('minute', $2::timestamptz) - make_interval(hours => $3), $2::timestamptz - interval '2 minutes', '5 minutes') t
     on conflict do nothing`,
    [linkIds, new Date(now), hours],
  );
  const { book } = bridge.deps;
  for (let ago = 1; ago <= 6; ago += 1)
    await book?.put(passBefore(now - ago * 2_400_000, STAGED.well.id, ago));
}

function passBefore(at: number, linkId: string, place: number): PassRow {
  return {
    passId: randomUUID(),
    linkId,
    kind: place % 3 === 0 ? 'sweep' : place % 2 === 0 ? 'push' : 'pull',
    startedAt: new Date(at).toISOString(),
    seenAt: new Date(at + place * 400).toISOString(),
    finishedAt: new Date(at + place * 400).toISOString(),
    outcome: 'done',
    phase: null,
    done: null,
    estimated: null,
    counts: { pulled: place * 3 },
    calls: 4 + place,
    writes: place % 2,
    bytes: place * 3_210,
  };
}
