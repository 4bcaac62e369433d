import { mayCreate, mayDelete, mayEdit } from '../../engine/identity.ts';
import { textItem } from '../../engine/item-builders.ts';
import { textValues, withItems } from '../../engine/item-lookup.ts';
import type { StoredItem, StoredNote } from '../../stored-note.ts';
import { holds } from '../../formula/evaluate-formula.ts';
import type { ScopeCall } from '../rest-call.ts';
import { badRequest, forbidden, RestError } from '../rest-error.ts';
import { findForm, findMode } from '../schema/find-mode.ts';
import type { KeepForm, KeepMode } from '../schema/rest-schema.ts';
import { changedItems, type DocumentJson, requireFields } from './document-items.ts';
import { revisionOf } from './document-meta.ts';
import { type FoundDocument, requireDocument } from './find-document.ts';

/** Creates a document in mode `default` and answers its UNID. Throws 400 without a known Form, 403 without the right. */
export function createDocument(call: ScopeCall, json: DocumentJson, parent: string | undefined): string {
  const { identity, database, context } = call;
  if (!mayCreate(identity)) {
    throw forbidden('You are not allowed to create documents');
  }
  const { form, name } = formOfJson(call, json);
  const mode = requireMode(form, 'default');
  if (parent !== undefined) requireDocument(call, parent, 'default');
  const items = changedItems([textItem('Form', name)], mode, json, {
    kind: 'create',
    quirks: context.quirks,
  });
  const note = { ...NEW_NOTE, created: database.now(), items };
  requireWriteAccess(call, mode, note);
  requireValid(call, mode, note);
  const options = { by: identity.name, ...(parent === undefined ? {} : { parent }) };
  return database.create(items, options).unid;
}

const NEW_NOTE = { unid: '', created: 0, sequenceTime: 0, parent: null };

/** Saves the document: PUT replaces the fields of the mode, PATCH those that are given. The engine is synchronous: nobody saves in between. */
export function saveDocument(
  call: ScopeCall,
  unid: string,
  json: DocumentJson,
  how: { readonly kind: 'replace' | 'patch'; readonly mode: string; readonly revision: string | undefined },
): void {
  const found = requireDocument(call, unid, how.mode);
  requireEdit(call, found);
  requireRevision(call, found.note, how.revision);
  const { quirks } = call.context;
  const renamed = renamedForm(call, found, json, how.kind);
  const mode = renamed === null ? found.mode : requireMode(renamed.form, how.mode);
  const change = (before: readonly StoredItem[]): readonly StoredItem[] => {
    const items = changedItems(before, mode, json, { kind: how.kind, quirks });
    return renamed === null ? items : withItems(items, [textItem('Form', renamed.name)]);
  };
  requireValid(call, mode, { ...found.note, items: change(found.note.items) });
  call.database.save(unid, change, { by: call.identity.name });
}

/** No call to delete takes a revision. Throws 403 where the mode's formula, the access level or the right to delete forbids it. */
export function deleteDocument(call: ScopeCall, unid: string, modeName: string): void {
  const { note, mode } = requireDocument(call, unid, modeName);
  const subject = { note, identity: call.identity };
  if (!mayDelete(note.items, call.identity) || !holds(mode.deleteAccessFormula.formula, subject)) {
    throw forbidden('You are not allowed to delete this document');
  }
  call.database.delete(unid);
}

export function requireEdit(call: ScopeCall, { note, mode }: FoundDocument): void {
  if (!mayEdit(note.items, call.identity)) throw forbidden('You are not allowed to update this document');
  requireWriteAccess(call, mode, note);
}

function requireWriteAccess(
  { identity }: ScopeCall,
  mode: KeepMode,
  note: Pick<StoredNote, 'items' | 'unid' | 'created' | 'sequenceTime' | 'parent'>,
): void {
  if (!holds(mode.writeAccessFormula.formula, { note, identity })) {
    throw forbidden(mode.writeAccessFormula.message ?? 'You are not allowed to write in this mode');
  }
}

function requireValid(
  { identity }: ScopeCall,
  mode: KeepMode,
  note: Pick<StoredNote, 'items' | 'unid' | 'created' | 'sequenceTime' | 'parent'>,
): void {
  requireFields(mode, note.items);
  const broken = mode.validationRules.find(
    ({ formula }) => formula !== '' && !holds(formula, { note, identity }),
  );
  if (broken !== undefined) throw badRequest(broken.message ?? 'A validation rule refuses the document');
}

function requireRevision({ scope, context }: ScopeCall, note: StoredNote, given: string | undefined): void {
  const { quirks } = context;
  const isRequired = scope.schema.requireRevisionToUpdate;
  if (given === undefined) {
    if (isRequired && quirks.missingRevision === 'refused') throw badRequest('The revision is required');
    return;
  }
  if (!isRequired && quirks.unneededRevision === 'ignored') return;
  if (given.toUpperCase() !== revisionOf(note)) {
    throw new RestError(quirks.conflictStatus, 'The document cannot be updated');
  }
}

/** The other form that a PUT gives a document; null where it stays, also under another of the form's names. */
function renamedForm(
  call: ScopeCall,
  { note, form }: FoundDocument,
  json: DocumentJson,
  kind: 'replace' | 'patch',
): { form: KeepForm; name: string } | null {
  if (kind === 'patch' && json['Form'] === undefined) return null;
  const given = formOfJson(call, json);
  return given.form === form || textValues(note.items, 'Form')[0] === given.name ? null : given;
}

function formOfJson({ scope }: ScopeCall, json: DocumentJson): { form: KeepForm; name: string } {
  const name = json['Form'];
  if (typeof name !== 'string' || name === '') throw badRequest('Form is required');
  const form = findForm(scope.schema, name);
  if (form === undefined) throw badRequest(`Form ${name} is not configured`);
  return { form, name };
}

function requireMode(form: KeepForm, name: string): KeepMode {
  const mode = findMode(form, name);
  if (mode === undefined) throw forbidden(`Mode ${name} is not configured for form ${form.formName}`);
  return mode;
}
