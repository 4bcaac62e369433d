import { join } from 'node:path';
import * as z from 'zod';
import { foldName, isWithin } from './identity.ts';
import { readJson, writeJson } from './server-file.ts';

const directorySchema = z.strictObject({ groups: z.record(z.string().min(1), z.array(z.string().min(1))) });

/** The groups of the server's domain, in `groups.json` of its data folder. Members are names, wildcards and other groups. */
export class GroupDirectory {
  readonly #file: string;
  #groups: Readonly<Record<string, readonly string[]>>;

  /** Throws when the file is damaged. */
  constructor(root: string) {
    this.#file = join(root, 'groups.json');
    const kept = readJson(this.#file);
    this.#groups = kept === null ? {} : directorySchema.parse(kept).groups;
  }

  list(): Readonly<Record<string, readonly string[]>> {
    return this.#groups;
  }

  /** Replaces the group's members; none removes the group. */
  set(group: string, members: readonly string[]): void {
    const others = Object.entries(this.#groups).filter(([name]) => foldName(name) !== foldName(group));
    const groups = Object.fromEntries(members.length === 0 ? others : [...others, [group, members]]);
    writeJson(this.#file, { groups });
    this.#groups = groups;
  }

  /** Every group that the name is in, also by way of another group. */
  groupsOf(name: string): readonly string[] {
    const entries = Object.entries(this.#groups);
    const found = new Set<string>();
    const names = new Set([foldName(name)]);
    for (let grown = true; grown; ) {
      grown = false;
      for (const [group, members] of entries) {
        if (found.has(group)) continue;
        if (!members.some((member) => names.has(foldName(member)) || isWithin(name, member))) continue;
        found.add(group);
        names.add(foldName(group));
        grown = true;
      }
    }
    return [...found];
  }
}
