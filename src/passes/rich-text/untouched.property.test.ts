import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { richTextItem } from '../../../connectors/domino/embedded/engine/item-builders.ts';
import { plainRichText } from '../../../connectors/domino/embedded/generate/plain-rich-text.ts';
import type { StoredItem } from '../../../connectors/domino/embedded/stored-note.ts';
import { bytes, FILES, handIn, withFiles } from '../testing/member-files.ts';
import { newAssignment, newTask } from '../testing/sample-notes.ts';
import { openTestBridge, type TestBridge } from '../testing/test-bridge.ts';
import { recordOf } from '../testing/views.ts';

/** An assignment whose form has rich text as well: its own field goes to the handbook, another one nobody maps. */
let bridge: TestBridge;
beforeAll(async () => {
  bridge = await openTestBridge({
    forms: ['NhiemVu', 'NhiemVuDangVien'],
    limits: { updates: { floor: 100_000, share: 1 } },
    entityMappings: (mapping) => {
      if (mapping.form !== 'NhiemVuDangVien') return mapping;
      const files = withFiles(mapping, { conflict: 'notes-wins' });
      const [first] = mapping.fields;
      if (first === undefined) throw new Error('the form has no fields');
      const page = {
        ...first,
        item: 'MoTaRieng',
        field: 'ownDescription',
        type: 'richText',
        check: {},
      } as const;
      return { ...files, fields: [...files.fields, page] };
    },
  });
  newTask(bridge.person(), 'NV-1');
  await bridge.sync();
});
afterAll(() => bridge.close());

const richText: fc.Arbitrary<(name: string) => StoredItem> = fc.oneof(
  fc
    .array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 4 })
    .map((paragraphs) => (name: string) => plainRichText(name, paragraphs)),
  // Bytes that are no rich text at all stay as they are, too.
  fc
    .uint8Array({ minLength: 1, maxLength: 60 })
    .map((content) => (name: string) => richTextItem(name, content)),
);

const edit = fc.oneof(
  fc.record({ kind: fc.constant('progress' as const), value: fc.integer({ min: 0, max: 100 }) }),
  fc.record({ kind: fc.constant('report' as const), value: fc.string({ unit: 'grapheme', maxLength: 30 }) }),
  fc.record({ kind: fc.constant('file' as const), value: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('notes' as const), value: fc.integer({ min: 1, max: 12 }) }),
);

describe('the rich text of a note', () => {
  it('[RT1] [AP2] stays as it is to the byte through any number of syncs, whatever else is edited', async () => {
    let serial = 0;
    await fc.assert(
      fc.asyncProperty(
        richText,
        richText,
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        async (mapped, unmapped, edits) => {
          serial += 1;
          const code = `giao-${String(serial).padStart(6, '0')}`;
          const unid = newAssignment(bridge.person(), code, 'NV-1', {
            MoTaRieng: mapped('MoTaRieng'),
            RiengCuaNotes: unmapped('RiengCuaNotes'),
          });
          const bodies = () => bridge.file.read(unid)?.items.filter(({ value }) => value.type === 'richtext');
          const before = bodies();
          await bridge.sync();
          const recordId = (await recordOf(bridge, unid))?.recordId ?? '';
          for (const { kind, value } of edits) {
            const record = await recordOf(bridge, unid);
            if (kind === 'progress')
              await bridge.mutate(recordId, 'assignment', record?.version ?? 0, { progress: value });
            else if (kind === 'report')
              await bridge.mutate(recordId, 'assignment', record?.version ?? 0, { report: value });
            else if (kind === 'file') await handIn(bridge, recordId, { 'a.pdf': bytes(value * 10) });
            else bridge.person().edit(unid, { MaChiBo: `01.001.001.000.${String(value).padStart(3, '0')}` });
            bridge.domino.clock.step(5_000);
            await bridge.sync();
          }
          expect(before).toHaveLength(2);
          expect(bodies()).toEqual(before);
          const after = await recordOf(bridge, unid);
          expect(Object.keys(after?.fields ?? {})).toContain(
            edits.some(({ kind }) => kind === 'file') ? FILES : 'progress',
          );
        },
      ),
      { numRuns: 6 },
    );
  });
});
