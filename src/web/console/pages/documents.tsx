import { useEffect, useState } from 'preact/hooks';
import { DOCUMENT_STATES, type DocumentHead } from '../../../../connectors/postgres/watch-port.ts';
import { get } from '../api.ts';
import { DocumentTable } from '../parts/document-table.tsx';
import { apiQuery, Choice, LinkChoice } from '../parts/filters.tsx';
import { Failure, Show, useLoad, Void } from '../parts/load.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { go, href, query } from '../router.ts';
import { fill, say, t } from '../words.ts';

interface Page {
  readonly documents: readonly DocumentHead[];
  readonly next: string | null;
}

export function Documents() {
  const searched = query.value.get('q');
  return !searched ? <Listed /> : <Found key={searched} searched={searched} />;
}

function Found({ searched }: { readonly searched: string }) {
  const found = useLoad<Pick<Page, 'documents'>>(`/document-search?q=${encodeURIComponent(searched)}`);
  const only = found.data?.documents.length === 1 ? found.data.documents[0] : undefined;
  useEffect(() => {
    if (only) go(href(`/documents/${only.pairId}`), 'replace');
  }, [only]);
  return (
    <>
      <Title text={fill(t().searchResults, { query: searched })} sub={t().searchHint} />
      <Panel title={t().documents}>
        <Show of={found}>
          {({ documents }) =>
            documents.length === 0 ? (
              <Void title={fill(t().noResults, { query: searched })} />
            ) : (
              <DocumentTable documents={documents} />
            )
          }
        </Show>
      </Panel>
    </>
  );
}

function Listed() {
  const asked = apiQuery(['link', 'state', 'reason']);
  const first = useLoad<Page>(`/documents?${asked}`);
  const [more, setMore] = useState<Page | null>(null);
  const [failure, setFailure] = useState<Error | null>(null);
  useEffect(() => setMore(null), [asked]);
  const next = more === null ? first.data?.next : more.next;
  const documents = [...(first.data?.documents ?? []), ...(more?.documents ?? [])];
  const load = async () => {
    try {
      const page = await get<Page>(
        `/documents?${apiQuery(['link', 'state', 'reason'], { after: next ?? null })}`,
      );
      setMore({ documents: [...(more?.documents ?? []), ...page.documents], next: page.next });
    } catch (error) {
      setFailure(error as Error);
    }
  };
  const reason = query.value.get('reason');
  return (
    <>
      <Title text={t().documents} sub={t().searchHint} />
      <div class="filters">
        <LinkChoice />
        <Choice
          name="state"
          label={t().status}
          options={[['', t().all], ...DOCUMENT_STATES.map((state) => [state, say('state', state)] as const)]}
        />
        {reason !== null && (
          <Choice
            name="reason"
            label={t().reason}
            options={[
              ['', t().all],
              [reason, say('reason', reason)],
            ]}
          />
        )}
      </div>
      <Panel title={t().documents}>
        <Show of={first}>
          {() =>
            documents.length === 0 ? (
              <Void title={t().noDocuments} />
            ) : (
              <DocumentTable documents={documents} />
            )
          }
        </Show>
        {failure && <Failure error={failure} />}
        {next && (
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
