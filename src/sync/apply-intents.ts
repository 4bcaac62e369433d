import { sameValue } from './canonical.ts';
import { asField, halfWritten } from './merge-attachments.ts';
import type { Intent } from './pair.ts';
import type { HandbookState, NotesState } from './plan-types.ts';
import type { Fields, FieldValue } from './values.ts';

/**
 * [IN2] What shows that a write landed moves the base before planning: both sides held what was intended, whatever happened since. It is shown by the
 * intended value, by a create of ours having come to be, or by the handbook's own word. A crash between a write and its record is therefore never taken
 * for an edit.
 */
export function applyIntents(
  base: Fields,
  intents: readonly Intent[],
  notes: NotesState,
  handbook: HandbookState,
): Fields {
  const moved: Record<string, FieldValue> = { ...base };
  for (const intent of inOrder(intents)) {
    const seen =
      intent.side === 'notes'
        ? notes.kind === 'note'
          ? notes.fields
          : null
        : handbook.kind === 'record'
          ? handbook.fields
          : null;
    if (!seen) continue;
    for (const [field, value] of Object.entries(intent.fields)) {
      const now = seen[field];
      if (now === undefined) continue;
      const before = moved[field];
      if (intent.side === 'notes' && [before, value, now].some(isFileList)) {
        // Files are written one after the other.
        moved[field] = asField(halfWritten(before, value, now));
        continue;
      }
      const landed =
        sameValue(now, value) ||
        (intent.kind === 'create' && before === undefined) ||
        // Without a base it may have met what was sealed ([GA5]), and never have held what was intended.
        (intent.landedAt !== undefined && before !== undefined);
      if (landed) moved[field] = value;
    }
  }
  return moved;
}

/** What the handbook says it did comes first and in the order in which it did it; what shows now comes last. */
function inOrder(intents: readonly Intent[]): readonly Intent[] {
  const place = ({ landedAt }: Intent) => landedAt ?? Number.MAX_SAFE_INTEGER;
  return intents.toSorted((one, other) => place(one) - place(other));
}

function isFileList(value: FieldValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object');
}
