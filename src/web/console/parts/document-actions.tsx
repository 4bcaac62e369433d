import { useState } from 'preact/hooks';
import type { DocumentView } from '../../../operations/document-view.ts';
import { me } from '../api.ts';
import { say, t } from '../words.ts';
import { OperationState, useOperation } from './operation.tsx';
import { ReasonDialog } from './reason.tsx';

export function DocumentActions(props: { readonly seen: DocumentView; readonly onDone: () => void }) {
  const { seen, onDone } = props;
  const [confirming, setConfirming] = useState(false);
  const reread = useOperation<{ readonly status: string }>('reread-document', onDone);
  const retry = useOperation<unknown>('quarantine-retry', onDone);
  const confirm = useOperation<unknown>('confirm-deleted', onDone);
  if (me.value?.role !== 'operator' || seen.status === 'tombstone') return null;
  return (
    <div class="stack">
      <div class="row">
        <button
          type="button"
          class="button"
          disabled={reread.running}
          onClick={() => void reread.start({ pair: seen.pairId })}
        >
          {t().reread}
        </button>
        {seen.quarantine && (
          <button
            type="button"
            class="button main"
            disabled={retry.running}
            onClick={() => void retry.start({ id: seen.quarantine?.id })}
          >
            {t().retryQuarantine}
          </button>
        )}
        {seen.status === 'missing' && seen.notesSight === 'missing' && (
          <button type="button" class="button danger" onClick={() => setConfirming(true)}>
            {t().confirmDeleted}
          </button>
        )}
      </div>
      <OperationState of={reread}>{({ status }) => say('status', status)}</OperationState>
      <OperationState of={retry}>{() => t().retried}</OperationState>
      {confirming && (
        <ReasonDialog
          title={t().confirmDeleted}
          help={t().confirmDeletedHelp}
          action={t().confirmDeleted}
          danger
          operation={confirm}
          args={({ reason }) => ({ link: seen.linkId, unids: [seen.unid], reason })}
          onClose={() => setConfirming(false)}
        />
      )}
    </div>
  );
}
