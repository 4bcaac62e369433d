import { createHash } from 'node:crypto';
import { HandbookError } from '../../../connectors/handbook/port.ts';
import type { ReaderFeedPage, ReadersHandbook } from '../../../connectors/handbook/readers-port.ts';
import type { ClaimedWebhook, Webhooks } from '../../../connectors/handbook/webhooks-port.ts';
import type { SendOutcome, WebhookSender } from '../../../connectors/webhooks/port.ts';
import { dayInVietnam } from '../day-in-vietnam.ts';
import { signDelivery } from './sign-delivery.ts';

export interface DeliveryDeps {
  readonly webhooks: Webhooks;
  readonly readers: Pick<ReadersHandbook, 'rights' | 'feed'>;
  readonly sender: Pick<WebhookSender, 'post'>;
  readonly clock: { now(): number };
}

/** Failures in a row after which nothing is sent any more until an operator says so: by the queue's waiting, about three hours. */
export const DEAD_AFTER = 12;
const PAGE = 100;
/** Longer than the pages and their time-outs of one run together take. */
const LEASE_MS = 10 * 60_000;
const RUN_MS = 30_000;

export type DeliveryRun =
  | { readonly kind: 'done'; readonly delivered: number; readonly more: boolean }
  /** Paused, dead, gone, or somebody else is at it. */
  | { readonly kind: 'not-due' }
  /** `dead`: given up. */
  | { readonly kind: 'failed'; readonly code: string; readonly dead: boolean };

/**
 * Sends what its account may see and what came after its place, in the feed's order, until there is nothing more or the time is over. The place moves
 * only after a 2xx, so a delivery may come twice (with the same id) and none is skipped.
 */
export async function deliverWebhook(
  deps: DeliveryDeps,
  id: string,
  signal: AbortSignal,
): Promise<DeliveryRun> {
  const { webhooks, clock } = deps;
  const begun = clock.now();
  const claimed = await webhooks.claim(id, begun, LEASE_MS);
  if (claimed === null) return { kind: 'not-due' };
  try {
    let delivered = 0;
    for (let place = claimed; ; ) {
      const step = await deliverPage(deps, place, signal);
      if (step.kind === 'failed') {
        const deadAfter = step.gone ? 1 : DEAD_AFTER;
        const failed = await webhooks.fail(claimed, { code: step.code, now: clock.now(), deadAfter });
        if (!failed) return { kind: 'not-due' };
        const dead = (await webhooks.find(id))?.state === 'dead';
        return { kind: 'failed', code: step.code, dead };
      }
      const { cursor } = step;
      // A place of its own for nothing new would be a write for each look.
      const moved = step.sent || step.more || place.cursor === null || step.skipped;
      if (moved && !(await webhooks.advance(claimed, { cursor, delivered: step.sent, now: clock.now() })))
        return { kind: 'not-due' };
      delivered += step.sent ? 1 : 0;
      if (moved) place = { ...place, cursor };
      if (!step.more || signal.aborted || clock.now() - begun > RUN_MS)
        return { kind: 'done', delivered, more: step.more };
    }
  } finally {
    await webhooks.release(claimed);
  }
}

type Step =
  | {
      readonly kind: 'sent';
      readonly cursor: string | null;
      readonly sent: boolean;
      readonly skipped: boolean;
      readonly more: boolean;
    }
  | { readonly kind: 'failed'; readonly code: string; readonly gone: boolean };

async function deliverPage(
  { readers, sender, clock }: DeliveryDeps,
  webhook: ClaimedWebhook,
  signal: AbortSignal,
): Promise<Step> {
  const viewer = {
    accountId: webhook.accountId,
    role: 'app',
    memberKey: null,
    organisationCode: null,
  } as const;
  const rights = await readers.rights(viewer, dayInVietnam(clock.now()));
  if (rights === null) return { kind: 'failed', code: 'inactive', gone: false };
  const page = await readers.feed(rights, webhook.cursor, PAGE).catch((error: unknown) => {
    if (error instanceof HandbookError && error.code === 'bad-request') return null;
    throw error;
  });
  // An operator's replay named a cursor that was never given out.
  if (page === null) return { kind: 'failed', code: 'bad-cursor', gone: true };
  const body = bodyOf(webhook, page);
  const cursor = page.kind === 'resync' ? null : page.cursor;
  const more = page.kind === 'resync' || page.more;
  if (body === null)
    return {
      kind: 'sent',
      cursor,
      sent: false,
      skipped: page.kind === 'changes' && page.changes.length > 0,
      more,
    };
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'user-agent': 'party-member-bridge' };
  const signed = signDelivery(deliveryId(webhook, body.changes), text, webhook.keys, clock.now());
  const outcome = await sender.post(webhook.url, { ...headers, ...signed }, text, signal);
  const failure = failureOf(outcome);
  return failure ?? { kind: 'sent', cursor, sent: true, skipped: false, more };
}

/** What is sent; null when the filter leaves nothing. */
function bodyOf({ id, entities, content, cursor }: ClaimedWebhook, page: ReaderFeedPage) {
  const head = { webhook: id, since: cursor };
  if (page.kind === 'resync') {
    return { ...head, epochChanged: true, reason: page.reason, cursor: null, changes: [] };
  }
  const changes = page.changes
    .filter(
      (change) =>
        entities === null ||
        entities.includes(change.kind === 'changed' ? change.record.entity : change.entity),
    )
    .map((change) => {
      if (change.kind === 'removed') return change;
      const { recordId, entity, key, version, fields } = change.record;
      if (content === 'ids') return { kind: change.kind, recordId, entity, version };
      return { kind: change.kind, record: { recordId, entity, key, version, fields } };
    });
  return changes.length === 0 ? null : { ...head, epochChanged: false, cursor: page.cursor, changes };
}

/** The same for the same changes, so that a receiver knows one that comes again; another one after an operator's replay. */
function deliveryId({ id, replays, cursor }: ClaimedWebhook, changes: unknown): string {
  const seen = JSON.stringify([
    id,
    replays,
    changes,
    Array.isArray(changes) && changes.length === 0 ? cursor : null,
  ]);
  return `msg_${createHash('sha256').update(seen).digest('base64url')}`;
}

/** 410: the receiver wants no more, as the specification says. */
function failureOf(outcome: SendOutcome): Extract<Step, { kind: 'failed' }> | null {
  if (outcome.kind === 'failed') return { kind: 'failed', code: outcome.code, gone: false };
  if (outcome.status >= 200 && outcome.status < 300) return null;
  return { kind: 'failed', code: `status-${outcome.status}`, gone: outcome.status === 410 };
}
