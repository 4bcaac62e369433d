import { randomBytes } from 'node:crypto';
import { openPostgres } from '../../connectors/postgres/pool/open-postgres.ts';

/** A database of its own on the server that `url` names; its user must be allowed to create one. Dropped by `drop`. */
export async function createScratchDatabase(
  url: string,
): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const name = `bridge_bench_${randomBytes(6).toString('hex')}`;
  const server = openPostgres({ url, max: 1, applicationName: 'bridge bench' });
  try {
    await server.query(`CREATE DATABASE ${name}`);
  } catch (cause) {
    await server.close();
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new Error(
      `The bench works in a database of its own and could not create one: ${detail}. Give DATABASE_URL a user with CREATEDB, or unset it to use PGlite`,
      { cause },
    );
  }
  const own = new URL(url);
  own.pathname = `/${name}`;
  return {
    url: own.href,
    async drop() {
      await server.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await server.close();
    },
  };
}
