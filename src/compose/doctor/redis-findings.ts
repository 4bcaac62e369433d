import { Redis } from 'ioredis';
import type { BridgeConfig } from '../../../config/bridge-schema.ts';
import { type Finding, fine, problem, warning } from '../../operations/finding.ts';
import { skewFinding } from './skew-finding.ts';

/** The oldest that BullMQ is written for; its scripts lose jobs where the server evicts keys. */
const OLDEST = [6, 2] as const;

export async function redisFindings(config: BridgeConfig): Promise<readonly Finding[]> {
  const url = config.redis.url?.reveal();
  if (url === undefined) return [fine('redis', 'queue', 'not used: the queue lives in PostgreSQL')];
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const info = await redis.info('server');
    const version = /redis_version:(\S+)/u.exec(info)?.[1] ?? 'unknown';
    const asked = Date.now();
    const [seconds, microseconds] = (await redis.time()).map(Number);
    const findings = [
      fine('redis', 'queue', `Redis ${version} answers`),
      skewFinding('redis', (seconds ?? 0) * 1000 + (microseconds ?? 0) / 1000, asked, Date.now()),
    ];
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]))
      findings.push(problem('redis', 'queue', `Redis ${version} is too old`, 'use 6.2 or newer'));
    const policy = /maxmemory_policy:(\S+)/u.exec(await redis.info('memory'))?.[1];
    if (policy !== undefined && policy !== 'noeviction')
      findings.push(
        warning('redis', 'queue', `maxmemory-policy is ${policy}`, 'set it to noeviction: else jobs vanish'),
      );
    return findings;
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown';
    return [
      problem(
        'redis',
        'queue',
        `does not answer (${/^(?:NOAUTH|WRONGPASS|E[A-Z]{3,})\b/u.exec(reason)?.[0] ?? 'connection failed'})`,
        'look whether the server of REDIS_URL runs and takes its password; what is pending is in PostgreSQL, no change is lost',
      ),
    ];
  } finally {
    redis.disconnect();
  }
}
