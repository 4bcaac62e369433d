import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../connectors/domino/embedded/engine/seeded-random.ts';
import { bridgeCommand, startBridgeCommand } from './testing/bridge-process.ts';
import { type Edited, editBothSides, inspect, type PlannedEdit } from './testing/stopped-bridge.ts';

const KILLS = 50;
const SEED = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));

/** Ended at random moments fifty times, with edits on both sides in between: afterwards nothing shows that anything was ever ended. */
describe(`sync --once ended ${KILLS} times (SEED=${SEED})`, () => {
  let dataDir: string;
  beforeAll(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'bridge-kill-'));
    // Two hundred edits in a few minutes are what the brake is for; here it would only hide what is looked for.
    const settings = readFileSync(join(import.meta.dirname, '../../config/bridge.yaml'), 'utf8');
    writeFileSync(join(dataDir, 'bridge.yaml'), settings.replaceAll('floor: 50', 'floor: 100000'));
  });
  afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

  it('[IN1] [IN2] leaves both sides equal, no pair twice, no false conflict, and a whole journal', async () => {
    const random = seededRandom(SEED);
    const env = {
      BRIDGE_DATA_DIR: dataDir,
      BRIDGE_SAMPLE_MEMBERS: '60',
      BRIDGE_CONFIG: join(dataDir, 'bridge.yaml'),
    };
    expect((await bridgeCommand(['sync', '--once', '--json'], env)).code).toBe(0);
    const expected = new Map<string, Edited>();
    const ends = { SIGTERM: 0, SIGKILL: 0, finished: 0 };
    for (let round = 0; round < KILLS; round++) {
      const edits: PlannedEdit[] = Array.from({ length: 4 }, () => ({
        pick: random(),
        progress: Math.floor(random() * 101),
        cell: `01.001.001.000.${String(Math.floor(random() * 900) + 100)}`,
      }));
      for (const edited of await editBothSides(dataDir, edits))
        expected.set(edited.key, { ...expected.get(edited.key), ...edited });
      const signal = random() < 0.3 ? 'SIGTERM' : 'SIGKILL';
      const running = startBridgeCommand(['sync', '--once', '--json'], env);
      const timer = setTimeout(() => running.process.kill(signal), 500 + random() * 3_000);
      const { code, stderr } = await running.ended;
      clearTimeout(timer);
      // Killed, interrupted, or faster than the signal; anything else is a defect.
      expect([null, 130, 0], stderr).toContain(code);
      if (code === 0) ends.finished += 1;
      else ends[signal] += 1;
    }
    expect(ends.SIGKILL).toBeGreaterThan(5);

    const last = await bridgeCommand(['sync', '--once', '--json'], env);
    expect(JSON.parse(last.stdout), last.stderr).toMatchObject({ quiet: true });
    const checked = await bridgeCommand(['verify', '--json'], env);
    expect(JSON.parse(checked.stdout)).toMatchObject({ differences: [] });
    expect(JSON.parse((await bridgeCommand(['journal', 'verify', '--json'], env)).stdout)).toMatchObject({
      ok: true,
    });

    const found = await inspect(dataDir, [...expected.keys()]);
    expect(found.pairsTwice).toBe(0);
    expect(found.keysTwice).toBe(0);
    expect(found.intents).toBe(0);
    expect(found.conflicts).toBe(0);
    for (const [key, { progress, cell }] of expected) {
      expect(found.assignments.get(key)).toMatchObject({
        ...(progress === undefined ? {} : { noteProgress: progress, recordProgress: progress }),
        ...(cell === undefined ? {} : { noteCell: cell, recordCell: cell }),
      });
    }
  });
});
