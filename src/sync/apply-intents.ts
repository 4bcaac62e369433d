import { sameValue } from './canonical.ts';
import { asField, halfWritten } from './merge-attachments.ts';
import type { Intent } from './pair.ts';
import type { HandbookState, NotesState } from './plan-types.ts';
import type { Fields, FieldValue } from './values.ts';

/**
 * [IN2] An observation that shows an intended value proves that the write landed: both sides held that value, so the base moves to it before
 * planning. A crash between a write and its record is therefore never taken for an edit. What a create of ours brought into being held every intended
 * value: whatever it shows else was edited since.
 */
export function applyIntents(
  base: Fields,
  intents: readonly Intent[],
  notes: NotesState,
  handbook: HandbookState,
): Fields {
  const moved: Record<string, FieldValue> = { ...base };
  for (const intent of intents) {
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
      if (intent.side === 'notes' && [moved[field], value, now].some(isFileList)) {
        // Files are written one after the other.
        moved[field] = asField(halfWritten(moved[field], value, now));
        continue;
      }
      const landed = sameValue(now, value) || (intent.kind === 'create' && moved[field] === undefined);
      if (landed) moved[field] = value;
    }
  }
  return moved;
}

function isFileList(value: FieldValue | undefined): boolean {
  return Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object');
}
