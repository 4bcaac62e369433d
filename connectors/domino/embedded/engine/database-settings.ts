import * as z from 'zod';
import { aclSchema, type AccessControlList } from './access-control.ts';
import type { NoteStore } from './note-store.ts';
import type { Originator } from './originator.ts';

const days = z.number().positive();

/** What an administrator sets in a database's properties and replication settings. Kept in the file; not replicated. */
export const settingsSchema = z.strictObject({
  /** Stubs older than this are forgotten. HCL's default is 90 days. */
  purgeIntervalDays: days.default(90),
  /** Purge interval replication control: old documents that this replica does not have are refused. */
  pirc: z.boolean().default(false),
  /** "Remove documents not modified in the last … days": old documents go at a purge, too, and leave no stub. */
  removesOldDocuments: z.boolean().default(false),
  /** Only documents of these forms come in by replication; null = all. */
  replicatedForms: z.array(z.string()).nullable().default(null),
  /** "Only replicate incoming documents saved or modified after": milliseconds since 1970 UTC; null = all. */
  cutoff: z.number().nullable().default(null),
  /** Deletions of this replica are not sent on. */
  keepsDeletions: z.boolean().default(false),
  /** Deletions of others are not taken. */
  ignoresDeletions: z.boolean().default(false),
  /** A deleted document stays hidden so long before it is gone; null = no soft deletion. */
  softDeleteHours: z.number().positive().nullable().default(null),
});

export type DatabaseSettings = z.infer<typeof settingsSchema>;

const storedAcl = z.strictObject({ acl: aclSchema, sequence: z.number(), sequenceTime: z.number() });

/** An ACL with its version: the most recent one prevails in replication. */
export interface VersionedAcl extends Originator {
  readonly acl: AccessControlList;
}

/** The part of the file that is neither notes nor stubs, read once. */
export class DatabaseProperties {
  readonly #store: NoteStore;
  #settings: DatabaseSettings;
  #acl: VersionedAcl | null;

  constructor(store: NoteStore) {
    this.#store = store;
    this.#settings = settingsSchema.parse(JSON.parse(store.meta('settings') ?? '{}'));
    const acl = store.meta('acl');
    this.#acl = acl === null ? null : storedAcl.parse(JSON.parse(acl));
  }

  get settings(): DatabaseSettings {
    return this.#settings;
  }

  /** Null: the file has none, and an identity's own level counts. */
  get acl(): VersionedAcl | null {
    return this.#acl;
  }

  set(settings: DatabaseSettings): void {
    this.#store.setMeta('settings', JSON.stringify(settings));
    this.#settings = settings;
  }

  setAcl(acl: VersionedAcl): void {
    this.#store.setMeta('acl', JSON.stringify(acl));
    this.#acl = acl;
  }
}
