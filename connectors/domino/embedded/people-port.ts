import type { Items } from '../../../src/sync/note.ts';

/**
 * Port: what people and agents do on the embedded Domino that a single edit does not show. Everything is durable when it returns, held documents too. What cannot be
 * done is a `DominoToolError`.
 */
export interface DominoPeople {
  /** Without `confirmed` nothing is saved: the answer counts. */
  runAgent(request: AgentRequest): AgentRow;
  /** Keeps the document as it is now, as an open window would. Replaces what the same person held of it before. */
  hold(database: string, unid: string, as: string | null): HeldRow;
  listHeld(): readonly HeldRow[];
  /** The window is closed with it. */
  saveHeld(request: HeldSave): HeldOutcome;
  /** Closes the window without saving. */
  closeHeld(database: string, unid: string, as: string | null): HeldRow;
}

export type AgentTask =
  /** No items: every note is saved as it is. */
  | { readonly kind: 'stamp'; readonly items: Items }
  /** Added to what the note has. */
  | { readonly kind: 'categorise'; readonly categories: readonly string[] }
  /** `to` null takes the item Form away. */
  | { readonly kind: 'form'; readonly from: string; readonly to: string | null }
  | { readonly kind: 'retype'; readonly item: string; readonly how: Retyping }
  | { readonly kind: 'resave'; readonly item: string };

export const RETYPINGS = ['to-text', 'to-number', 'to-list', 'to-single', 'trailing-blank'] as const;
/** What designers and people do to the type of an item without meaning to change its value. */
export type Retyping = (typeof RETYPINGS)[number];

export interface AgentRequest {
  readonly database: string;
  readonly task: AgentTask;
  /** Null = notes of every form, and without one. */
  readonly forms: readonly string[] | null;
  /** The signer; null = the server. */
  readonly as: string | null;
  readonly confirmed: boolean;
}

export interface AgentRow {
  readonly database: string;
  readonly done: boolean;
  /** Notes that the agent saves, or would save. */
  readonly notes: number;
  /** All notes of the database. */
  readonly total: number;
  readonly by: string;
}

export interface HeldRow {
  readonly database: string;
  readonly unid: string;
  readonly by: string;
  /** The version that was opened. */
  readonly sequence: number;
  readonly since: string;
}

export interface HeldSave {
  readonly database: string;
  readonly unid: string;
  readonly as: string | null;
  readonly items: Items;
  readonly removed: readonly string[];
  /** What the person says when Notes asks whether to keep their changes as a save conflict. */
  readonly givesUp: boolean;
}

export interface HeldOutcome {
  readonly database: string;
  readonly outcome: 'saved' | 'save-conflict' | 'given-up' | 'recreated';
  /** The note that holds the edits now: the conflict note where there is one; null = nothing does. */
  readonly unid: string | null;
  readonly by: string;
}
