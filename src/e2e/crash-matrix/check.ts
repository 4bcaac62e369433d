import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { LINK, type World } from './world.ts';

const verified = z.object({ differences: z.array(z.unknown()) });
const journal = z.object({ ok: z.boolean() });

/** What must hold whatever died: both sides equal, the journal whole, nothing twice, nothing half done. Answers the first thing that does not. */
export async function firstFault(world: World): Promise<string | null> {
  for (const [what, text] of INSIDE) {
    const { rows } = await world.inside.query<{ n: number }>(text);
    if (Number(rows[0]?.n) > 0) return `${rows[0]?.n} ${what}`;
  }
  const twice = await world.outside.query<{ n: number }>(
    `select count(*) as n from (select 1 from handbook.record where state in ('live', 'hidden') and key is not null
       group by entity, key having count(*) > 1) t`,
  );
  if (Number(twice.rows[0]?.n) > 0) return 'a key has two records';
  const { differences } = verified.parse(await world.operation('verify'));
  if (differences.length > 0) return `verify: ${JSON.stringify(differences).slice(0, 200)}`;
  if (!journal.parse(await world.operation('journal-verify')).ok) return 'the journal is broken';
  return null;
}

const INSIDE: readonly (readonly [string, string])[] = [
  ['open intents', 'select count(*) as n from bridge.intent'],
  ['false conflicts', 'select count(*) as n from bridge.conflict'],
  ['documents set aside', 'select count(*) as n from bridge.quarantine where closed_at is null'],
  [
    'pairs of one note',
    'select count(*) as n from (select 1 from bridge.pair where unid is not null group by unid having count(*) > 1) t',
  ],
  [
    'pairs of one record',
    'select count(*) as n from (select 1 from bridge.pair group by record_id having count(*) > 1) t',
  ],
  ['documents pending', 'select count(*) as n from bridge.pair where pending'],
];

/**
 * A dead worker's lease and its writes' deadlines are waited for by the clock: a minute each. Nobody who could still write is left, so the clock is
 * brought forward.
 */
export async function bringTimeForward(world: World): Promise<void> {
  for (let tries = 0; tries < 100 && (await isServing(world)); tries += 1) await sleep(20);
  await world.inside.query(`update bridge.lease set expires_at = '-infinity' where link_id = $1`, [LINK]);
  await world.inside.query('update bridge.intent set settles_at = now()');
  await world.inside.query('update bridge.link set rests_until = null where link_id = $1', [LINK]);
}

/** What a dead process had on the wire may still be carried out, a lease taken among it. */
async function isServing(world: World): Promise<boolean> {
  const { rows } = await world.inside.query<{ n: number }>(
    `select count(*) as n from pg_stat_activity where application_name like 'bridge%' and state <> 'idle'`,
  );
  return Number(rows[0]?.n) > 0;
}
