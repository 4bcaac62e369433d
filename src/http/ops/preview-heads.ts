import type { PreviewRow } from '../../../connectors/postgres/port.ts';
import type { ReleaseRequest } from '../../../connectors/postgres/watch-port.ts';
import type { z } from 'zod';
import type { previewHead } from './watch-schema.ts';

/** A preview without its entries, those counted by event. */
export function headOf(row: PreviewRow, requests: readonly ReleaseRequest[]): z.infer<typeof previewHead> {
  const events: Record<string, number> = {};
  for (const { event } of row.entries) events[event] = (events[event] ?? 0) + 1;
  return {
    id: row.id,
    linkId: row.linkId,
    at: row.at,
    lane: row.lane,
    events,
    decidedBy: row.decidedBy,
    decidedAt: row.decidedAt,
    reason: row.reason,
    askedBy: requests.find((request) => request.previewId === row.id)?.askedBy ?? null,
  };
}
