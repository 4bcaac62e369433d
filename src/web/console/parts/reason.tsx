import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { fill, t } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { OperationState, type Operation } from './operation.tsx';

/** Asks for what a decision needs (a reason, a name typed once more) and carries it out. Stays open until the person has read the outcome. */
export function ReasonDialog<T>(props: {
  readonly title: string;
  readonly help: string;
  readonly action: string;
  readonly danger?: boolean;
  /** To be typed exactly. */
  readonly confirm?: string;
  readonly operation: Operation<T>;
  readonly args: (given: { readonly reason: string; readonly confirm: string }) => object;
  readonly said?: (result: T) => ComponentChildren;
  readonly onClose: () => void;
  readonly children?: ComponentChildren;
}) {
  const [reason, setReason] = useState('');
  const [confirm, setConfirm] = useState('');
  const { operation } = props;
  const ended = operation.result !== null || operation.error?.details['fourEyes'] === true;
  const ready = reason.trim().length >= 3 && (props.confirm === undefined || confirm === props.confirm);
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <p>{props.help}</p>
      {props.children}
      {!ended && (
        <>
          <label class="field">
            {t().reason}
            <input
              value={reason}
              onInput={(event) => setReason(event.currentTarget.value)}
              maxLength={300}
              required
            />
            <span class="small quiet">{t().reasonHelp}</span>
          </label>
          {props.confirm !== undefined && (
            <label class="field">
              {fill(t().resyncType, { link: props.confirm })}
              <input
                value={confirm}
                autocomplete="off"
                onInput={(event) => setConfirm(event.currentTarget.value)}
              />
            </label>
          )}
        </>
      )}
      {operation.error?.details['fourEyes'] === true ? (
        <p class="notice warn" role="status">
          {t().askedNow}
        </p>
      ) : (
        <OperationState of={operation}>{props.said ?? (() => t().doneGeneric)}</OperationState>
      )}
      <div class="end">
        <button type="button" class="button" onClick={props.onClose}>
          {ended ? t().close : t().cancel}
        </button>
        {!ended && (
          <button
            type="button"
            class={`button main ${props.danger ? 'danger' : ''}`}
            disabled={!ready || operation.running}
            onClick={() => void operation.start(props.args({ reason: reason.trim(), confirm }))}
          >
            {props.action}
          </button>
        )}
      </div>
    </Dialog>
  );
}
