import type { OverviewLink } from '../../../operations/overview.ts';
import { number, secondsSince, span } from '../format.ts';
import { fill, say, t } from '../words.ts';

/** A pass as it goes: what it does, how far, how long still. While it brings documents across, what can still run tells what is left. */
export function RunningPass({ link }: { readonly link: OverviewLink }) {
  const pass = link.running;
  if (pass === null) return null;
  const done = pass.done ?? 0;
  const estimated = pass.estimated ?? (pass.phase === 'reconcile' ? done + link.runnable : null);
  const spent = secondsSince(pass.startedAt);
  const left = estimated !== null && done > 0 && spent > 2 ? (spent / done) * (estimated - done) : null;
  const phases: Readonly<Record<string, string>> = t().phases;
  return (
    <div class="small" data-running={pass.linkId}>
      <div>
        {fill(t().running, { kind: say('kind', pass.kind) })}{' '}
        <span class="quiet">
          {phases[pass.phase ?? ''] ?? pass.phase}{' '}
          {estimated === null
            ? number(done)
            : fill(t().progress, { done: number(done), estimated: number(estimated) })}
          {left !== null && `, ${fill(t().estimate, { time: span(left) })}`}
        </span>
      </div>
      <progress
        aria-label={say('kind', pass.kind)}
        {...(estimated === null ? {} : { value: done, max: Math.max(estimated, 1) })}
      />
    </div>
  );
}
