import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { conflictRow } from '../../../http/ops/case-schema.ts';
import { me } from '../api.ts';
import { value, when } from '../format.ts';
import { entityName, itemName } from '../names.ts';
import { href } from '../router.ts';
import { fill, say, t } from '../words.ts';
import { Badge } from './badge.tsx';
import { OperationState, useOperation } from './operation.tsx';

export type Conflict = z.infer<typeof conflictRow>;
type Side = 'notes' | 'handbook';

/** Both values beside the one they came from; a person takes one, or gives a third. What was decided can be decided anew. */
export function ConflictCard(props: { readonly conflict: Conflict; readonly onDone: () => void }) {
  const { conflict, onDone } = props;
  const resolve = useOperation<unknown>('conflict-resolve', onDone);
  const [other, setOther] = useState<string | null>(null);
  const operator = me.value?.role === 'operator' && conflict.state !== 'obsolete';
  const stands = standing(conflict);
  const take = (args: object) => void resolve.start({ id: conflict.id, ...args });
  const sides: readonly Side[] = ['notes', 'handbook'];
  return (
    <article
      class="panel"
      data-conflict={conflict.id}
      aria-label={`${entityName(conflict.entity)} ${itemName(conflict.entity, conflict.field)}`}
    >
      <header>
        <h2>
          <a href={href(`/documents/${conflict.pairId}`)}>{entityName(conflict.entity)}</a> ·{' '}
          {itemName(conflict.entity, conflict.field)}
        </h2>
        <span class="row small quiet">
          <Badge tone={conflict.state === 'open' ? 'warn' : 'ok'}>
            {say('conflictState', conflict.state)}
          </Badge>
          {say('conflictKind', conflict.kind)} · <span class="mono">{conflict.linkId}</span> ·{' '}
          {when(conflict.at)}
        </span>
      </header>
      <div class="body">
        <div class="three">
          <div class="side">
            <h3 title={t().baseHelp}>{t().base}</h3>
            <div class="what">{value(conflict.base)}</div>
          </div>
          {sides.map((side) => (
            <div class={`side ${stands === side ? 'chosen' : ''}`} key={side}>
              <h3>
                {say('side', side)} {stands === side && <span class="small quiet">({t().chosen})</span>}
              </h3>
              <div class="what">{value(conflict[side])}</div>
              {operator && stands !== side && (
                <div>
                  <button
                    type="button"
                    class={`button small ${conflict.state === 'open' ? 'main' : ''}`}
                    disabled={resolve.running}
                    title={conflict.state === 'open' ? '' : t().undoHelp}
                    onClick={() => take({ choose: side })}
                  >
                    {conflict.state === 'open' ? t().choose : `${t().undo}: ${say('side', side)}`}
                  </button>
                </div>
              )}
            </div>
          ))}
        </div>
        {conflict.closedBy !== null && (
          <p class="small quiet">
            {fill(t().decidedBy, {
              name: conflict.closedBy,
              choice: say('side', conflict.choice),
              when: when(conflict.closedAt),
            })}
          </p>
        )}
        {conflict.state === 'settled' && (
          <p class="small quiet">
            {fill(t().settledBy, {
              policy: say('policy', conflict.policy),
              winner: say('side', conflict.winner),
            })}
          </p>
        )}
        {operator && conflict.kind === 'field' && (
          <div class="row">
            {other === null ? (
              <button type="button" class="button small plain" onClick={() => setOther('')}>
                {t().chooseOther}
              </button>
            ) : (
              <form
                class="row"
                onSubmit={(event) => {
                  event.preventDefault();
                  take({ value: other });
                }}
              >
                <input
                  aria-label={t().chooseOther}
                  value={other}
                  onInput={(event) => setOther(event.currentTarget.value)}
                />
                <button type="submit" class="button small" disabled={resolve.running}>
                  {t().choose}
                </button>
              </form>
            )}
          </div>
        )}
        <OperationState of={resolve}>{() => t().resolved}</OperationState>
      </div>
    </article>
  );
}

function standing({ state, winner, choice }: Conflict): Side | null {
  if (state === 'resolved') return choice === 'notes' || choice === 'handbook' ? choice : null;
  return state === 'settled' && winner !== 'merged' ? winner : null;
}
