import { useState } from 'preact/hooks';
import type { ResolvedByRule } from '../../../operations/conflicts-resolve-rule.ts';
import { number, value } from '../format.ts';
import { entityName, itemName } from '../names.ts';
import { fill, t } from '../words.ts';
import { Dialog } from './dialog.tsx';
import { OperationState, useOperation } from './operation.tsx';

/** One choice for many conflicts: the list first, then exactly that list. */
export function BulkResolve(props: {
  readonly filter: Readonly<Record<'link' | 'entity' | 'field', string | null>>;
  readonly onClose: () => void;
}) {
  const [choose, setChoose] = useState<'notes' | 'handbook'>('notes');
  const [reason, setReason] = useState('');
  const [list, setList] = useState<ResolvedByRule | null>(null);
  const resolve = useOperation<ResolvedByRule>('conflicts-resolve-rule');
  const args = {
    ...Object.fromEntries(Object.entries(props.filter).filter(([, given]) => given)),
    choose,
    reason: reason.trim(),
  };
  const done = resolve.result?.done === true;
  return (
    <Dialog title={t().bulk} onClose={props.onClose}>
      <p>{t().bulkHelp}</p>
      <div class="segments" role="group" aria-label={t().choose}>
        {(['notes', 'handbook'] as const).map((side) => (
          <button
            type="button"
            key={side}
            aria-pressed={choose === side}
            disabled={done}
            onClick={() => {
              setChoose(side);
              setList(null);
            }}
          >
            {side === 'notes' ? t().takeNotes : t().takeHandbook}
          </button>
        ))}
      </div>
      <label class="field">
        {t().reason}
        <input value={reason} maxLength={300} onInput={(event) => setReason(event.currentTarget.value)} />
        <span class="small quiet">{t().reasonHelp}</span>
      </label>
      {list !== null && (
        <div
          class="scroll"
          tabIndex={0}
          role="region"
          aria-label={t().conflicts}
          style={{ maxHeight: '18rem' }}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">{t().field}</th>
                <th scope="col">{t().notes}</th>
                <th scope="col">{t().handbook}</th>
              </tr>
            </thead>
            <tbody>
              {list.conflicts.map((one) => (
                <tr key={one.id}>
                  <th scope="row">
                    {entityName(one.entity)} · {itemName(one.entity, one.field)}
                  </th>
                  <td>{value(one.notes)}</td>
                  <td>{value(one.handbook)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {resolve.running || resolve.error || done ? (
        <OperationState of={resolve}>
          {({ conflicts, left }) => (
            <>
              <p>{fill(t().bulkDone, { count: number(conflicts.length - left.length) })}</p>
              {left.length > 0 && <p>{fill(t().bulkLeft, { count: left.length })}</p>}
              {left.map((one) => (
                <p class="small" key={one.id}>
                  {one.message}
                </p>
              ))}
            </>
          )}
        </OperationState>
      ) : null}
      <div class="end">
        <button type="button" class="button" onClick={props.onClose}>
          {done ? t().close : t().cancel}
        </button>
        {!done &&
          (list === null ? (
            <button
              type="button"
              class="button main"
              disabled={reason.trim().length < 3 || resolve.running}
              onClick={() => void resolve.start(args).then(setList)}
            >
              {t().bulkPreview}
            </button>
          ) : (
            <button
              type="button"
              class="button main danger"
              disabled={resolve.running || list.conflicts.length === 0}
              onClick={() => void resolve.start({ ...args, approve: list.approve })}
            >
              {fill(t().bulkApprove, { count: number(list.conflicts.length) })}
            </button>
          ))}
      </div>
    </Dialog>
  );
}
