import { useEffect, useState } from 'preact/hooks';
import type { z } from 'zod';
import type { journalRow } from '../../../http/ops/journal-schema.ts';
import type { JournalCheck } from '../../../operations/bridge.ts';
import { addressOf, get } from '../api.ts';
import { number, when } from '../format.ts';
import { apiQuery, Choice, LinkChoice, TextFilter } from '../parts/filters.tsx';
import { Show, useLoad, Void } from '../parts/load.tsx';
import { OperationState, useOperation } from '../parts/operation.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { fewOf, short } from '../names.ts';
import { href, query, setFilter } from '../router.ts';
import { fill, language, say, t } from '../words.ts';
import { viCodes } from '../words/vi.ts';

type Row = z.infer<typeof journalRow>;
interface Page {
  readonly entries: readonly Row[];
  readonly next: string | null;
}
const PAGE = '50';
const FILTERS = ['link', 'event', 'by', 'about', 'people'] as const;

/** Days as the person reads them: from its first moment, to the last of the other. */
function days(): Readonly<Record<string, string | null>> {
  const day = (name: string, add: number) => {
    const given = query.value.get(name);
    if (!given) return null;
    const date = new Date(`${given}T00:00:00`);
    if (Number.isNaN(date.getTime())) return null;
    date.setDate(date.getDate() + add);
    return date.toISOString();
  };
  return { from: day('from', 0), to: day('to', 1) };
}

export function Journal() {
  const asked = apiQuery(FILTERS, days());
  const first = useLoad<Page>(`/journal?${asked}&limit=${PAGE}`);
  const [more, setMore] = useState<Page | null>(null);
  useEffect(() => setMore(null), [asked]);
  const next = more === null ? (first.data?.next ?? null) : more.next;
  const entries = [...(first.data?.entries ?? []), ...(more?.entries ?? [])];
  const load = async () => {
    const page = await get<Page>(`/journal?${apiQuery(FILTERS, { ...days(), before: next, limit: PAGE })}`);
    setMore({ entries: [...(more?.entries ?? []), ...page.entries], next: page.next });
  };
  return (
    <>
      <Title text={t().journal} />
      <Chain />
      <div class="filters">
        <LinkChoice />
        <Choice
          name="event"
          label={t().event}
          options={[
            ['', t().all],
            ...Object.keys(viCodes.event).map((event) => [event, say('event', event)] as const),
          ]}
        />
        <TextFilter name="about" label={`${t().about}: ${t().aboutHelp}`} />
        <TextFilter name="by" label={t().by} />
        <TextFilter name="from" label={language.value === 'vi' ? 'Từ ngày' : 'From'} type="date" />
        <TextFilter name="to" label={language.value === 'vi' ? 'Đến ngày' : 'To'} type="date" />
        <label class="row">
          <input
            type="checkbox"
            checked={query.value.get('people') === 'true'}
            onChange={(event) => setFilter('people', event.currentTarget.checked ? 'true' : null)}
          />
          {t().onlyPeople}
        </label>
        <a class="button" href={addressOf(`/journal-export?${asked}`)} download>
          {t().export}
        </a>
      </div>
      <Panel title={t().journal}>
        <Show of={first}>
          {() => (entries.length === 0 ? <Void title={t().noJournal} /> : <Rows entries={entries} />)}
        </Show>
        {next !== null && (
          <div class="body">
            <button type="button" class="button" onClick={() => void load()}>
              {t().loadMore}
            </button>
          </div>
        )}
      </Panel>
    </>
  );
}

function Chain() {
  const check = useOperation<{ readonly ok: boolean; readonly links: readonly JournalCheck[] }>(
    'journal-verify',
  );
  return (
    <div class="stack">
      <div>
        <button type="button" class="button" disabled={check.running} onClick={() => void check.start({})}>
          {t().chainCheck}
        </button>
      </div>
      <OperationState of={check}>
        {({ links }) =>
          links.map((one) => (
            <p key={one.link}>
              {one.ok
                ? fill(t().chainOk, { link: one.link, rows: number(one.rows) })
                : fill(t().chainBroken, { link: one.link, at: one.brokenAt ?? 0 })}
            </p>
          ))
        }
      </OperationState>
    </div>
  );
}

function Rows({ entries }: { readonly entries: readonly Row[] }) {
  return (
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{t().when}</th>
            <th scope="col">{t().event}</th>
            <th scope="col">{t().about}</th>
            <th scope="col">{t().by}</th>
            <th scope="col">{t().fields}</th>
            <th scope="col">{t().rule}</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((row) => (
            <tr key={`${row.linkId} ${row.sequence}`}>
              <td class="nowrap">
                {when(row.at)}
                <div class="small quiet mono">
                  {row.linkId} #{row.sequence}
                </div>
              </td>
              <th scope="row">{say('event', row.event)}</th>
              <td data-label={t().about} class="small mono">
                {row.pairId === null ? (
                  t().unknown
                ) : (
                  <a href={href(`/documents/${row.pairId}`)}>
                    {short(row.unid ?? row.recordId ?? row.pairId)}
                  </a>
                )}
              </td>
              <td data-label={t().by}>
                <div>
                  {row.by ?? t().unknown}
                  {row.reason !== null && <div class="small quiet">{say('reason', row.reason)}</div>}
                </div>
              </td>
              <td data-label={t().fields} class="small mono" title={row.fields.join(', ')}>
                {fewOf(row.fields)}
              </td>
              <td data-label={t().rule} class="small mono">
                {row.rule}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
