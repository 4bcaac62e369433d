import type { Scalar } from './values.ts';

/** A mapping as the engine uses it: which form becomes which entity, item by item. Pure data; read from YAML by config/. */
export interface Mapping {
  readonly form: string;
  readonly entity: string;
  /** Changes whenever the meaning of a canonical value could change: `<declared version>.<canonical form version>`. */
  readonly version: string;
  readonly title: { readonly vi: string; readonly en: string };
  /** Field that holds the business key; its value is unique among live records of the entity. */
  readonly key: string;
  readonly gate: GateRule;
  /** Who may bring a new document of this form into being. */
  readonly creates: 'notes' | 'handbook' | 'both';
  /** What a deletion in the handbook does in Notes; `soft` writes `softDelete`. */
  readonly handbookDelete: 'refuse' | 'soft' | 'hard';
  readonly softDelete?: { readonly item: string; readonly value: Scalar };
  /** Changed in one side, deleted in the other: `keep-edit` brings the record back, `notes-compatible` lets the deletion win. */
  readonly editAgainstDelete: 'keep-edit' | 'notes-compatible';
  /** The operator accepts that a Notes save within the write window can be lost (docs/decisions.md). */
  readonly acceptRace: boolean;
  readonly fields: readonly FieldMapping[];
}

export interface GateRule {
  /** Forms that never cross, whatever their marks. */
  readonly denied: boolean;
  readonly classification: { readonly item: string; readonly open: readonly string[] };
  readonly release: { readonly item: string; readonly marks: readonly string[] };
  /** The note crosses only while the record whose business key this field names is released. */
  readonly parent?: { readonly field: string; readonly entity: string };
}

export type FieldType =
  | 'text'
  | 'number'
  | 'boolean'
  /** `YYYY-MM-DD`. */
  | 'date'
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a text item as people typed it, or a date-only item. */
  | 'partialDate'
  /** `YYYY-MM-DDTHH:MM:SS.ccZ`. */
  | 'instant'
  /** Ordered text values. */
  | 'list'
  /** Text values whose order means nothing. */
  | 'set'
  /** Canonical Notes names, ordered. */
  | 'names'
  /** Business key of another record. */
  | 'reference'
  | 'richText'
  | 'attachments';

export type ConflictPolicy = 'notes-wins' | 'handbook-wins' | 'manual' | 'union' | 'max' | 'min';

export interface FieldMapping {
  readonly item: string;
  readonly field: string;
  readonly type: FieldType;
  /** `pull`: Notes → handbook only; `push`: handbook → Notes only; `both`. */
  readonly direction: 'pull' | 'push' | 'both';
  /** Whose people edit this item. */
  readonly writer: 'notes' | 'handbook' | 'both';
  readonly conflict: ConflictPolicy;
  /** How an empty value is written to Notes: an empty text, or no item at all. */
  readonly clear: 'empty' | 'delete';
  /** Written outside the summary; required for text that may exceed 32 KB. */
  readonly nonsummary: boolean;
  readonly check: FieldCheck;
  /** Texts that mean true / false for `boolean`. */
  readonly truth?: { readonly yes: Scalar; readonly no: Scalar };
  /** Entity that a `reference` names. */
  readonly entity?: string;
}

/** Validation of the canonical value; every part optional, all must hold. */
export interface FieldCheck {
  readonly required?: boolean;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly oneOf?: readonly Scalar[];
  /** Of attachments: bytes of each file, how many there may be, and the extensions that are allowed (lower case, without the dot). */
  readonly maxBytes?: number;
  readonly maxFiles?: number;
  readonly extensions?: readonly string[];
}
