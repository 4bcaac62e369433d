import { randomUUID } from 'node:crypto';
import { newAssignment, newTask } from '../../passes/testing/sample-notes.ts';
import type { Pass } from './steps.ts';
import type { World } from './world.ts';

/** What must hold after the dust has settled; answers what does not. */
export type Expectation = () => Promise<string | null>;

const ASSIGNMENTS = 8;
const TASK = 'NV-goc';

/** People on both sides: what they do in between, and what has to come of it. */
export class People {
  readonly #world: World;
  readonly #assignments: string[] = [];
  readonly #unids = new Map<string, string>();
  /** Tasks that are agreed on, oldest first: a sweep's notes to lose. */
  readonly #tasks: string[] = [];
  #serial = 0;

  constructor(world: World) {
    this.#world = world;
  }

  /** Assignments to work on, and a few tasks. */
  settle(): void {
    const { person } = this.#world.domino;
    newTask(person, TASK);
    for (let at = 0; at < ASSIGNMENTS; at += 1) {
      const key = `giao-${String(at).padStart(4, '0')}`;
      this.#unids.set(key, newAssignment(person, key, TASK));
      this.#assignments.push(key);
    }
    for (let at = 0; at < 4; at += 1) this.#newTask();
  }

  /** Something for this pass to bring across, of every kind that it brings. */
  async act(pass: Pass): Promise<Expectation> {
    const expected = await this.#acts[pass]();
    return async () =>
      (await Promise.all(expected.map((holds) => holds()))).find((one) => one !== null) ?? null;
  }

  readonly #acts: Readonly<Record<Pass, () => Promise<readonly Expectation[]>>> = {
    pull: async () => [this.#newTask(), this.#noteEdit()],
    push: async () => [await this.#memberEdit(), await this.#memberRequest()],
    sweep: async () => [this.#lostTask()],
  };

  #next(): number {
    this.#serial += 1;
    return this.#serial;
  }

  #newTask(): Expectation {
    const code = `NV-${String(this.#next()).padStart(4, '0')}`;
    this.#unids.set(code, newTask(this.#world.domino.person, code));
    this.#tasks.push(code);
    return () => this.#record('task', code, (fields) => fields['title'] === `Nhiệm vụ ${code}`);
  }

  #noteEdit(): Expectation {
    const [key, serial] = this.#assignment();
    const cell = `01.001.001.000.${String(serial).padStart(3, '0')}`;
    this.#world.domino.person.edit(this.#unids.get(key) ?? '', { MaChiBo: cell });
    return () => this.#record('assignment', key, (fields) => fields['organisationCode'] === cell);
  }

  async #memberEdit(): Promise<Expectation> {
    const [key, serial] = this.#assignment();
    const progress = serial % 101;
    const [record] = await this.#world.handbook.readByKey('assignment', [key]);
    const sent = await this.#world.members.mutate({
      ...this.#mutation(),
      kind: 'update',
      entity: 'assignment',
      recordId: record?.recordId ?? '',
      baseVersion: record?.version ?? 0,
      fields: { progress },
    });
    if (sent.kind !== 'applied') throw new Error(`the member's edit was answered ${sent.kind}`);
    return async () => {
      const now = this.#item(this.#unids.get(key) ?? '', 'TienDo');
      return now === progress ? null : `TienDo of ${key} is ${String(now)}, not ${progress}`;
    };
  }

  async #memberRequest(): Promise<Expectation> {
    const code = `de-xuat-${String(this.#next()).padStart(4, '0')}`;
    const recordId = randomUUID();
    await this.#world.members.mutate({
      ...this.#mutation(),
      kind: 'create',
      entity: 'changeRequest',
      recordId,
      baseVersion: 0,
      fields: {
        recordCode: code,
        memberCode: 'dang-vien-0001',
        fieldName: 'Email',
        newValue: 'moi@example.org',
      },
    });
    return async () => {
      const notes = [...this.#world.domino.file.notes()].filter(
        (note) => this.#item(note.unid, 'HandbookId') === recordId,
      );
      return notes.length === 1 ? null : `request ${code} has ${notes.length} notes`;
    };
  }

  #lostTask(): Expectation {
    const code = this.#tasks.shift() ?? '';
    this.#world.domino.person.delete(this.#unids.get(code) ?? '');
    return async () => {
      const { rows } = await this.#world.outside.query<{ state: string }>(
        `select state from handbook.record where entity = 'task' and key = $1`,
        [code],
      );
      return rows[0]?.state === 'hidden'
        ? null
        : `record ${code} is ${rows[0]?.state ?? 'absent'}, not hidden`;
    };
  }

  #assignment(): readonly [string, number] {
    const serial = this.#next();
    return [this.#assignments[serial % ASSIGNMENTS] ?? '', serial];
  }

  #mutation() {
    return { clientId: 'phone', mutationId: randomUUID(), accountId: 'tester' } as const;
  }

  async #record(
    entity: string,
    key: string,
    holds: (fields: Record<string, unknown>) => boolean,
  ): Promise<string | null> {
    const found = await this.#world.handbook.readByKey(entity, [key]);
    const [record] = found;
    if (found.length === 1 && record && holds({ ...record.fields })) return null;
    return `${entity} ${key}: ${found.length} live records${found.length === 1 ? ', not as edited' : ''}`;
  }

  #item(unid: string, name: string): unknown {
    const item = this.#world.domino.file.readBare(unid)?.items.find((one) => one.name === name);
    return item && 'values' in item.value ? item.value.values[0] : undefined;
  }
}
