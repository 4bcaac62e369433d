import { sameValue } from './canonical.ts';
import type { BlobRef, FieldValue } from './values.ts';

/** What became of the files of one field: all of them, and the names of which both sides hold another file. */
export interface AttachmentsMerge {
  /** Without the clashing names. */
  readonly files: readonly BlobRef[];
  readonly clashes: readonly {
    readonly name: string;
    /** Null: removed on this side. */
    readonly notes: BlobRef | null;
    readonly handbook: BlobRef | null;
  }[];
}

/**
 * [ME10] Files are merged one by one, by name and digest: what either side added is there, what either removed is gone. Without a base nothing counts
 * as removed.
 */
export function mergeAttachments(
  base: FieldValue | undefined,
  notes: FieldValue,
  handbook: FieldValue,
): AttachmentsMerge {
  const [before, left, right] = [filesOf(base ?? null), filesOf(notes), filesOf(handbook)];
  const files: BlobRef[] = [];
  const clashes: { name: string; notes: BlobRef | null; handbook: BlobRef | null }[] = [];
  for (const name of new Set([...left.keys(), ...right.keys()])) {
    const was = before.get(name) ?? null;
    const [inNotes, inHandbook] = [left.get(name) ?? null, right.get(name) ?? null];
    if (sameValue(inNotes, inHandbook) || sameValue(inHandbook, was)) keep(files, inNotes);
    else if (sameValue(inNotes, was)) keep(files, inHandbook);
    else clashes.push({ name, notes: inNotes, handbook: inHandbook });
  }
  return { files: sorted(files), clashes };
}

/**
 * [IN2] What a write of files to Notes that broke off half-way has left: each file as it was before, as it was to be, or (where one takes another's
 * place) not there. As far as that goes, the base is what is there.
 */
export function halfWritten(
  base: FieldValue | undefined,
  intended: FieldValue,
  now: FieldValue,
): readonly BlobRef[] {
  const [before, wanted, seen] = [filesOf(base ?? null), filesOf(intended), filesOf(now)];
  const names = new Set([...before.keys(), ...wanted.keys()]);
  const known: BlobRef[] = [];
  for (const name of names) {
    const [was, to, is] = [before.get(name) ?? null, wanted.get(name) ?? null, seen.get(name) ?? null];
    const ours = sameValue(is, to) || (is === null && !sameValue(was, to));
    keep(known, ours ? is : was);
  }
  return sorted(known);
}

export function filesOf(value: FieldValue): ReadonlyMap<string, BlobRef> {
  const list = Array.isArray(value) ? (value as readonly BlobRef[]) : [];
  return new Map(list.map((file) => [file.name, file]));
}

export function asField(files: readonly BlobRef[]): FieldValue {
  return files.length === 0 ? null : sorted(files);
}

function keep(files: BlobRef[], file: BlobRef | null): void {
  if (file !== null) files.push(file);
}

/** The order of the canonical form. */
function sorted(files: readonly BlobRef[]): readonly BlobRef[] {
  return [...files].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
