import { useState } from 'preact/hooks';
import type { OverviewLink } from '../../../operations/overview.ts';
import type { PreviewAnswer } from '../../../operations/preview.ts';
import type { RepairAnswer } from '../../../operations/repair.ts';
import type { SyncOnceResult } from '../../../operations/sync-once.ts';
import type { VerifyAnswer } from '../../../operations/verify.ts';
import { me } from '../api.ts';
import { number } from '../format.ts';
import { href } from '../router.ts';
import { fill, t } from '../words.ts';
import { OperationState, useOperation } from './operation.tsx';
import { ReasonDialog } from './reason.tsx';
import { Panel } from './title.tsx';

/** What a person can do to a link. What an account may not do is not offered; the server refuses it all the same. */
export function LinkActions(props: { readonly link: OverviewLink; readonly onDone: () => void }) {
  const { link, onDone } = props;
  const own = { link: link.linkId };
  const [resyncing, setResyncing] = useState(false);
  const sync = useOperation<SyncOnceResult>('sync-once', onDone);
  const preview = useOperation<PreviewAnswer>('preview', onDone);
  const sweep = useOperation<{ readonly links: readonly { readonly fresh: number }[] }>('sweep', onDone);
  const verify = useOperation<VerifyAnswer>('verify', onDone);
  const repair = useOperation<RepairAnswer>('repair', onDone);
  const pause = useOperation<unknown>('pause', onDone);
  const resume = useOperation<unknown>('resume', onDone);
  const resync = useOperation<{ readonly documents: number }>('resync', onDone);
  const all = [sync, preview, sweep, verify, repair, pause, resume];
  const busy = all.some((one) => one.running);
  const start = (operation: (typeof all)[number], args: object) => () => {
    for (const one of all) one.clear();
    void operation.start(args);
  };
  const operator = me.value?.role === 'operator';
  return (
    <Panel title={t().actions} aside={<span class="small quiet">{t().pauseHelp}</span>}>
      <div class="body">
        <div class="row">
          {operator && (
            <>
              <Action main text={t().runNow} busy={busy} onClick={start(sync, own)} />
              <Action text={t().preview} busy={busy} onClick={start(preview, own)} />
              <Action text={t().sweep} busy={busy} onClick={start(sweep, own)} />
            </>
          )}
          <Action text={t().verify} busy={busy} onClick={start(verify, own)} />
          {operator && (
            <>
              <Action text={t().repair} busy={busy} onClick={start(repair, own)} />
              <Action
                text={link.pausedPull ? t().resumePull : t().pausePull}
                busy={busy}
                onClick={start(link.pausedPull ? resume : pause, { ...own, direction: 'pull' })}
              />
              <Action
                text={link.pausedPush ? t().resumePush : t().pausePush}
                busy={busy}
                onClick={start(link.pausedPush ? resume : pause, { ...own, direction: 'push' })}
              />
              <button type="button" class="button danger" disabled={busy} onClick={() => setResyncing(true)}>
                {t().resync}
              </button>
            </>
          )}
        </div>
        <OperationState of={sync}>
          {({ links }) => {
            const [one] = links;
            return fill(t().syncDone, {
              pulled: one?.pulled ?? 0,
              pushed: one?.pushed ?? 0,
              conflicts: one?.conflicts ?? 0,
            });
          }}
        </OperationState>
        <OperationState of={preview}>
          {({ previews: [one] }) => {
            const count = one?.entries?.length ?? 0;
            return count === 0 || !one ? (
              t().previewEmpty
            ) : (
              <a href={href(`/previews/${one.id}`)}>{fill(t().previewDone, { count: number(count) })}</a>
            );
          }}
        </OperationState>
        <OperationState of={sweep}>
          {({ links: [one] }) => fill(t().sweepDone, { fresh: one?.fresh ?? 0 })}
        </OperationState>
        <OperationState of={verify}>
          {({ compared, differences }) =>
            differences.length === 0
              ? fill(t().verifyOk, { count: number(compared) })
              : fill(t().verifyBad, { count: number(compared), bad: number(differences.length) })
          }
        </OperationState>
        <OperationState of={repair}>
          {({ repairs: [one] }) =>
            !one?.preview ? (
              t().previewEmpty
            ) : (
              <a href={href(`/previews/${one.preview}`)}>
                {fill(t().previewDone, { count: number(one.entries.length) })}
              </a>
            )
          }
        </OperationState>
        <OperationState of={pause} />
        <OperationState of={resume} />
      </div>
      {resyncing && (
        <ReasonDialog
          title={t().resync}
          help={t().resyncHelp}
          action={t().resync}
          danger
          confirm={link.linkId}
          operation={resync}
          args={({ reason, confirm }) => ({ ...own, reason, confirm })}
          said={({ documents }) => fill(t().resyncDone, { count: number(documents) })}
          onClose={() => setResyncing(false)}
        />
      )}
    </Panel>
  );
}

function Action(props: {
  readonly text: string;
  readonly busy: boolean;
  readonly main?: boolean;
  readonly onClick: () => void;
}) {
  return (
    <button
      type="button"
      class={`button ${props.main ? 'main' : ''}`}
      disabled={props.busy}
      onClick={props.onClick}
    >
      {props.text}
    </button>
  );
}
