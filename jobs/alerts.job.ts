import * as z from 'zod';
import type { AlertBook } from '../connectors/postgres/alerts-port.ts';
import type { AlertChannel } from '../src/alerts/channels.ts';
import type { Condition } from '../src/alerts/conditions.ts';
import { type AlertState, decideAlerts, isQuiet } from '../src/alerts/decide-alerts.ts';
import type { PassLog } from '../src/passes/pass-deps.ts';

export const ALERTS_EVERY_MS = 60_000;
export const alertsJobSchema = z.strictObject({ task: z.literal('alerts') });
export type AlertsJob = z.infer<typeof alertsJobSchema>;

export interface AlertsDeps {
  readonly channels: readonly AlertChannel[];
  readonly book: AlertBook;
  readonly look: () => Promise<readonly Condition[]>;
  readonly repeatMs: number;
  readonly quietHours: { readonly from: string; readonly to: string; readonly timeZone: string } | null;
  readonly clock: { now(): number };
  readonly log: PassLog;
}

/**
 * Looks, tells, remembers. A channel that fails is asked again by the next look; a death between telling and remembering tells once more. While the
 * book itself cannot be read nobody is told by this way: that is for Prometheus, or whatever watches /health/ready.
 */
export async function runAlertsJob(deps: AlertsDeps): Promise<Readonly<Record<string, number>>> {
  const now = deps.clock.now();
  const states = await deps.book.all();
  const { messages, kept, over } = decideAlerts(await deps.look(), states, now, {
    channels: deps.channels.map(({ name }) => name),
    repeatMs: deps.repeatMs,
    quiet: isQuiet(now, deps.quietHours),
  });
  const heard = new Set<string>();
  for (const channel of deps.channels) {
    const own = messages.filter((message) => message.channel === channel.name);
    if (own.length === 0) continue;
    try {
      await channel.tell(own);
      for (const { key } of own) heard.add(`${channel.name} ${key}`);
    } catch (error) {
      deps.log.warn({ channel: channel.name, alerts: own.length, err: error }, 'an alert could not be told');
    }
  }
  const told = (state: AlertState): AlertState => ({
    ...state,
    told: {
      ...state.told,
      ...Object.fromEntries(
        deps.channels.filter(({ name }) => heard.has(`${name} ${state.key}`)).map(({ name }) => [name, now]),
      ),
    },
  });
  /** Who has not heard yet that it is over is told by the next look. */
  const stillToTell = over
    .map((state) => ({
      ...state,
      told: Object.fromEntries(
        Object.entries(state.told).filter(
          ([name]) => deps.channels.some((one) => one.name === name) && !heard.has(`${name} ${state.key}`),
        ),
      ),
    }))
    .filter((state) => Object.keys(state.told).length > 0);
  const after = [...kept.map(told), ...stillToTell];
  if (JSON.stringify(after) !== JSON.stringify(states)) await deps.book.replace(after);
  return { troubles: kept.length, told: heard.size };
}
