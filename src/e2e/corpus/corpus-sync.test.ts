import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMappings } from '../../../config/read-mappings.ts';
import { textItem } from '../../../connectors/domino/embedded/engine/item-builders.ts';
import { DominoServers } from '../../../connectors/domino/embedded/engine/domino-servers.ts';
import { createDominoTools } from '../../../connectors/domino/embedded/tools/create-domino-tools.ts';
import type { StoredNote } from '../../../connectors/domino/embedded/stored-note.ts';
import { openTestBridge, type TestBridge } from '../../passes/testing/test-bridge.ts';

const CORPUS = join(import.meta.dirname, '../../../connectors/domino/dxl/corpus');
const FILES = globSync('domino-*/**/*.{dxl,xml}', { cwd: CORPUS }).map((file) => join(CORPUS, file));
const MAPPINGS = readMappings(join(CORPUS, 'mappings'));
/** Two files of the corpus hold the same note. */
const NOTES = 15;
/** One has Readers that leave the bridge out: for it, that note does not exist. */
const READABLE = 14;

/** Real exports (versions 6.5 to 14.0) imported, synced by mappings that are nothing but data, and verified. */
describe('the corpus of real DXL exports', () => {
  let bridge: TestBridge;
  let out: string;
  const watch = { signal: new AbortController().signal, progress: () => undefined };
  const tools = () => createDominoTools({ servers: new DominoServers(bridge.domino), faults: bridge.faults });

  beforeAll(async () => {
    out = await mkdtemp(join(tmpdir(), 'bridge-corpus-'));
    bridge = await openTestBridge({ forms: MAPPINGS.map((mapping) => mapping.form), mappings: MAPPINGS });
  });
  afterAll(async () => {
    await bridge.close();
    await rm(out, { recursive: true, force: true });
  });

  it('is imported with nothing rejected', async () => {
    const result = await tools().importDxl('tacnghiep.nsf', FILES, watch);
    expect(result).toMatchObject({ files: 14, documents: 16, rejected: [] });
    expect(bridge.file.count()).toBe(NOTES);
  });

  it('[GA1] is withheld as a whole while nobody has released it, and no content is asked for', async () => {
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 0, withheld: READABLE }] });
    const asked = new Set(bridge.domino.requests.entries().flatMap((request) => request.itemNames));
    expect([...asked].toSorted()).toEqual(['$Conflict', 'ChoPhepChuyen', 'DoMat', 'Form', 'HandbookId']);
  });

  it('crosses once a person releases it, equal in every mapped item', async () => {
    for (const { unid } of Array.from(bridge.file.notes())) release(unid);
    const result = await bridge.sync();
    expect(result).toMatchObject({ quiet: true, links: [{ pulled: READABLE - 1, quarantined: 1 }] });
    // A date without its time where the mapping says instant: set aside with its reason, nothing waits for it.
    expect(await bridge.store.quarantined({ limit: 9 })).toMatchObject([
      { code: 'not-an-instant', detail: 'DateModified: not-an-instant', form: 'Page: Basic' },
    ]);
    expect(await bridge.verify()).toMatchObject({
      compared: READABLE,
      differences: [],
      explained: { quarantine: 1 },
    });
    let live = 0;
    // Not by our own codecs: every text item as the engine stores it, against the record's field.
    for (const note of bridge.file.notes()) {
      const mapping = MAPPINGS.find((candidate) => candidate.form === textOf(note, 'Form'));
      const key = mapping?.fields.find((field) => field.field === mapping.key)?.item ?? '';
      const record = await bridge.record(mapping?.entity ?? '', textOf(note, key));
      if (!record) continue;
      live += 1;
      for (const field of mapping?.fields.filter((candidate) => candidate.type === 'text') ?? []) {
        expect(record?.fields[field.field] ?? '', field.item).toBe(
          textOf(note, field.item).replaceAll('\r\n', '\n').replaceAll('\0', '\n').normalize('NFC'),
        );
      }
    }
    expect(live).toBe(READABLE - 1);
  });

  it('[I2] stays as it is in an idle round', async () => {
    const before = [...bridge.file.notes()].map((note) => `${note.unid} ${note.sequence}`);
    expect(await bridge.sync()).toMatchObject({ quiet: true, links: [{ pulled: 0, pushed: 0 }] });
    expect([...bridge.file.notes()].map((note) => `${note.unid} ${note.sequence}`)).toEqual(before);
  });

  it('is exported to DXL that imports to the same notes', async () => {
    const file = join(out, 'corpus.dxl');
    await tools().exportDxl('tacnghiep.nsf', file, watch);
    expect(await tools().importDxl('again.nsf', [file], watch)).toMatchObject({
      documents: NOTES,
      rejected: [],
    });
    const again = bridge.domino.openDatabase('again.nsf');
    const contents = (database: TestBridge['file']) =>
      new Map(
        [...database.notes()].map(({ unid }) => {
          const note = database.read(unid);
          return [unid, { items: note?.items, parent: note?.parent, conflict: note?.conflict }];
        }),
      );
    expect(contents(again)).toEqual(contents(bridge.file));
  });

  function release(unid: string): void {
    bridge.file.save(unid, (items) => [
      ...items.filter((item) => item.name !== 'DoMat' && item.name !== 'ChoPhepChuyen'),
      textItem('DoMat', 'Thuong'),
      textItem('ChoPhepChuyen', '1'),
    ]);
  }
});

function textOf(note: StoredNote, name: string): string {
  const item = note.items.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  return item?.value.type === 'text' ? (item.value.values[0] ?? '') : '';
}
