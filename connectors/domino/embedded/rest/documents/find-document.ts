import { mayRead } from '../../engine/identity.ts';
import type { StoredNote } from '../../stored-note.ts';
import { holds } from '../../formula/evaluate-formula.ts';
import type { ScopeCall } from '../rest-call.ts';
import { forbidden, noDocument } from '../rest-error.ts';
import { findMode, formOf } from '../schema/find-mode.ts';
import type { KeepForm, KeepMode } from '../schema/rest-schema.ts';

/** A document as one mode lets the caller see it. */
export interface FoundDocument {
  readonly note: StoredNote;
  readonly form: KeepForm;
  readonly mode: KeepMode;
}

/** The (bare) note, readable and of a form and mode that the schema knows; null otherwise. */
export function visibleDocument(call: ScopeCall, unid: string, modeName: string): FoundDocument | null {
  const note = call.database.readBare(unid);
  return note === null ? null : asVisible(call, note, modeName);
}

export function asVisible(call: ScopeCall, note: StoredNote, modeName: string): FoundDocument | null {
  if (!mayRead(note.items, call.identity)) return null;
  const form = formOf(call.scope.schema, note.items);
  const mode = form === undefined ? undefined : findMode(form, modeName);
  if (form === undefined || mode === undefined) return null;
  if (!holds(mode.readAccessFormula.formula, { note, identity: call.identity })) return null;
  return { note, form, mode };
}

/** The same, or the answer that hides whether the document is there (a switch of the face says 403 for one that is). */
export function requireDocument(call: ScopeCall, unid: string, modeName: string): FoundDocument {
  const found = visibleDocument(call, unid, modeName);
  if (found !== null) return found;
  if (call.context.quirks.unreadableDocument === 403 && call.database.readBare(unid) !== null) {
    throw forbidden('You are not allowed to access this document');
  }
  throw noDocument(unid);
}
