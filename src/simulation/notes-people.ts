import { NotesUser, type TypedItems } from '../../connectors/domino/embedded/engine/notes-user.ts';
import type { StoredNote } from '../../connectors/domino/embedded/stored-note.ts';
import type { FieldMapping, Mapping } from '../sync/mapping.ts';
import type { Shown } from './ledger.ts';
import { tellRemoval, tellWrite } from './notes-ledger.ts';
import type { KindOf, SimOperation } from './operation.ts';
import { allNotes, firstOf, isOpenlyMarked, valuesOf } from './shown-note.ts';
import { BORN_FORM, CHILD_FORM, PARENT_FORM } from './sim-mappings.ts';
import type { World } from './world.ts';

type OnOneNote = Exclude<
  KindOf<'notes'>,
  'notes-create' | 'notes-undelete' | 'notes-agent-stamps-all' | 'notes-race' | 'notes-save-twice'
>;

/** People and agents at Notes clients; each is in the ledger with what they saw. */
export class NotesPeople {
  readonly #world: World;
  readonly #person: NotesUser;
  readonly #bin: StoredNote[] = [];
  readonly #backups: StoredNote[] = [];
  #codes = 0;

  constructor(world: World) {
    this.#world = world;
    this.#person = new NotesUser(world.file, { name: 'CN=Le Thi Thu/O=Mau', access: 'manager' });
  }

  /** Code of an organisation; null where there is none. */
  #aParent(draw: number): string | null {
    const parents = allNotes(this.#world.file).filter((note) => firstOf(note, 'Form') === PARENT_FORM);
    const parent = parents[draw % Math.max(1, parents.length)];
    return parent ? String(firstOf(parent, 'Ma') ?? '') : null;
  }

  /** Edits this note, if it is there and mapped. */
  edit(unid: string, draws: SimOperation['draws']): void {
    const note = this.#world.file.readBare(unid);
    const mapping = note && this.#mappingOf(note);
    if (note && mapping) this.#edit(note, mapping, [draws[1]], draws[3]);
  }

  act(operation: SimOperation): void {
    const { kind, draws } = operation;
    if (kind === 'notes-create') this.#create(draws[0], draws[1]);
    else if (kind === 'notes-undelete') this.#undelete(draws[0]);
    else if (kind === 'notes-agent-stamps-all') this.#stampAll();
    else if (kind === 'notes-race') this.#race(draws);
    else {
      const notes = allNotes(this.#world.file);
      const about =
        kind === 'notes-copy'
          ? this.#unheard(notes)
          : draws[3] % 3 === 0
            ? this.#ofDeletedRecords(notes)
            : [];
      const choice = about.length > 0 ? about : notes;
      const note = choice[draws[0] % Math.max(1, choice.length)];
      if (note) this.#actOn(kind as OnOneNote, note, draws);
    }
    this.#noteReleases();
  }

  /** Made by the bridge, which has not heard of it: what is copied now has two of one kind. */
  #unheard(notes: readonly StoredNote[]): readonly StoredNote[] {
    const known = new Set([...this.#world.store.tables().pairs.values()].map(({ unid }) => unid));
    return notes.filter((note) => !known.has(note.unid) && firstOf(note, 'HandbookId') !== null);
  }

  /** Two people seldom let go of one document at once: here they often do. */
  #ofDeletedRecords(notes: readonly StoredNote[]): readonly StoredNote[] {
    const { ledger } = this.#world;
    return notes.filter(({ unid }) =>
      [...(ledger.bonds.get(unid) ?? [])].some((id) => ledger.deletedBy('handbook', id)),
    );
  }

  /** A person saves the very item that the bridge is about to write. */
  #race(draws: SimOperation['draws']): void {
    const { coming, file } = this.#world;
    const note = coming && file.readBare(coming.unid);
    const mapping = note && this.#mappingOf(note);
    if (!coming || !note || !mapping) return;
    const written = mapping.fields.filter(({ item }) => coming.items.includes(item));
    const field = written[draws[1] % Math.max(1, written.length)];
    if (field && field.field !== 'code') this.#editFields(note, mapping, [field], draws[3]);
  }

  #actOn(kind: OnOneNote, note: StoredNote, draws: SimOperation['draws']): void {
    const { unid } = note;
    const mapping = this.#mappingOf(note);
    switch (kind) {
      case 'notes-edit':
        if (mapping) this.#edit(note, mapping, [draws[1]], draws[3]);
        return;
      case 'notes-edit-two':
        if (mapping) this.#edit(note, mapping, [draws[1], draws[2]], draws[3]);
        return;
      case 'notes-clear':
        if (mapping) this.#clear(note, mapping, draws[1]);
        return;
      case 'notes-delete':
        this.#delete(note);
        return;
      case 'notes-hide':
        this.#person.setReaders(unid, ['CN=Le Thi Thu/O=Mau']);
        return;
      case 'notes-show':
        this.#person.setReaders(unid, []);
        return;
      case 'notes-classify':
        this.#person.edit(unid, {
          DoMat: draws[1] % 4 === 0 ? ['Thuong', 'Mat'] : draws[1] % 2 === 0 ? 'Mat' : 'thuong',
        });
        return;
      case 'notes-declassify':
        this.#person.edit(unid, { DoMat: 'Thuong' });
        return;
      case 'notes-unmark':
        this.#person.edit(unid, { ChoPhepChuyen: draws[1] % 2 === 0 ? '' : null });
        return;
      case 'notes-mark':
        this.#person.edit(unid, { DoMat: 'Thuong', ChoPhepChuyen: '1' });
        return;
      case 'notes-copy':
        this.#copy(note);
        return;
      case 'notes-unmapped-edit':
        this.#person.edit(unid, { GhiChuRieng: this.#world.nextWord() });
        return;
      case 'notes-spoil':
        if (mapping?.form === PARENT_FORM) this.#write(note, mapping, { highest: 'mười' });
        return;
      case 'notes-repair':
        if (mapping?.form === PARENT_FORM && typeof firstOf(note, 'CaoNhat') === 'string')
          this.#write(note, mapping, { highest: this.#world.nextNumber() });
        return;
      case 'notes-other-form':
        this.#world.ledger.otherForm.add(unid);
        this.#person.edit(unid, { Form: draws[1] % 2 === 0 ? 'Khac' : PARENT_FORM });
        return;
      case 'notes-move-child': {
        const to = this.#aParent(draws[1]);
        if (mapping?.form === CHILD_FORM && to) this.#person.edit(unid, { MaToChuc: to });
        return;
      }
      case 'notes-restore-old':
        this.#restoreOld(note, mapping, draws[1]);
        return;
    }
  }

  #create(draw: number, other: number): void {
    const world = this.#world;
    const form = [PARENT_FORM, PARENT_FORM, CHILD_FORM, CHILD_FORM, BORN_FORM][draw % 5] as string;
    const mapping = world.mappings.find((one) => one.form === form) as Mapping;
    const parent = this.#aParent(other);
    if (form === CHILD_FORM && parent === null) return;
    const items: Record<string, string | number | readonly string[]> = {
      Form: form,
      Ma: `M-${++this.#codes}`,
      GhiChuRieng: world.nextWord(),
    };
    if (other % 7 !== 0) Object.assign(items, { DoMat: 'Thuong', ChoPhepChuyen: '1' });
    if (form === CHILD_FORM && parent !== null) items['MaToChuc'] = parent;
    const fresh: { field: FieldMapping; value: string | number }[] = [];
    for (const field of mapping.fields) {
      if (field.item in items || (other >> 3) % 3 === 0) continue;
      const value = field.type === 'number' ? world.nextNumber() : world.nextWord();
      items[field.item] = field.type === 'set' ? [value as string] : value;
      fresh.push({ field, value });
    }
    const unid = this.#person.create(items);
    for (const { field, value } of fresh) tellWrite(this.#world, unid, field, value, null);
  }

  #edit(note: StoredNote, mapping: Mapping, draws: readonly number[], luck: number): void {
    const fields = mapping.fields.filter(({ field }) => field !== 'code' && field !== 'organisation');
    const sets = luck % 4 === 0 ? fields.filter(({ type }) => type === 'set') : [];
    const choice = sets.length > 0 ? sets : fields;
    const chosen = draws.map((draw) => choice[draw % choice.length] as FieldMapping);
    this.#editFields(note, mapping, chosen, luck);
  }

  #editFields(note: StoredNote, mapping: Mapping, fields: readonly FieldMapping[], luck: number): void {
    const changes: Record<string, Shown | readonly string[]> = {};
    for (const field of fields) {
      if (field.type === 'set') changes[field.field] = this.#set(note, field, luck);
      else changes[field.field] = field.type === 'number' ? this.#world.nextNumber() : this.#world.nextWord();
    }
    this.#write(note, mapping, changes);
  }

  #set(note: StoredNote, field: FieldMapping, luck: number): readonly string[] {
    const now = valuesOf(note, field.item).map(String);
    const gone = luck % 2 === 0 ? now[luck % Math.max(1, now.length)] : undefined;
    return [...now.filter((value) => value !== gone), this.#world.nextWord()];
  }

  #clear(note: StoredNote, mapping: Mapping, draw: number): void {
    const fields = mapping.fields.filter(
      ({ field, type }) => type !== 'set' && field !== 'code' && field !== 'organisation',
    );
    const field = fields[draw % fields.length] as FieldMapping;
    this.#write(note, mapping, { [field.field]: null });
  }

  #write(
    note: StoredNote,
    mapping: Mapping,
    changes: Readonly<Record<string, Shown | readonly string[]>>,
  ): void {
    const items: Record<string, TypedItems[string]> = {};
    for (const [name, value] of Object.entries(changes)) {
      const field = mapping.fields.find((one) => one.field === name) as FieldMapping;
      items[field.item] = value === null ? '' : value;
      const saw = valuesOf(note, field.item);
      if (Array.isArray(value)) {
        for (const one of value as readonly string[])
          if (!saw.includes(one)) tellWrite(this.#world, note.unid, field, one, null);
        for (const one of saw)
          if (!value.includes(String(one))) tellRemoval(this.#world, note.unid, field, one);
      } else tellWrite(this.#world, note.unid, field, value as Shown, saw[0] ?? null);
    }
    this.#person.edit(note.unid, items);
  }

  #delete(note: StoredNote): void {
    const saw = new Set<Shown>(note.items.flatMap((item) => valuesOf(note, item.name)));
    this.#world.ledger.deletes.push({
      side: 'notes',
      doc: note.unid,
      saw,
      step: this.#world.scheduler.steps,
    });
    this.#world.ledger.returned.delete(note.unid);
    this.#bin.push(note);
    this.#person.delete(note.unid);
  }

  /** A stale replica, or a backup, brings it back as it was. */
  #undelete(draw: number): void {
    const note = this.#bin[draw % Math.max(1, this.#bin.length)];
    if (!note || this.#world.file.readBare(note.unid) !== null) return;
    this.#world.ledger.returned.add(note.unid);
    this.#world.file.import([note]);
  }

  #copy(note: StoredNote): void {
    const { unid } = this.#world.file.create(note.items.filter((item) => !item.name.startsWith('$')));
    this.#world.ledger.copies.add(unid);
    for (const item of note.items)
      for (const value of valuesOf(note, item.name)) this.#world.ledger.copiedTexts.add(String(value));
  }

  /** An agent that saves every document and changes nothing that anybody sees. */
  #stampAll(): void {
    for (const note of allNotes(this.#world.file))
      this.#person.edit(note.unid, { DauAgent: this.#world.nextWord() });
  }

  #restoreOld(note: StoredNote, mapping: Mapping | undefined, draw: number): void {
    const old = this.#backups.filter((one) => one.unid === note.unid);
    const copy = old[draw % Math.max(1, old.length)];
    this.#backups.push(note);
    if (!copy || !mapping) return;
    const changes: Record<string, Shown> = {};
    for (const field of mapping.fields) {
      const [before, now] = [firstOf(copy, field.item), firstOf(note, field.item)];
      if (field.type === 'text' && field.field !== 'code' && before !== null && before !== now)
        changes[field.field] = before;
    }
    if (Object.keys(changes).length > 0) this.#write(note, mapping, changes);
  }

  #mappingOf(note: StoredNote): Mapping | undefined {
    const form = firstOf(note, 'Form');
    return this.#world.mappings.find((mapping) => mapping.form === form);
  }

  #noteReleases(): void {
    for (const note of allNotes(this.#world.file))
      if (this.#world.mappings.some((mapping) => isOpenlyMarked(note, mapping)))
        this.#world.ledger.everReleased.add(note.unid);
  }
}
