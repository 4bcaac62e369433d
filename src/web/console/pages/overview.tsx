import type { OverviewLink } from '../../../operations/overview.ts';
import { number, secondsSince, span, when } from '../format.ts';
import { now, overview } from '../live.ts';
import { HealthBadge } from '../parts/badge.tsx';
import { Count } from '../parts/count.tsx';
import { RunningPass } from '../parts/running.tsx';
import { SeriesCharts } from '../parts/series.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { href } from '../router.ts';
import { fill, t, titleOf } from '../words.ts';
import { NeedsPerson } from '../parts/attention.tsx';

export function OverviewPage() {
  const seen = overview.value;
  return (
    <>
      <Title text={t().overview} />
      {seen === null ? (
        <p class="void" role="status">
          {t().loading}
        </p>
      ) : (
        <>
          <Tiles links={seen.links} />
          <NeedsPerson items={seen.attention} links={seen.links} />
          <LinkTable links={seen.links} />
        </>
      )}
      <SeriesCharts linkId={null} />
    </>
  );
}

function Tiles({ links }: { readonly links: readonly OverviewLink[] }) {
  const sum = (count: (link: OverviewLink) => number) =>
    links.reduce((total, link) => total + count(link), 0);
  const healthy = links.filter((link) => link.health === 'healthy').length;
  const tiles = [
    {
      label: t().linksHealthy,
      figure: number(healthy),
      note: fill(t().ofLinks, { count: number(links.length) }),
      tone: healthy === links.length ? 'ok' : 'warn',
      to: '#links',
    },
    {
      label: t().toHandbook,
      figure: number(sum((link) => link.waitingHandbook)),
      note: t().waiting,
      tone: '',
      to: href('/documents', { state: 'waiting-handbook' }),
    },
    {
      label: t().toNotes,
      figure: number(sum((link) => link.waitingNotes)),
      note: t().waiting,
      tone: '',
      to: href('/documents', { state: 'waiting-notes' }),
    },
    tile(
      t().conflicts,
      sum((link) => link.conflicts),
      'warn',
      '/conflicts',
    ),
    tile(
      t().quarantine,
      sum((link) => link.quarantined),
      'warn',
      '/quarantine',
    ),
    tile(
      t().withheld,
      sum((link) => link.withheld + link.withdrawn),
      '',
      '/withheld',
    ),
  ];
  return (
    <section class="panel tiles" aria-label={t().overview}>
      {tiles.map(({ label, figure, note, tone, to }) => (
        <a href={to} key={label}>
          <span class="quiet small">{label}</span>
          <span class={`figure ${tone}`}>{figure}</span>
          <span class="quiet small">{note}</span>
        </a>
      ))}
    </section>
  );
}

function tile(label: string, count: number, tone: string, to: string) {
  return {
    label,
    figure: number(count),
    note: to === '/withheld' ? t().documents : t().waiting,
    tone: count > 0 ? tone : '',
    to: href(to),
  };
}

function LinkTable({ links }: { readonly links: readonly OverviewLink[] }) {
  return (
    <Panel title={t().links} id="links">
      <div class="scroll">
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{t().linkColumn}</th>
              <th scope="col">{t().stateColumn}</th>
              <th scope="col" class="number" title={t().lagHelp}>
                {t().lag}
              </th>
              <th scope="col">{t().lastSuccess}</th>
              <th scope="col" class="number">
                {t().toHandbook}
              </th>
              <th scope="col" class="number">
                {t().toNotes}
              </th>
              <th scope="col" class="number">
                {t().conflicts}
              </th>
              <th scope="col" class="number">
                {t().quarantine}
              </th>
              <th scope="col" class="number">
                {t().withheld}
              </th>
            </tr>
          </thead>
          <tbody>
            {links.map((link) => (
              <LinkRow key={link.linkId} link={link} />
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function LinkRow({ link }: { readonly link: OverviewLink }) {
  const since = link.behindSince ?? link.pulledAt;
  const own = { link: link.linkId };
  return (
    <tr>
      <th scope="row">
        <a href={href(`/links/${link.linkId}`)}>{titleOf(link.title)}</a>
        <div class="small quiet mono">{link.linkId}</div>
      </th>
      <td data-label={t().stateColumn}>
        <div class="stack">
          <span>
            <HealthBadge health={link.health} />
          </span>
          <RunningPass link={link} />
        </div>
      </td>
      <td class="number" data-label={t().lag}>
        {now.value > 0 && span(since === null ? null : secondsSince(since))}
      </td>
      <td data-label={t().lastSuccess} class="nowrap">
        {when(latest(link.pulledAt, link.pushedAt))}
      </td>
      <td class="number" data-label={t().toHandbook}>
        <Count
          of={link.waitingHandbook}
          to="/documents"
          params={{ ...own, state: 'waiting-handbook' }}
          label={t().toHandbook}
        />
      </td>
      <td class="number" data-label={t().toNotes}>
        <Count
          of={link.waitingNotes}
          to="/documents"
          params={{ ...own, state: 'waiting-notes' }}
          label={t().toNotes}
        />
      </td>
      <td class="number" data-label={t().conflicts}>
        <Count of={link.conflicts} to="/conflicts" params={own} label={t().conflicts} />
      </td>
      <td class="number" data-label={t().quarantine}>
        <Count of={link.quarantined} to="/quarantine" params={own} label={t().quarantine} />
      </td>
      <td class="number" data-label={t().withheld}>
        <Count of={link.withheld + link.withdrawn} to="/withheld" params={own} label={t().withheld} />
      </td>
    </tr>
  );
}

function latest(a: string | null, b: string | null): string | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}
