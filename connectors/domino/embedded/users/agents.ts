import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import { textItem } from '../engine/item-builders.ts';
import { findItem, textValues, withItems, withoutItems } from '../engine/item-lookup.ts';
import { mayEdit, type NotesIdentity } from '../engine/identity.ts';
import type { Retyping } from '../people-port.ts';
import type { StoredItem, StoredNote } from '../stored-note.ts';

/** A change of one note's items; null = the agent leaves the note alone. */
export type AgentWork = (note: StoredNote) => readonly StoredItem[] | null;

/**
 * An agent of a signer over every note that they may edit: each is saved, whether its items changed or not [US2]. Answers the UNIDs of those that it saved, or by
 * `dryRun` would save. Throws `rejected` at the first note that no longer fits Domino's limits; those before it stay saved.
 */
export function runAgent(
  database: EmbeddedDatabase,
  signer: NotesIdentity,
  work: AgentWork,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): readonly string[] {
  const identity = database.identityOf(signer);
  const unids = [...database.notes()].map(({ unid }) => unid);
  return unids.filter((unid) => {
    const note = database.read(unid);
    if (note === null || !mayEdit(note.items, identity)) return false;
    const saved = work(note);
    if (saved === null) return false;
    if (dryRun) return true;
    // What the agent left alone is handed back as the engine gave it, so that it counts as not written.
    const at = new Map(note.items.map((item, index) => [item, index]));
    database.save(unid, (items) => saved.map((item) => items[at.get(item) ?? -1] ?? item), {
      by: signer.name,
    });
    return true;
  });
}

/** Sets items everywhere: the stamp of a nightly agent. What is written is given what is there; nothing = every note is saved as it is. */
export function stamp(write: (before: readonly StoredItem[]) => readonly StoredItem[]): AgentWork {
  return ({ items }) => withItems(items, write(items));
}

/** Mass categorising, as Notes does it for a selection: the categories are added to the item Categories. */
export function categorise(categories: readonly string[]): AgentWork {
  return ({ items }) => {
    const before = textValues(items, 'Categories').filter((value) => value !== '');
    return withItems(items, [textItem('Categories', [...new Set([...before, ...categories])])]);
  };
}

/** Another form under documents that exist; null takes it from them. */
export function changeForm(from: string, to: string | null): AgentWork {
  return ({ items }) => {
    const form = findItem(items, 'Form')?.value;
    if (form?.type !== 'text' || form.values[0] !== from) return null;
    return to === null ? withoutItems(items, ['Form']) : withItems(items, [textItem('Form', to)]);
  };
}

/** Notes whose item does not lend itself to it are left alone. */
export function retype(name: string, how: Retyping): AgentWork {
  return ({ items }) => {
    const item = findItem(items, name);
    const value = item === undefined ? null : retyped(item.value, how);
    return item === undefined || value === null ? null : withItems(items, [{ ...item, value }]);
  };
}

/** Rich text opened and saved: the text stays, the DXL of it need not be the same byte for byte. */
export function resaveRichText(name: string): AgentWork {
  return ({ items }) => {
    const item = findItem(items, name);
    if (item?.value.type !== 'richtext') return null;
    const { format, bytes } = item.value;
    const again = format === 'dxl' ? withNewLine(bytes) : Uint8Array.from(bytes);
    return withItems(items, [{ ...item, value: { type: 'richtext', format, bytes: again } }]);
  };
}

function retyped(value: StoredItem['value'], how: Retyping): StoredItem['value'] | null {
  if (value.type === 'number') {
    if (how === 'to-text') return { type: 'text', values: value.values.map(String), list: value.list };
    return sameType(value, how);
  }
  if (value.type !== 'text') return null;
  if (how === 'trailing-blank') return { ...value, values: value.values.map((text) => `${text} `) };
  if (how === 'to-number') {
    const values = value.values.map((text) => Number(text.trim() === '' ? Number.NaN : text));
    return values.every(Number.isFinite) ? { type: 'number', values, list: value.list } : null;
  }
  return sameType(value, how);
}

function sameType<V extends { readonly values: readonly unknown[]; readonly list: boolean }>(
  value: V,
  how: Retyping,
): V | null {
  if (how === 'to-list') return { ...value, list: true };
  return how === 'to-single' && value.values.length === 1 ? { ...value, list: false } : null;
}

/** White space between the paragraphs of rich text means nothing in DXL. */
function withNewLine(bytes: Uint8Array): Uint8Array {
  const text = new TextDecoder().decode(bytes);
  return new TextEncoder().encode(text.replace(/<\/richtext>\s*$/u, '\n</richtext>'));
}
