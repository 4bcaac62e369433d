import type { Mutation, MutationResult } from '../../connectors/handbook/members-port.ts';
import type { HandbookRecord } from '../../connectors/handbook/port.ts';
import type { FieldMapping, Mapping } from '../sync/mapping.ts';
import type { Fields, FieldValue } from '../sync/values.ts';
import type { Shown } from './ledger.ts';
import type { KindOf, SimOperation } from './operation.ts';
import type { World } from './world.ts';

const FORGED = { note: 'a second sending with another body' };

/** Members' phones: each knows records as it last saw them, may be offline for long, and may send things twice. */
export class HandbookClients {
  readonly #world: World;
  readonly #caches: readonly Map<string, HandbookRecord>[] = [new Map(), new Map()];
  readonly #sent: Mutation[] = [];
  #mutations = 0;
  #codes = 0;

  constructor(world: World) {
    this.#world = world;
  }

  async act({ kind, draws }: SimOperation): Promise<void> {
    const cache = this.#caches[draws[3] % 2] as Map<string, HandbookRecord>;
    switch (kind as KindOf<'member'>) {
      case 'member-look':
        await this.#look(cache, draws[0]);
        return;
      case 'member-edit':
        await this.#edit(cache, await this.#look(cache, draws[0]), draws);
        return;
      case 'member-edit-offline':
        await this.#edit(cache, [...cache.values()][draws[0] % Math.max(1, cache.size)] ?? null, draws);
        return;
      case 'member-resend':
        await this.#resend(draws[0], draws[1]);
        return;
      case 'member-create':
        await this.#create(cache, draws[0]);
        return;
      case 'member-delete':
        await this.#delete(cache, (await this.#unsent(draws[1])) ?? (await this.#look(cache, draws[0])));
        return;
    }
  }

  /** Members often take back what the bridge knows of and has not yet brought to Notes. */
  async #unsent(luck: number): Promise<HandbookRecord | null> {
    const waiting = [...this.#world.store.tables().pairs.values()].filter(
      ({ unid, handbookSight }) => unid === null && handbookSight === 'live',
    );
    const one = waiting[luck % Math.max(1, waiting.length)];
    return one && luck % 4 !== 0 ? this.#world.members.get(one.recordId) : null;
  }

  /** What the phone shows of one record from now on. */
  async #look(cache: Map<string, HandbookRecord>, draw: number): Promise<HandbookRecord | null> {
    const live: HandbookRecord[] = [];
    for (const mapping of this.#world.mappings)
      live.push(...(await this.#world.members.list(mapping.entity, { after: null, limit: 50 })).records);
    const record = live[draw % Math.max(1, live.length)] ?? null;
    if (record) cache.set(record.recordId, record);
    return record;
  }

  async #edit(
    cache: Map<string, HandbookRecord>,
    record: HandbookRecord | null,
    draws: SimOperation['draws'],
  ): Promise<void> {
    if (!record) return;
    const mapping = this.#mappingOf(record);
    const writable = mapping.fields.filter(
      ({ direction, field }) => direction !== 'pull' && field !== 'code',
    );
    const sets = draws[1] % 5 === 0 ? writable.filter(({ type }) => type === 'set') : [];
    const choice = sets.length > 0 ? sets : writable;
    const count = 1 + (draws[2] % 5 === 0 ? 1 : 0);
    const fields: Record<string, FieldValue> = {};
    for (let nth = 0; nth < count; nth++) {
      const field = choice[(draws[1] + nth) % choice.length] as FieldMapping;
      fields[field.field] = this.#value(field, record, draws[2]);
    }
    await this.#send(cache, record, mapping, {
      kind: 'update',
      entity: record.entity,
      recordId: record.recordId,
      baseVersion: record.version,
      fields,
    });
  }

  #value(field: FieldMapping, record: HandbookRecord, luck: number): FieldValue {
    if (luck % 11 === 0 && field.type !== 'set') return null;
    if (field.type === 'number') return this.#world.nextNumber();
    if (field.type !== 'set') return this.#world.nextWord();
    const now = elements(record.fields[field.field]);
    const gone = luck % 2 === 0 ? now[luck % Math.max(1, now.length)] : undefined;
    return [...now.filter((value) => value !== gone), this.#world.nextWord()];
  }

  async #create(cache: Map<string, HandbookRecord>, luck: number): Promise<void> {
    const mapping = this.#world.mappings.find((one) => one.entity === 'proposal') as Mapping;
    const recordId = this.#world.deps.newId();
    const fields = {
      code: `H-${++this.#codes}`,
      content: this.#world.nextWord(),
      ...(luck % 3 === 0 ? {} : { opinion: this.#world.nextWord() }),
    };
    const record = {
      recordId,
      entity: 'proposal',
      key: null,
      state: 'live',
      version: 0,
      fields: {},
      bornIn: 'handbook',
    } as const;
    await this.#send(cache, record, mapping, {
      kind: 'create',
      entity: 'proposal',
      recordId,
      baseVersion: 0,
      fields,
    });
  }

  async #delete(cache: Map<string, HandbookRecord>, record: HandbookRecord | null): Promise<void> {
    if (!record) return;
    const { entity, recordId, version } = record;
    const result = await this.#mutate({ kind: 'delete', entity, recordId, baseVersion: version, fields: {} });
    if (result.kind !== 'applied') return;
    cache.delete(recordId);
    const { ledger, scheduler } = this.#world;
    ledger.deletes.push({
      side: 'handbook',
      doc: recordId,
      saw: shownOf(record.fields),
      step: scheduler.steps,
    });
  }

  async #send(
    cache: Map<string, HandbookRecord>,
    record: HandbookRecord,
    mapping: Mapping,
    body: Omit<Mutation, 'clientId' | 'mutationId' | 'accountId'>,
  ): Promise<void> {
    const result = await this.#mutate(body);
    const told = new Set(
      result.kind === 'refused'
        ? Object.keys(body.fields)
        : result.kind === 'conflict'
          ? Object.keys(result.fields)
          : [],
    );
    for (const [name, value] of Object.entries(body.fields)) {
      const field = mapping.fields.find((one) => one.field === name) as FieldMapping;
      this.#tell(record, field, value, { told: told.has(name), sealed: result.kind === 'held' });
    }
    const now = await this.#world.members.get(record.recordId);
    if (now) cache.set(record.recordId, now);
  }

  #tell(
    record: HandbookRecord,
    field: FieldMapping,
    value: FieldValue,
    how: { readonly told: boolean; readonly sealed: boolean },
  ): void {
    const { ledger, scheduler } = this.#world;
    const common = {
      side: 'handbook' as const,
      doc: record.recordId,
      field: field.field,
      step: scheduler.steps,
      ...how,
    };
    const saw = record.fields[field.field] ?? null;
    if (field.type !== 'set') {
      ledger.writes.push({ ...common, value: value as Shown, saw: saw as Shown, element: false });
      return;
    }
    const [now, before] = [elements(value), elements(saw)];
    for (const one of now)
      if (!before.includes(one)) ledger.writes.push({ ...common, value: one, saw: null, element: true });
    for (const one of before)
      if (!now.includes(one)) ledger.removals.push({ ...common, value: one, saw: one, element: true });
  }

  async #mutate(body: Omit<Mutation, 'clientId' | 'mutationId' | 'accountId'>): Promise<MutationResult> {
    const mutation = { ...body, clientId: 'phone', mutationId: `m${++this.#mutations}`, accountId: 'member' };
    this.#sent.push(mutation);
    const result = await this.#world.members.mutate(mutation);
    this.#world.coverage.hit(`mutation ${body.kind} ${result.kind}`);
    return result;
  }

  /** The answer got lost on the way: the same mutation comes again, sometimes spoiled by a careless client. */
  async #resend(draw: number, luck: number): Promise<void> {
    const mutation = this.#sent[draw % Math.max(1, this.#sent.length)];
    if (!mutation) return;
    await this.#world.members.mutate(luck % 4 === 0 ? { ...mutation, fields: FORGED } : mutation);
  }

  #mappingOf(record: HandbookRecord): Mapping {
    return this.#world.mappings.find((one) => one.entity === record.entity) as Mapping;
  }
}

export function elements(value: FieldValue | undefined): readonly string[] {
  if (Array.isArray(value)) return (value as readonly string[]).map(String);
  if (value === null || value === undefined) return [];
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)];
}

export function shownOf(fields: Fields): Set<Shown> {
  return new Set(
    Object.values(fields).flatMap((value): Shown[] =>
      Array.isArray(value) ? elements(value).slice() : [value as Shown],
    ),
  );
}
