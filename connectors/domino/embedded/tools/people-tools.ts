import type { EmbeddedDatabase } from '../engine/embedded-database.ts';
import type { EmbeddedDomino } from '../engine/embedded-domino.ts';
import type { NotesIdentity } from '../engine/identity.ts';
import { textValues } from '../engine/item-lookup.ts';
import { formatInstant } from '../engine/notes-date-time.ts';
import type {
  AgentRequest,
  AgentRow,
  AgentTask,
  DominoPeople,
  HeldOutcome,
  HeldRow,
  HeldSave,
} from '../people-port.ts';
import {
  type AgentWork,
  categorise,
  changeForm,
  resaveRichText,
  retype,
  runAgent,
  stamp,
} from '../users/agents.ts';
import { type HeldDocument, HeldDocuments } from '../users/held-documents.ts';
import { OpenNote, openNote } from '../users/open-note.ts';
import type { OnServers } from './on-servers.ts';
import { typedItems } from './typed-items.ts';

export function createPeople(on: OnServers): DominoPeople {
  const byServer = new Map<EmbeddedDomino, HeldDocuments>();
  const heldOn = (domino: EmbeddedDomino): HeldDocuments => {
    const held = byServer.get(domino) ?? new HeldDocuments(domino.root);
    byServer.set(domino, held);
    return held;
  };
  return {
    runAgent: (request) => on.database(request.database, (domino, path) => agent(domino, path, request)),
    hold: (database, unid, as) =>
      on.database(database, (domino, path) => {
        const opened = domino.openDatabase(path);
        const { opened: note } = openNote(opened, identityOf(domino, as), unid);
        const document = { database: opened.filePath, by: as ?? domino.name, since: domino.now(), note };
        heldOn(domino).put(document);
        return heldRow(document);
      }),
    listHeld: () => on.all((domino) => heldOn(domino).list().map(heldRow)),
    saveHeld: (request) =>
      on.database(request.database, (domino, path) =>
        save(domino.openDatabase(path), identityOf(domino, request.as), heldOn(domino), request),
      ),
    closeHeld: (database, unid, as) =>
      on.database(database, (domino, path) =>
        heldRow(heldOn(domino).take(domino.openDatabase(path).filePath, unid, as ?? domino.name)),
      ),
  };
}

/** Nothing is hidden from the server itself but what Readers hide. */
function identityOf(domino: EmbeddedDomino, as: string | null): NotesIdentity {
  return as === null ? { name: domino.name, access: 'manager' } : { name: as };
}

function agent(domino: EmbeddedDomino, path: string, { task, forms, as, confirmed }: AgentRequest): AgentRow {
  const opened = domino.openDatabase(path);
  const signer = identityOf(domino, as);
  const work = forms === null ? workOf(task) : onForms(forms, workOf(task));
  const unids = runAgent(opened, signer, work, { dryRun: !confirmed });
  return {
    database: opened.filePath,
    done: confirmed,
    notes: unids.length,
    total: opened.count(),
    by: signer.name,
  };
}

function workOf(task: AgentTask): AgentWork {
  switch (task.kind) {
    case 'stamp':
      return stamp((before) => typedItems(task.items, before));
    case 'categorise':
      return categorise(task.categories);
    case 'form':
      return changeForm(task.from, task.to);
    case 'retype':
      return retype(task.item, task.how);
    case 'resave':
      return resaveRichText(task.item);
  }
}

function onForms(forms: readonly string[], work: AgentWork): AgentWork {
  return (note) => (textValues(note.items, 'Form').some((form) => forms.includes(form)) ? work(note) : null);
}

function save(
  opened: EmbeddedDatabase,
  identity: NotesIdentity,
  held: HeldDocuments,
  request: HeldSave,
): HeldOutcome {
  const { note } = held.find(opened.filePath, request.unid, identity.name);
  const { kind, unid } = new OpenNote(opened, identity, note).save(
    { written: typedItems(request.items, note.items), removed: request.removed },
    request.givesUp ? 'give-up' : 'keep',
  );
  // After the save: where it is refused, the window stays open.
  held.take(opened.filePath, request.unid, identity.name);
  return { database: opened.filePath, outcome: kind, unid, by: identity.name };
}

function heldRow({ database, by, since, note }: HeldDocument): HeldRow {
  return { database, unid: note.unid, by, sequence: note.sequence, since: formatInstant(since) };
}
