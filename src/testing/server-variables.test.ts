import { expect, it } from 'vitest';
import { missingServers } from './server-variables.ts';

it('names what is not set, or empty', () => {
  expect(
    missingServers(['postgres', 'redis'], { TEST_DATABASE_URL: 'postgres://x', TEST_REDIS_URL: '' }),
  ).toEqual(['TEST_REDIS_URL']);
  expect(missingServers(['postgres'], { TEST_DATABASE_URL: 'postgres://x' })).toEqual([]);
});
