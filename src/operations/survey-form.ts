import type { DesignedItem, FormSurvey, SurveyedItem } from '../../config/draft/form-survey.ts';
import { newFormSurvey, surveyDesign, surveyNote } from '../../config/draft/form-survey.ts';
import type { GateWords } from '../../config/draft/propose-mapping.ts';
import type { NotesDatabase } from '../../connectors/domino/port.ts';
import { gateItems, gateOf } from '../sync/gate.ts';
import type { Mapping } from '../sync/mapping.ts';
import type { NoteRead, Unid } from '../sync/note.ts';
import type { NoteSource, SourceForm } from './note-source.ts';

/** What the notes of a form show. Of a link's notes only what is open and released is read beyond the gate's own items ([GA1]). */
export async function surveyForm(
  source: NoteSource,
  { form, items: design }: SourceForm,
  gate: GateWords,
  most: number,
  signal: AbortSignal,
): Promise<FormSurvey> {
  const survey = newFormSurvey(form);
  const database = source.database(form);
  const asked = gateMapping(form, gate);
  const unids = await source.sample(form, most, signal);
  for (let at = 0; at < unids.length; at += database.capabilities.cap) {
    const batch = unids.slice(at, at + database.capabilities.cap);
    const readable = source.isFile ? batch : await releasedOf(database, asked, batch, signal);
    const names = design?.map(({ name }) => name) ?? (await namesOf(database, readable, signal));
    if (readable.length === 0) continue;
    const wanted = [...new Set([...names, ...gateItems(asked)])];
    const readings = await database.readNotes(readable, wanted, { signal, attachmentSummaries: true });
    for (const note of readings) {
      if (note.kind !== 'note') continue;
      if (!source.isFile && gateOf(asked, note.items) !== 'released') continue;
      surveyNote(survey, await itemsOf(database, note, design, signal));
    }
  }
  if (design !== null) surveyDesign(survey, design);
  return survey;
}

function gateMapping(form: string, gate: GateWords): Pick<Mapping, 'form' | 'gate' | 'fields'> {
  return {
    form,
    fields: [],
    gate: {
      denied: false,
      classification: { item: gate.levelItem, open: [gate.open] },
      release: { item: gate.markItem, marks: [gate.mark] },
    },
  };
}

async function releasedOf(
  database: NotesDatabase,
  asked: Pick<Mapping, 'form' | 'gate' | 'fields'>,
  unids: readonly Unid[],
  signal: AbortSignal,
): Promise<readonly Unid[]> {
  const headers = await database.readNotes(unids, gateItems(asked), { signal });
  return headers.flatMap((note) =>
    note.kind === 'note' && gateOf(asked, note.items) === 'released' ? [note.unid] : [],
  );
}

async function namesOf(
  database: NotesDatabase,
  unids: readonly Unid[],
  signal: AbortSignal,
): Promise<readonly string[]> {
  const names = new Map<string, string>();
  for (const unid of unids)
    for (const name of (await database.listItems?.(unid, { signal })) ?? [])
      if (!names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
  return [...names.values()];
}

async function itemsOf(
  database: NotesDatabase,
  note: NoteRead,
  design: readonly DesignedItem[] | null,
  signal: AbortSignal,
): Promise<readonly SurveyedItem[]> {
  const items: SurveyedItem[] = Object.entries(note.items).map(([name, item]) => ({
    name,
    kind: item.type,
    values: item.values,
    list: item.list === true,
    names: item.names === true,
    access: item.readers === true || item.authors === true,
  }));
  const blob = { values: [], list: false, names: false, access: false };
  if ((note.attachments ?? []).length > 0) items.push({ ...blob, name: '$FILE', kind: 'attachments' });
  const seen = new Set(items.map(({ name }) => name.toLowerCase()));
  if (design !== null) return items;
  // What a note has and no reading gives is rich text, or of a kind that no way in shows.
  for (const name of (await database.listItems?.(note.unid, { signal })) ?? []) {
    if (seen.has(name.toLowerCase()) || name.startsWith('$')) continue;
    const isRichText = await hasBytes(database.readRichText(note.unid, name, { signal }));
    items.push({ ...blob, name, kind: isRichText ? 'richText' : 'other' });
  }
  return items;
}

async function hasBytes(content: AsyncIterable<Uint8Array>): Promise<boolean> {
  for await (const bytes of content) if (bytes.length > 0) return true;
  return false;
}
