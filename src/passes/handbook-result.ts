import type { HandbookOutcome } from '../../connectors/handbook/port.ts';

/** What the handbook answered for one pair. */
export interface HandbookResult {
  readonly outcome: HandbookOutcome;
  readonly opId: string;
}
