import type { ComponentChildren } from 'preact';
import type { LinkHealth } from '../../../operations/link-health.ts';
import { say } from '../words.ts';
import { Icon, type IconName } from './icons.tsx';

export type Tone = 'ok' | 'warn' | 'bad' | 'info' | 'idle';

const HEALTH: Readonly<Record<LinkHealth, readonly [Tone, IconName]>> = {
  suspect: ['bad', 'alert'],
  unreachable: ['bad', 'unplugged'],
  braked: ['bad', 'brake'],
  'awaiting-approval': ['warn', 'question'],
  paused: ['idle', 'pause'],
  behind: ['warn', 'clock'],
  healthy: ['ok', 'ok'],
};

export function HealthBadge({ health }: { readonly health: LinkHealth }) {
  const [tone, icon] = HEALTH[health];
  return (
    <Badge tone={tone} icon={icon}>
      {say('health', health)}
    </Badge>
  );
}

export function Badge(props: {
  readonly tone: Tone;
  readonly icon?: IconName;
  readonly children: ComponentChildren;
}) {
  return (
    <span class={`badge ${props.tone}`}>
      {props.icon && <Icon name={props.icon} />}
      {props.children}
    </span>
  );
}

const STATUS: Readonly<Record<string, Tone>> = {
  live: 'ok',
  new: 'info',
  withheld: 'idle',
  withdrawn: 'idle',
  missing: 'warn',
  detached: 'warn',
  tombstone: 'idle',
};

export function StatusBadge({ status }: { readonly status: string }) {
  return <Badge tone={STATUS[status] ?? 'idle'}>{say('status', status)}</Badge>;
}
