import { useState } from 'preact/hooks';
import { me } from '../api.ts';
import { overview } from '../live.ts';
import { BulkResolve } from '../parts/bulk-resolve.tsx';
import { type Conflict, ConflictCard } from '../parts/conflict-card.tsx';
import { apiQuery, Choice, LinkChoice } from '../parts/filters.tsx';
import { Show, useLoad, Void } from '../parts/load.tsx';
import { Title } from '../parts/title.tsx';
import { entityName, itemName } from '../names.ts';
import { query } from '../router.ts';
import { say, t } from '../words.ts';

const STATES = ['open', 'settled', 'resolved', 'obsolete'] as const;
const PAGE = 20;

export function Conflicts() {
  const state = query.value.get('state') ?? 'open';
  const open = overview.value?.links.map((link) => link.conflicts).join();
  const conflicts = useLoad<{ readonly conflicts: readonly Conflict[] }>(
    `/conflicts?${apiQuery(['link'], { state: state === 'all' ? null : state, limit: '1000' })}`,
    open,
  );
  const [bulk, setBulk] = useState(false);
  const [count, setCount] = useState(PAGE);
  const entity = query.value.get('entity');
  const field = query.value.get('field');
  const all = conflicts.data?.conflicts ?? [];
  const shown = all.filter((one) => (!entity || one.entity === entity) && (!field || one.field === field));
  return (
    <>
      <Title text={t().conflicts} />
      <div class="filters">
        <LinkChoice />
        <Choice
          name="state"
          label={t().stateColumn}
          fallback="open"
          options={[
            ...STATES.map((one) => [one, say('conflictState', one)] as const),
            ['all', t().all] as const,
          ]}
        />
        <Choice
          name="entity"
          label={t().form}
          options={options(
            all.map((one) => one.entity),
            entityName,
          )}
        />
        <Choice
          name="field"
          label={t().field}
          options={options(
            all.map((one) => one.field),
            (one) => itemName(all.find(({ field }) => field === one)?.entity ?? '', one),
          )}
        />
        {me.value?.role === 'operator' && state === 'open' && shown.length > 1 && (
          <button type="button" class="button" onClick={() => setBulk(true)}>
            {t().bulk}
          </button>
        )}
      </div>
      <Show of={conflicts}>
        {() =>
          shown.length === 0 ? (
            <div class="panel">
              <Void title={t().noConflicts}>{t().noConflictsHelp}</Void>
            </div>
          ) : (
            <>
              {shown.slice(0, count).map((one) => (
                <ConflictCard key={one.id} conflict={one} onDone={conflicts.reload} />
              ))}
              {shown.length > count && (
                <div>
                  <button type="button" class="button" onClick={() => setCount(count + PAGE)}>
                    {t().loadMore} ({shown.length - count})
                  </button>
                </div>
              )}
            </>
          )
        }
      </Show>
      {bulk && (
        <BulkResolve
          filter={{ link: query.value.get('link'), entity, field }}
          onClose={() => {
            setBulk(false);
            conflicts.reload();
          }}
        />
      )}
    </>
  );
}

function options(
  values: readonly string[],
  name: (value: string) => string,
): readonly (readonly [string, string])[] {
  return [['', t().all], ...[...new Set(values)].sort().map((one) => [one, name(one)] as const)];
}
