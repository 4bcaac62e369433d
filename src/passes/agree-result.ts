import type { ReconcileResult } from './reconcile.ts';

/** What a reconciliation under the guards came to. */
export interface AgreeResult extends Pick<ReconcileResult, 'done' | 'more' | 'waitUntil'> {
  /** Preview that a person must accept before the link does anything. */
  readonly awaiting: string | null;
}
