import type { Condition } from './conditions.ts';

/** What is remembered of one trouble. Instants in ms. */
export interface AlertState {
  readonly key: string;
  readonly title: string;
  readonly since: number;
  /** Last time that each channel was told; a channel that was not is absent. */
  readonly told: Readonly<Record<string, number>>;
}

export interface AlertMessage {
  readonly channel: string;
  readonly kind: 'begins' | 'lasts' | 'over';
  readonly key: string;
  readonly severity: Condition['severity'] | 'info';
  readonly title: string;
  readonly todo: string;
  readonly since: number;
}

export interface AlertRules {
  readonly channels: readonly string[];
  /** A trouble that lasts is told again after so long. */
  readonly repeatMs: number;
  /** Only what is critical is told now. */
  readonly quiet: boolean;
}

/**
 * What is to be told to whom, and what is to be remembered once it was. A trouble is told once, again after `repeatMs`, and once more when it is over, to
 * those who heard that it began. In quiet hours all but critical ones wait; what began and ended within them is told to nobody.
 */
export function decideAlerts(
  conditions: readonly Condition[],
  states: readonly AlertState[],
  now: number,
  { channels, repeatMs, quiet }: AlertRules,
): {
  readonly messages: readonly AlertMessage[];
  readonly kept: readonly AlertState[];
  readonly over: readonly AlertState[];
} {
  const messages: AlertMessage[] = [];
  const kept = conditions.map((condition): AlertState => {
    const before = states.find((state) => state.key === condition.key);
    const state = {
      key: condition.key,
      title: condition.title,
      since: before?.since ?? now,
      told: before?.told ?? {},
    };
    const due = now - state.since >= condition.afterMs && !(quiet && condition.severity !== 'critical');
    for (const channel of due ? channels : []) {
      const last = state.told[channel];
      if (last !== undefined && now - last < repeatMs) continue;
      const { key, severity, title, todo } = condition;
      messages.push({
        channel,
        kind: last === undefined ? 'begins' : 'lasts',
        key,
        severity,
        title,
        todo,
        since: state.since,
      });
    }
    return state;
  });
  const over = states.filter((state) => !conditions.some(({ key }) => key === state.key));
  for (const { key, title, since, told } of over)
    for (const channel of channels)
      if (told[channel] !== undefined)
        messages.push({ channel, kind: 'over', key, severity: 'info', title, todo: '', since });
  return { messages, kept, over };
}

/** Whether it is now between two times of day; `from` later than `to` goes over midnight. */
export function isQuiet(
  now: number,
  hours: { readonly from: string; readonly to: string; readonly timeZone: string } | null,
): boolean {
  if (hours === null) return false;
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: hours.timeZone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  }).format(now);
  return hours.from <= hours.to
    ? time >= hours.from && time < hours.to
    : time >= hours.from || time < hours.to;
}
