import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { expect, it } from 'vitest';
import { readConfig } from '../../config/read-config.ts';
import { compose } from '../compose.ts';
import { openSmallBridge } from './testing/small-bridge.ts';

const LINK = 'tac-nghiep';
const CONTEXT = { by: 'tester', signal: new AbortController().signal, progress: () => undefined };

it('[MO1] a start in another mode takes up what the earlier mode did not allow', {
  timeout: 120_000,
}, async () => {
  const first = await openSmallBridge({}, (settings) => settings.replaceAll('mode: sync', 'mode: pull'));
  try {
    await first.run('sync-once');
    const { members, bridge } = first.composed;
    const [record] = await bridge.deps.handbook.list(['assignment'], null, 1);
    const sent = await members.mutate({
      clientId: 'phone',
      mutationId: 'm-1',
      accountId: 'tester',
      kind: 'update',
      entity: 'assignment',
      recordId: record?.recordId ?? '',
      baseVersion: record?.version ?? 0,
      fields: { progress: 77 },
    });
    expect(sent.kind).toBe('applied');
    await first.run('sync-once');
    expect((await bridge.deps.store.counts(LINK)).blocked).toEqual({ mode: 1 });
    await first.composed.close();

    const file = join(first.directory, 'bridge.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('mode: pull', 'mode: sync'));
    const mappings = join(import.meta.dirname, '../../config/mappings');
    const config = readConfig({ file, env: { BRIDGE_MAPPINGS_DIR: mappings }, cwd: first.directory });
    const again = await compose({ config, dataDir: first.directory, log: pino({ level: 'silent' }) });
    try {
      await again.operations.find(({ name }) => name === 'sync-once')?.run({}, CONTEXT);
      const counts = await again.bridge.deps.store.counts(LINK);
      expect([counts.blocked, counts.openIntents, counts.runnable]).toEqual([{}, 0, 0]);
      const [pair] = await again.bridge.deps.store.pairsByRecord([record?.recordId ?? '']);
      expect(pair?.base['progress']).toBe(77);
    } finally {
      await again.close();
    }
  } finally {
    await first.close();
  }
});
