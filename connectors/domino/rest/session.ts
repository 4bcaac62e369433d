import { type CallOptions, DominoError, type SliceReading } from '../port.ts';
import type { Token } from '../../../src/sync/note.ts';
import type { ServerLimits } from '../wire/limits.ts';
import { type Call, portErrorOf } from '../wire/server-guard.ts';
import type { RestClient } from './client.ts';
import { chooseReadMode } from './choose-mode.ts';
import type { ReadFrame } from './decode.ts';
import type { Finding } from './finding.ts';
import { type ExpectedForm, findingsOf } from './findings.ts';
import { findForm, formNames } from './schema.ts';
import { readScopeFacts, readServerFacts, type ScopeFacts, type ServerFacts } from './server-facts.ts';

/** A schema that an administrator changes counts after this long at the latest. */
const FACTS_MS = 600_000;

export interface SessionOptions {
  readonly client: RestClient;
  /** `https://host:8880`. */
  readonly hostRoot: URL;
  /** Told what the server offers. */
  readonly learn: (operations: ReadonlySet<string>) => void;
  readonly scope: string;
  readonly limits: ServerLimits;
  readonly expected: readonly ExpectedForm[];
  readonly identity: string | null;
  /** Ids of findings that the operator accepts. */
  readonly acceptLoss: readonly string[];
  /** What to take for granted until the server has been asked. */
  readonly conditionalWrite: boolean;
  readonly richTextAs: 'html' | 'plain' | 'mime';
  readonly deletionAgent: string | null;
  /** View sorted by the time of the last change, for schemas that allow no DQL. */
  readonly changesView: string | null;
}

export interface Facts {
  readonly server: ServerFacts;
  readonly scope: ScopeFacts;
  readonly findings: readonly Finding[];
  readonly readAt: number;
}

/** What one open scope has learned of its server, and the frame of every port call. */
export class RestSession {
  readonly options: SessionOptions;
  #facts: Facts | null = null;
  #pending: Promise<Facts> | null = null;
  /** Old answers carry no revision; then the token of every note is its etag. */
  tokenKind: Token['kind'] = 'oid';

  constructor(options: SessionOptions) {
    this.options = options;
  }

  get client(): RestClient {
    return this.options.client;
  }

  /** As the server showed it, or as it was declared while nobody asked. */
  get conditionalWrite(): boolean {
    return this.#facts?.scope.schema.requireRevisionToUpdate ?? this.options.conditionalWrite;
  }

  /** Findings that stop writes: what loses data and is not accepted. */
  lossesOf({ findings }: Facts): readonly Finding[] {
    return findings.filter(
      ({ severity, id }) => severity === 'loses' && !this.options.acceptLoss.includes(id),
    );
  }

  async facts(call: Call): Promise<Facts> {
    if (this.#facts !== null && performance.now() - this.#facts.readAt < FACTS_MS) return this.#facts;
    return this.probe(call);
  }

  async probe(call: Call): Promise<Facts> {
    this.#pending ??= this.#read(call).finally(() => {
      this.#pending = null;
    });
    return this.#pending;
  }

  /** Throws `not-authorized` while a write would lose data: a person must mend the schema, or accept the loss. */
  async requireWritable(call: Call): Promise<Facts> {
    const facts = await this.facts(call);
    const losses = this.lossesOf(facts);
    if (losses.length === 0) return facts;
    const reasons = losses.map(({ id, what, change }) => `${id}: ${what} (${change ?? ''})`).join('; ');
    throw new DominoError(
      'not-authorized',
      `Nothing is written through scope "${this.options.scope}": ${reasons}. Mend the schema, or name the findings in acceptLoss of the link`,
    );
  }

  /** How to read these items of these forms, or of all that the link has. */
  frame({ scope }: Facts, itemNames: readonly string[], forms: readonly string[]): ReadFrame {
    const { expected } = this.options;
    const named = forms.length > 0 ? forms : expected.map(({ form }) => form);
    const known = named.flatMap((form) => findForm(scope.schema, form) ?? []);
    const needed = this.#neededOf(itemNames);
    const modeName = chooseReadMode(known.length > 0 ? known : scope.schema.forms, (form) => {
      const wanted = formNames(form).flatMap((name) => needed(name) ?? []);
      return wanted.length > 0 ? wanted : itemNames;
    });
    if (modeName === null)
      throw new DominoError(
        'bad-request',
        `The forms ${named.join(', ')} have no mode of one name in the schema of scope "${this.options.scope}": give each the same mode`,
      );
    return {
      schema: scope.schema,
      modeName,
      itemNames: withForm(itemNames),
      forms: named,
      needed: (form) => needed(form) ?? [],
    };
  }

  /** Of the items asked for, those that a form must show. What is asked of all forms before their release is known names items that only some gates have. */
  #neededOf(itemNames: readonly string[]): (form: string) => readonly string[] | undefined {
    const { expected } = this.options;
    const asked = new Set(itemNames.map((name) => name.toLowerCase()));
    const headers = this.#headers();
    const headersOnly = [...asked].every((name) => headers.has(name) || name === 'form');
    return (form) =>
      expected
        .find((one) => one.form === form)
        ?.items.filter(({ name, header }) => asked.has(name.toLowerCase()) && (header || !headersOnly))
        .map(({ name }) => name);
  }

  /** Of these items those that are not read before a document's release is known. */
  contentOf(itemNames: readonly string[]): readonly string[] {
    const headers = this.#headers();
    return itemNames.filter((name) => name.toLowerCase() !== 'form' && !headers.has(name.toLowerCase()));
  }

  #headers(): ReadonlySet<string> {
    return new Set(
      this.options.expected.flatMap(({ items }) =>
        items.filter(({ header }) => header).map(({ name }) => name.toLowerCase()),
      ),
    );
  }

  note(reading: SliceReading['notes'][number]): void {
    if (reading.kind === 'note') this.tokenKind = reading.token.kind;
  }

  async read<T>(
    action: string,
    options: CallOptions | undefined,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    return this.#run(action, options, this.options.limits.readMs, work);
  }

  async write<T>(
    action: string,
    options: CallOptions | undefined,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    return this.#run(action, options, this.options.limits.writeMs, work);
  }

  async #read(call: Call): Promise<Facts> {
    const { client, hostRoot, scope, expected, identity, changesView } = this.options;
    const server = await readServerFacts(client, hostRoot, call);
    this.options.learn(server.operations);
    const found = await readScopeFacts(client, scope, call);
    const findings = findingsOf(server, found, expected, { identity, changesView });
    this.#facts = { server, scope: found, findings, readAt: performance.now() };
    return this.#facts;
  }

  async #run<T>(
    action: string,
    options: CallOptions | undefined,
    limitMs: number,
    work: (call: Call) => Promise<T>,
  ): Promise<T> {
    const call = { signal: options?.signal, deadline: performance.now() + (options?.timeoutMs ?? limitMs) };
    try {
      return await work(call);
    } catch (cause) {
      throw portErrorOf(cause, action);
    }
  }
}

/** Form is what tells a readable note from anything else. */
export function withForm(itemNames: readonly string[]): readonly string[] {
  return itemNames.some((name) => name.toLowerCase() === 'form') ? itemNames : ['Form', ...itemNames];
}
