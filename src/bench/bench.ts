import { backfill } from './backfill.ts';

const USAGE = `npm run bench -- NAME [options]

  backfill [--members N]   documents per second from Notes into an empty handbook, end to end, and the ratio to a raw batched upsert of
                           the same rows into the same server. Uses DATABASE_URL where it is set, else PGlite. Default: 2000 members.

Machines differ and are noisy: only ratios measured in one run mean anything.`;

const [name, ...rest] = process.argv.slice(2);
if (name === 'backfill') {
  const at = rest.indexOf('--members');
  const members = at === -1 ? 2_000 : Number(rest[at + 1]);
  if (!Number.isInteger(members) || members < 1) {
    console.error('--members takes a whole number from 1');
    process.exitCode = 2;
  } else await backfill(members);
} else {
  console.log(USAGE);
  process.exitCode = name === undefined || name === '--help' ? 0 : 2;
}
