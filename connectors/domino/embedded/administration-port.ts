/**
 * Port: what an administrator does with whole databases of the embedded Domino, and what people do with the clipboard. Everything is durable when it returns. What
 * cannot be done is a `DominoToolError`. What destroys is done only when `confirmed`; else the answer says what would happen.
 */
export interface DominoAdministration {
  /**
   * Databases are named as in {@link DominoTools}: a path of the home server, or `SERVER!!PATH`. Readers items and ACLs are asked about the servers.
   * Throws `refused` when the two are no replicas of each other.
   */
  replicate(request: ReplicationRequest): readonly ReplicationRow[];
  /** A new replica at another path or on another server, filled from the database. */
  createReplica(database: string, path: string): ReplicationRow;
  showReplication(database: string): ReplicationState;
  changeReplication(database: string, changes: ReplicationChanges): ReplicationState;
  showAcl(database: string): ShownAccess;
  /** Adds or replaces an entry, or removes it where `level` is null. A database that has no ACL gets one with `-Default-` = editor, and this server as manager. */
  changeAcl(database: string, entry: AccessEntry | AccessRemoval): ShownAccess;
  listGroups(): readonly GroupRow[];
  /** No members = no group. */
  setGroup(group: string, members: readonly string[]): readonly GroupRow[];
  /** A copy of the database as it is now; refused when the file is there. */
  backUp(database: string, out: string): BackupRow;
  restore(database: string, file: string, confirmed: boolean): RestoreRow;
  purge(database: string, confirmed: boolean): PurgeRow;
  /** Softly deleted notes of a database. */
  listSoftDeleted(database: string): readonly { readonly unid: string; readonly deletedAt: string }[];
  undelete(database: string, unid: string): SavedNote;
  paste(request: PasteRequest): SavedNote;
  move(database: string, path: string): { readonly database: string; readonly from: string };
}

export interface ReplicationRequest {
  readonly database: string;
  readonly with: string;
  /** Seen from `database`. */
  readonly direction: 'both' | 'pull' | 'push';
  /** The connection breaks after so many notes and stubs, in each direction; null = it does not. */
  readonly cutAfter: number | null;
}

/** One direction. Numbers are notes and stubs. */
export interface ReplicationRow {
  readonly from: string;
  readonly to: string;
  /** False: it was cut off. */
  readonly completed: boolean;
  /** The histories did not agree: everything was looked at. */
  readonly full: boolean;
  readonly added: number;
  readonly updated: number;
  readonly deleted: number;
  readonly merged: number;
  readonly conflicts: number;
  readonly kept: number;
  readonly refused: number;
  readonly leftOut: number;
  readonly hidden: number;
}

export interface ReplicationState {
  readonly database: string;
  readonly replicaId: string;
  readonly purgeIntervalDays: number;
  readonly pirc: boolean;
  readonly removesOldDocuments: boolean;
  readonly keepsDeletions: boolean;
  readonly ignoresDeletions: boolean;
  /** Null = all. */
  readonly forms: readonly string[] | null;
  readonly cutoff: string | null;
  readonly softDeleteHours: number | null;
  readonly history: readonly { readonly partner: string; readonly direction: string; readonly at: string }[];
}

export interface ReplicationChanges {
  readonly purgeIntervalDays?: number;
  readonly pirc?: boolean;
  readonly removesOldDocuments?: boolean;
  readonly keepsDeletions?: boolean;
  readonly ignoresDeletions?: boolean;
  /** Notes of other forms go at once, without stubs. */
  readonly forms?: readonly string[] | null;
  /** Milliseconds since 1970 UTC. */
  readonly cutoff?: number | null;
  readonly softDeleteHours?: number | null;
  readonly clearHistory?: boolean;
}

export interface AccessEntry {
  readonly name: string;
  readonly level: string;
  readonly creates: boolean;
  readonly deletes: boolean;
  /** Without brackets; new ones become roles of the database. */
  readonly roles: readonly string[];
}

export interface AccessRemoval {
  readonly name: string;
  readonly level: null;
}

export interface ShownAccess {
  readonly database: string;
  /** False: every identity has its own level here. */
  readonly hasAcl: boolean;
  readonly roles: readonly string[];
  readonly entries: readonly (AccessEntry & { readonly kind: string })[];
}

export interface GroupRow {
  readonly group: string;
  readonly members: readonly string[];
}

export interface BackupRow {
  readonly database: string;
  readonly file: string;
  readonly notes: number;
}

export interface RestoreRow {
  readonly database: string;
  readonly file: string;
  readonly done: boolean;
  /** In the database now, or before it was replaced. */
  readonly notesBefore: number;
  readonly notesInBackup: number;
  /** Notes that are not in the backup, or newer than there. They are lost. */
  readonly notesLost: number;
}

export interface PurgeRow {
  readonly database: string;
  readonly done: boolean;
  readonly before: string;
  readonly stubs: number;
  readonly documents: number;
}

export interface PasteRequest {
  readonly database: string;
  readonly unid: string;
  /** Null = the same database. */
  readonly into: string | null;
  readonly under: string | null;
  readonly cut: boolean;
  readonly as: string | null;
}

export interface SavedNote {
  readonly database: string;
  readonly unid: string;
  readonly sequence: number;
  readonly modified: string;
  readonly by: string;
}
