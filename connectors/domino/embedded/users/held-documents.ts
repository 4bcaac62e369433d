import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import * as z from 'zod';
import { EngineError } from '../engine/engine-error.ts';
import { foldName } from '../engine/identity.ts';
import { readJson, writeJson } from '../engine/server-file.ts';
import type { StoredNote } from '../stored-note.ts';

/** A document in an open window of somebody's Notes client. */
export interface HeldDocument {
  readonly database: string;
  /** Whose window it is. */
  readonly by: string;
  /** Server time, ms. */
  readonly since: number;
  /** As it was when it was opened. */
  readonly note: StoredNote;
}

const kept = z.strictObject({
  held: z.array(
    z.strictObject({
      database: z.string(),
      by: z.string(),
      since: z.number(),
      unid: z.string(),
      /** Base64 of what `v8.serialize` makes of the note: its bytes, too. */
      note: z.string(),
    }),
  ),
});

type Kept = z.infer<typeof kept>['held'][number];

/**
 * Documents held open, in `held.json` of the server's data folder: on a real server they are in the memory of clients, here they outlive the
 * process, so that a person can hold one with one command and save it with another.
 */
export class HeldDocuments {
  readonly #file: string;

  constructor(root: string) {
    this.#file = join(root, 'held.json');
  }

  /** Throws when the file is damaged. */
  list(): HeldDocument[] {
    return this.#read().map(documentOf);
  }

  put({ note, ...document }: HeldDocument): void {
    const encoded = serialize(note).toString('base64');
    const others = this.#read().filter((one) => !isOf(one, document.database, note.unid, document.by));
    writeJson(this.#file, { held: [...others, { ...document, unid: note.unid, note: encoded }] });
  }

  /** Throws `not-found`. */
  find(database: string, unid: string, by: string): HeldDocument {
    const found = this.#read().find((one) => isOf(one, database, unid, by));
    if (found === undefined) {
      throw new EngineError('not-found', `${by} does not hold note ${unid} of "${database}" open`);
    }
    return documentOf(found);
  }

  /** Closes the window. Throws `not-found`. */
  take(database: string, unid: string, by: string): HeldDocument {
    const found = this.find(database, unid, by);
    writeJson(this.#file, { held: this.#read().filter((one) => !isOf(one, database, unid, by)) });
    return found;
  }

  #read(): readonly Kept[] {
    const json = readJson(this.#file);
    return json === null ? [] : kept.parse(json).held;
  }
}

function isOf(one: Kept, database: string, unid: string, by: string): boolean {
  return one.database === database && one.unid === unid.toUpperCase() && foldName(one.by) === foldName(by);
}

function documentOf({ database, by, since, note }: Kept): HeldDocument {
  return { database, by, since, note: deserialize(Buffer.from(note, 'base64')) as StoredNote };
}
