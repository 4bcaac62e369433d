import type { ComponentChildren } from 'preact';
import { Accounts } from './pages/accounts.tsx';
import { Brakes } from './pages/brakes.tsx';
import { Conflicts } from './pages/conflicts.tsx';
import { DocumentPage } from './pages/document.tsx';
import { Documents } from './pages/documents.tsx';
import { Journal } from './pages/journal.tsx';
import { LinkPage } from './pages/link.tsx';
import { Mappings } from './pages/mappings.tsx';
import { OverviewPage } from './pages/overview.tsx';
import { PreviewPage } from './pages/preview.tsx';
import { Quarantine } from './pages/quarantine.tsx';
import { Queues } from './pages/queues.tsx';
import { Withheld } from './pages/withheld.tsx';
import { t } from './words.ts';

const PAGES: readonly (readonly [RegExp, (id: string) => ComponentChildren])[] = [
  [/^\/$/, () => <OverviewPage />],
  [/^\/links\/([^/]+)$/, (id) => <LinkPage key={id} linkId={id} />],
  [/^\/documents$/, () => <Documents />],
  [/^\/documents\/([^/]+)$/, (id) => <DocumentPage key={id} pairId={id} />],
  [/^\/conflicts$/, () => <Conflicts />],
  [/^\/quarantine$/, () => <Quarantine />],
  [/^\/withheld$/, () => <Withheld />],
  [/^\/brakes$/, () => <Brakes />],
  [/^\/previews\/([^/]+)$/, (id) => <PreviewPage key={id} id={id} />],
  [/^\/mappings$/, () => <Mappings />],
  [/^\/journal$/, () => <Journal />],
  [/^\/queues$/, () => <Queues />],
  [/^\/accounts$/, () => <Accounts />],
];

export function pageAt(path: string): ComponentChildren {
  for (const [pattern, page] of PAGES) {
    const match = pattern.exec(path);
    if (match) return page(decodeURIComponent(match[1] ?? ''));
  }
  return <h1 tabIndex={-1}>{t().notFound}</h1>;
}
