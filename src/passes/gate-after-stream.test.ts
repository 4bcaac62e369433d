import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newTask } from './testing/sample-notes.ts';
import { tamper } from './testing/tamper.ts';
import { openTestBridge, type TestBridge } from './testing/test-bridge.ts';
import { pairOf, recordOf } from './testing/views.ts';
import { plainRichText } from '../../connectors/domino/embedded/generate/plain-rich-text.ts';

const CANARY = 'hoamihotchimkhuyen';

let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({ forms: ['NhiemVu'] });
});
afterAll(() => bridge.close());

/** Syncs; `meanwhile` happens when the last byte of a rich text has come. Returns all bytes that the handbook was given. */
async function syncWhile(meanwhile: () => void): Promise<string> {
  let once = true;
  let given = '';
  const database = tamper(bridge.link.database, {
    async *readRichText(real, ...asked) {
      yield* real(...asked);
      if (once) meanwhile();
      once = false;
    },
  });
  const handbook = tamper(bridge.deps.handbook, {
    putSmallBlobs: (real, blobs) => {
      given += blobs.map(({ bytes }) => Buffer.from(bytes).toString()).join('\n');
      return real(blobs);
    },
  });
  const instead = { link: { ...bridge.link, database }, deps: { ...bridge.deps, handbook } };
  expect(await bridge.sync(undefined, instead)).toMatchObject({ quiet: true });
  return given;
}

describe('while the rich text of a note runs', () => {
  it('[GA3] its release is taken back: nothing of it is kept', async () => {
    const unid = newTask(bridge.person(), 'NV-1', {
      TieuDe: CANARY,
      MoTa: plainRichText('MoTa', [CANARY]),
    });
    expect(await syncWhile(() => bridge.person().edit(unid, { ChoPhepChuyen: null }))).toBe('');
    expect(await recordOf(bridge, unid)).toBeNull();
    expect(await pairOf(bridge, unid)).toMatchObject({ notesSight: 'unmarked' });
    expect(await bridge.dump()).not.toContain(CANARY);
  });

  it('[GA3] it is saved: what came is thrown away, and the new state crosses', async () => {
    const unid = newTask(bridge.person(), 'NV-2', { MoTa: plainRichText('MoTa', [CANARY]) });
    bridge.domino.clock.step(1000);
    const given = await syncWhile(() =>
      bridge.person().edit(unid, { MoTa: plainRichText('MoTa', ['Nội dung mới']) }),
    );
    expect(given).toBe('<p>Nội dung mới</p>');
    expect((await recordOf(bridge, unid))?.fields['description']).toMatchObject({
      size: Buffer.byteLength(given),
    });
    expect(await bridge.dump()).not.toContain(CANARY);
  });
});
