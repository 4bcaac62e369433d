import { barePaths, openBare } from './bare-routes.ts';
import { evening } from './evening.ts';
import { appliedVersion, type Asking, load, type Loaded, openTarget, type Target } from './http-load.ts';
import type { Bench } from './open-bench.ts';
import { syncOnce } from '../operations/sync-once.ts';

const SECONDS = 3;
const V1 = '/api/handbook/v1';

/**
 * The handbook's API over HTTP beside bare routes of Fastify and SQL that answer the same question of the same database without rights, audit, schemas and
 * sealed cursors; then the evening on which everybody reports. Clients run in this process too, on both sides of the comparison.
 */
export async function api(bench: Bench, minutes: number | null): Promise<void> {
  await syncOnce(bench.bridge).run({}, bench.context);
  const bare = await openBare(bench.composed.outside);
  const target = await openTarget(bench.composed);
  try {
    const { sample } = bare;
    const search = 'q=nguyen%20thi&entity=member&limit=20';
    const member = `${V1}/records/member/${sample.memberId}`;
    const own = await target.signIn('member', { memberKey: sample.memberKey });
    const service = await target.signIn('app', {});
    const beside = (path: string) => load(bare.origin, SECONDS, () => ({ path }));
    const asked = (path: string, headers: Target['headers']) =>
      load(target.origin, SECONDS, () => ({ path, headers }));
    print('read, own record', await asked(member, own), await beside(barePaths.read));
    print('read, recorded', await asked(member, service), await beside(barePaths.read));
    print('search', await asked(`${V1}/search?${search}`, service), await beside(barePaths.search));
    print('feed, 100 records', await asked(`${V1}/changes?limit=100`, service), await beside(barePaths.feed));
    const next = mutations(sample.assignments, service);
    print(
      'mutation',
      await load(target.origin, SECONDS, next),
      await load(bare.origin, SECONDS, () => ({ method: 'POST', path: barePaths.mutate })),
    );
    await evening(bench, target, service, minutes === null ? 10 : minutes * 60);
  } finally {
    await target.close();
    await bare.close();
  }
}

/** Each from the version that the answer to the one before named, so that all of them are applied; a record has one under way at most. */
function mutations(
  records: readonly { readonly id: string; readonly version: number }[],
  headers: Target['headers'],
) {
  const free = [...records];
  let made = 0;
  return (): Asking => {
    const record = free.shift();
    if (record === undefined)
      throw new Error('There are fewer assignments than clients: take more --members');
    made += 1;
    const mutation = {
      mutationId: `m${made}`,
      kind: 'update',
      entity: 'assignment',
      recordId: record.id,
      baseVersion: record.version,
      fields: { progress: made % 101 },
    };
    return {
      method: 'POST',
      path: `${V1}/mutations`,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ clientId: 'bench', mutations: [mutation] }),
      answered: (text) => free.push({ id: record.id, version: appliedVersion(text) }),
    };
  };
}

function print(name: string, ours: Loaded, bare: Loaded): void {
  const say = ({ perSecond, p99 }: Loaded) => `${perSecond.toFixed(0)}/s, p99 ${p99.toFixed(1)} ms`;
  console.log(
    `${name.padEnd(18)}${say(ours).padEnd(26)} bare ${say(bare).padEnd(26)} ratio ${(ours.perSecond / bare.perSecond).toFixed(2)}`,
  );
}
