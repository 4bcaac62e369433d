import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { previewSchema } from '../../../http/ops/watch-schema.ts';
import { me } from '../api.ts';
import { number, when } from '../format.ts';
import { overview } from '../live.ts';
import { Show, useLoad, Void } from '../parts/load.tsx';
import { useOperation } from '../parts/operation.tsx';
import { eventsInWords } from '../parts/preview-list.tsx';
import { ReasonDialog } from '../parts/reason.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { entityName, fewOf, short } from '../names.ts';
import { href } from '../router.ts';
import { fill, say, t } from '../words.ts';

type Preview = z.infer<typeof previewSchema>;
const PAGE = 200;

/** What a run would do, document by document; where the link waits for it, the place to decide. */
export function PreviewPage({ id }: { readonly id: string }) {
  const stamp = overview.value?.attention.map((item) => `${item.previewId} ${item.askedBy}`).join();
  const preview = useLoad<Preview>(`/previews/${encodeURIComponent(id)}`, stamp);
  const [count, setCount] = useState(PAGE);
  return (
    <Show of={preview}>
      {(list) => (
        <>
          <Title
            text={fill(t().listOf, { lane: say('lane', list.lane) })}
            sub={
              <>
                <a href={href(`/links/${list.linkId}`)}>{list.linkId}</a> · {when(list.at)} ·{' '}
                {eventsInWords(list.events)}
              </>
            }
          />
          {list.decidedBy !== null && (
            <p class="notice ok">
              {list.decidedBy}, {when(list.decidedAt)}: {list.reason}
            </p>
          )}
          <Decide list={list} onDone={preview.reload} />
          <Panel title={t().documents} aside={<span class="quiet">{number(list.entries.length)}</span>}>
            {list.entries.length === 0 ? (
              <Void title={t().previewEmpty} />
            ) : (
              <Entries entries={list.entries.slice(0, count)} />
            )}
            {list.entries.length > count && (
              <div class="body">
                <button type="button" class="button" onClick={() => setCount(count + PAGE)}>
                  {t().loadMore} ({number(list.entries.length - count)})
                </button>
              </div>
            )}
          </Panel>
        </>
      )}
    </Show>
  );
}

/** Its dialog says how it went until the person closes it, also when the list that came meanwhile is decided. */
function Decide({ list, onDone }: { readonly list: Preview; readonly onDone: () => void }) {
  const brake = list.lane === 'deletes' || list.lane === 'updates';
  const [open, setOpen] = useState(false);
  const release = useOperation<unknown>('release-brake', onDone);
  const accept = useOperation<unknown>('sync-once', onDone);
  if (list.lane === 'manual' || me.value?.role === 'auditor') return null;
  if (!brake && me.value?.role !== 'operator') return null;
  const waits = list.decidedBy === null;
  if (!waits && !open) return null;
  const second = list.askedBy !== null && list.askedBy !== me.value?.name;
  const text = !brake ? t().approve : second ? t().releaseConfirm : t().release;
  return (
    <div class="stack">
      {waits && list.askedBy !== null && <p class="notice warn">{fill(t().asked, { name: list.askedBy })}</p>}
      {waits && (list.askedBy === null || second) && (
        <div>
          <button type="button" class="button danger main" onClick={() => setOpen(true)}>
            {text}
          </button>
        </div>
      )}
      {open && brake && (
        <ReasonDialog
          title={`${text} ${list.linkId}: ${say('lane', list.lane)}`}
          help={me.value?.fourEyes ? `${t().releaseHelp} ${t().fourEyes}` : t().releaseHelp}
          action={text}
          danger
          operation={release}
          args={({ reason }) => ({ link: list.linkId, lane: list.lane, reason })}
          said={() => t().released}
          onClose={() => {
            setOpen(false);
            onDone();
          }}
        >
          <p class="strong">{eventsInWords(list.events)}</p>
        </ReasonDialog>
      )}
      {open && !brake && (
        <ReasonDialog
          title={text}
          help={t().releaseHelp}
          action={text}
          danger
          operation={accept}
          args={() => ({ link: list.linkId, acceptPreview: list.id })}
          said={() => t().approved}
          onClose={() => setOpen(false)}
        >
          <p class="strong">{eventsInWords(list.events)}</p>
        </ReasonDialog>
      )}
    </div>
  );
}

function Entries({ entries }: { readonly entries: Preview['entries'] }) {
  return (
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{t().document}</th>
            <th scope="col">{t().what}</th>
            <th scope="col">{t().fields}</th>
            <th scope="col">{t().rule}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={`${entry.pairId} ${entry.event}`}>
              <th scope="row">
                <a href={href(`/documents/${entry.pairId}`)}>{entityName(entry.entity)}</a>
                <div class="small quiet mono">{short(entry.unid ?? entry.recordId)}</div>
              </th>
              <td data-label={t().what}>{say('event', entry.event)}</td>
              <td data-label={t().fields} class="small mono">
                {fewOf(entry.fields)}
              </td>
              <td data-label={t().rule} class="small mono">
                {entry.rule}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
