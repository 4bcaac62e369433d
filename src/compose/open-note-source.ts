import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDirectDatabase } from '../../connectors/domino/embedded/direct/open-direct-database.ts';
import type { EmbeddedDatabase } from '../../connectors/domino/embedded/engine/embedded-database.ts';
import { EmbeddedDomino } from '../../connectors/domino/embedded/engine/embedded-domino.ts';
import { importFiles } from '../../connectors/domino/embedded/tools/import-files.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import type { Unid } from '../sync/note.ts';
import type { NoteSource, NoteSources, SourceForm } from '../operations/note-source.ts';
import { OperationError, type OperationContext } from '../operations/operation.ts';
import type { OpenedLink } from './open-links.ts';

const FILE = 'draft.nsf';
/** Of every note, before its release is known. */
const ALWAYS_ASKED = ['form', '$conflict', 'handbookid'];

export function noteSources(opened: readonly OpenedLink[]): NoteSources {
  return {
    ofDxl,
    async ofDesign(linkId, headers) {
      const entry = opened.find(({ link }) => link.id === linkId);
      if (!entry)
        throw new OperationError(
          'not-found',
          `No link "${linkId}": the links are ${opened.map(({ link }) => link.id).join(', ')}`,
        );
      const { design } = entry.place;
      if (design === undefined)
        throw new OperationError(
          'bad-request',
          `Link "${linkId}" reads by a way that shows no design: use a REST link, or an export as DXL`,
        );
      return designSource(design, headers);
    },
  };
}

type Design = NonNullable<OpenedLink['place']['design']>;

/** [GA1] A mode that shows more than the gate's items would send content of notes that nobody released. */
function showsHeadersAlone({ modes = [] }: SourceForm, headers: readonly string[]): boolean {
  const wanted = headers.map((name) => name.toLowerCase());
  const allowed = new Set([...wanted, ...ALWAYS_ASKED]);
  return modes.some((mode) => {
    const shown = mode.map((name) => name.toLowerCase());
    return wanted.every((name) => shown.includes(name)) && shown.every((name) => allowed.has(name));
  });
}

async function designSource(design: Design, headers: readonly string[]): Promise<NoteSource> {
  const forms = await design.forms();
  const opened = new Map<string, NotesDatabase>();
  const databaseOf = (name: string) => {
    const known = opened.get(name);
    if (known) return known;
    const database = design.open(
      forms.filter(({ form }) => form === name),
      [...headers, ...ALWAYS_ASKED],
    );
    opened.set(name, database);
    return database;
  };
  return {
    database: databaseOf,
    isFile: false,
    forms: async () => forms,
    sample: async (name, most, signal) => {
      const form = forms.find((one) => one.form === name);
      if (form === undefined || !showsHeadersAlone(form, headers)) return [];
      return newestOf(databaseOf(name), name, headers, most, signal);
    },
    async close() {
      for (const database of opened.values()) await database.close();
    },
  };
}

/** As many as one call answers: which of them a server gives is its own choice. */
async function newestOf(
  database: NotesDatabase,
  form: string,
  headers: readonly string[],
  most: number,
  signal: AbortSignal,
): Promise<readonly Unid[]> {
  const slice = { by: 'created', forms: [form], from: null, to: null } as const;
  const unids: Unid[] = [];
  while (unids.length < most) {
    const { total, notes } = await database.readSlicePage(slice, headers, unids.length, { signal });
    unids.push(...notes.map(({ unid }) => unid));
    if (notes.length === 0 || unids.length >= total) break;
  }
  return [...new Set(unids)].slice(0, most);
}

/** The files in a database of their own, as an import would bring them in: memory holds one batch. */
async function ofDxl(files: readonly string[], context: OperationContext): Promise<NoteSource> {
  const root = mkdtempSync(join(tmpdir(), 'bridge-draft-'));
  const domino = new EmbeddedDomino({ root });
  const close = async () => {
    domino.close();
    rmSync(root, { recursive: true, force: true });
  };
  try {
    const imported = await importFiles(domino, FILE, files, {
      signal: context.signal,
      progress: (done, estimated) => context.progress({ phase: 'read', done, estimated }),
    });
    if (imported.rejected.length > 0)
      throw new OperationError(
        'bad-request',
        `Cannot read ${imported.rejected.map(({ file, reason }) => `${file}: ${reason}`).join('; ')}`,
      );
    return fileSource(domino, domino.openDatabase(FILE), close);
  } catch (error) {
    await close();
    throw error;
  }
}

function fileSource(
  domino: EmbeddedDomino,
  stored: EmbeddedDatabase,
  close: () => Promise<void>,
): NoteSource {
  const byForm = new Map<string, Unid[]>();
  const readers = new Set<string>();
  for (const { unid, items } of stored.notes()) {
    for (const { flags, value } of items)
      if (flags.readers === true && value.type === 'text') for (const name of value.values) readers.add(name);
    const form = items.find(({ name }) => name.toLowerCase() === 'form')?.value;
    const name = form?.type === 'text' ? (form.values[0] ?? '') : '';
    const same = byForm.get(name);
    if (same) same.push(unid);
    else if (name !== '') byForm.set(name, [unid]);
  }
  // The file is the operator's own: whoever may read one of its notes, so may they.
  const identity = { name: 'CN=Draft/O=Bridge', access: 'manager', groups: [...readers] } as const;
  const database = openDirectDatabase({ domino, filePath: FILE, identity });
  const forms = [...byForm.keys()].sort().map((form) => ({ form, items: null }));
  return {
    database: () => database,
    isFile: true,
    forms: async () => forms,
    sample: async (form, most) => (byForm.get(form) ?? []).slice(0, most),
    close,
  };
}
