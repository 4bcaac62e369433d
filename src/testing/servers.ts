import { describe } from 'vitest';
import { missingServers, type ServerName, SERVER_VARIABLES } from './server-variables.ts';

/**
 * Tests against real servers. Where the variables that name them are not set, the tests are shown as skipped with the reason; with
 * `REQUIRE_SERVERS` set (`npm run test:servers` in `.ci/run`) a missing one is an error, so that nothing is skipped unnoticed.
 *
 * `postgres` and `outside` are URLs of two PostgreSQL servers, one for each zone, with a user who may create databases and roles; `redis`
 * is a Redis that may be emptied.
 */
export function describeWithServers<Need extends ServerName>(
  name: string,
  needs: readonly [Need, ...Need[]],
  define: (servers: Readonly<Record<Need, string>>) => void,
): void {
  const missing = missingServers(needs, process.env);
  if (missing.length > 0 && (process.env['REQUIRE_SERVERS'] ?? '') !== '') {
    throw new Error(
      `Cannot run "${name}": ${missing.join(', ')} must be set, because REQUIRE_SERVERS is. See .ci/run.`,
    );
  }
  const urls = Object.fromEntries(
    needs.map((need) => [need, process.env[SERVER_VARIABLES[need]] ?? '']),
  ) as Record<Need, string>;
  const reason =
    missing.length === 0 ? '' : ` (skipped: ${missing.join(', ')} not set; .ci/run starts such servers)`;
  describe.skipIf(missing.length > 0)(`${name}${reason}`, () => {
    define(urls);
  });
}
