import type { Item, NoteReading, Unid } from '../../../src/sync/note.ts';
import type { Call } from '../wire/server-guard.ts';
import type { ReadFrame } from './decode.ts';
import { findField, findForm, findMode, type RestSchema } from './schema.ts';
import type { RestSession } from './session.ts';
import { TYPE_MODES } from './type-modes.ts';

type NoteRead = Extract<NoteReading, { kind: 'note' }>;
type Ask = (
  session: RestSession,
  unids: readonly Unid[],
  frame: ReadFrame,
  call: Call,
) => Promise<readonly NoteReading[]>;

/**
 * An item whose type is not the declared one reads as if it were empty. Of notes that lack some of `itemNames` those are asked for as the other types, through
 * the modes that declare them so, and come with the type that they have. A note that changed meanwhile fails with `busy`: its two halves do not belong together.
 * Schemas without these modes are asked nothing; the probe says so.
 */
export async function withOtherTypes(
  session: RestSession,
  frame: ReadFrame,
  readings: readonly NoteReading[],
  itemNames: readonly string[],
  ask: Ask,
  call: Call,
): Promise<readonly NoteReading[]> {
  const lacking = readings.flatMap((reading) => {
    if (reading.kind !== 'note') return [];
    const names = itemNames.filter((name) => (reading.items[name]?.values.length ?? 0) === 0);
    return names.length === 0 ? [] : [{ reading, names }];
  });
  const merged = new Map<Unid, NoteReading>();
  for (const modeName of TYPE_MODES) {
    const asked = lacking.flatMap(({ reading, names }) => {
      const shown = names.filter((name) => declares(frame.schema, reading, modeName, name));
      return shown.length === 0 ? [] : [{ unid: reading.unid, shown }];
    });
    if (asked.length === 0) continue;
    const names = [...new Set(asked.flatMap(({ shown }) => shown))];
    const other: ReadFrame = { ...frame, modeName, itemNames: ['Form', ...names], needed: () => [] };
    const unids = asked.map(({ unid }) => unid);
    const found = new Map((await ask(session, unids, other, call)).map((one) => [one.unid, one]));
    for (const { unid, shown } of asked) {
      const before = merged.get(unid) ?? lacking.find(({ reading }) => reading.unid === unid)?.reading;
      if (before?.kind === 'note') merged.set(unid, combined(before, found.get(unid), shown));
    }
  }
  return readings.map((reading) => merged.get(reading.unid) ?? reading);
}

function declares(schema: RestSchema, { items }: NoteRead, modeName: string, name: string): boolean {
  const form = findForm(schema, String(items['Form']?.values[0] ?? ''));
  const mode = form === undefined ? undefined : findMode(form, modeName);
  return mode !== undefined && findField(mode, name) !== undefined;
}

function combined(reading: NoteRead, other: NoteReading | undefined, names: readonly string[]): NoteReading {
  if (other?.kind !== 'note' || other.token.value !== reading.token.value) {
    const message = `Note ${reading.unid} changed while it was read`;
    return { kind: 'failed', unid: reading.unid, code: 'busy', message };
  }
  const items: Record<string, Item> = { ...reading.items };
  for (const name of names) {
    const item = other.items[name];
    if (item !== undefined && item.values.length > 0) items[name] = item;
  }
  return { ...reading, items };
}
