export type Side = 'notes' | 'handbook';
export type Shown = string | number | null;

/** A value that a person brought into being, and what they saw in its place. `element`: it is one of a set. */
export interface UserWrite {
  readonly side: Side;
  /** UNID of a note, or id of a record. */
  readonly doc: string;
  readonly field: string;
  readonly value: Shown;
  readonly saw: Shown;
  readonly element: boolean;
  readonly step: number;
  /** The person was told that it did not go in. */
  readonly told: boolean;
  /** Sealed, because the record was withdrawn when it was sent. */
  readonly sealed?: boolean;
  /** What was taken out or written over had come from the bridge, which had not looked since ([ME6], [IN2]). */
  readonly unseen?: boolean;
}

/** A deletion by a person, who saw all that stood there. */
export interface UserDelete {
  readonly side: Side;
  readonly doc: string;
  readonly saw: ReadonlySet<Shown>;
  readonly step: number;
}

/** What a write of the bridge replaced, and when it had last looked. */
export interface BridgeWrite {
  readonly unid: string;
  readonly kind: 'create' | 'update' | 'delete';
  readonly items: readonly string[];
  readonly recordId: string | null;
  readonly lookedAt: number;
  readonly step: number;
}

/** What people did, as they would tell it; knows nothing of how the bridge decides. */
export class Ledger {
  readonly writes: UserWrite[] = [];
  readonly removals: UserWrite[] = [];
  readonly deletes: UserDelete[] = [];
  readonly bridgeWrites: BridgeWrite[] = [];
  /** Every value that was ever durable in a conflict row: one text. */
  kept = '';
  readonly confirmedDeleted = new Set<string>();
  readonly copies = new Set<string>();
  /** What stood in a note when it was copied: whoever reads it in the one does not have it from the other. */
  readonly copiedTexts = new Set<string>();
  /** By UNID, every record that it was ever bound to: a note that becomes another document is let go ([MC7]). */
  readonly bonds = new Map<string, Set<string>>();
  /** Notes that came back after a deletion, by a person's doing. */
  readonly returned = new Set<string>();
  /** Notes whose form a person changed. */
  readonly otherForm = new Set<string>();
  readonly everReleased = new Set<string>();
  /** Instants (ms) at which a person released a brake or approved a first run. */
  readonly releases: number[] = [];
  /** Deletions and hidings that the bridge carried out, by document; when (ms). */
  readonly bridgeDeletes = new Map<string, number>();
  /** Records that were ever withdrawn. */
  readonly withdrawn = new Set<string>();
  clockWentBack = false;
  documentedLosses = 0;

  deletedBy(side: Side, doc: string): UserDelete | undefined {
    return this.deletes.find((one) => one.side === side && one.doc === doc);
  }
}
