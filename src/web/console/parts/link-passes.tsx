import type { PassRow } from '../../../../connectors/postgres/watch-port.ts';
import { bytes, number, span, when } from '../format.ts';
import { say, t } from '../words.ts';
import { Badge } from './badge.tsx';
import { Panel } from './title.tsx';

export function Passes({ passes }: { readonly passes: readonly PassRow[] }) {
  return (
    <Panel title={t().passes} aside={<span class="small quiet">{t().passesHelp}</span>}>
      {passes.length === 0 ? (
        <p class="void">{t().noPasses}</p>
      ) : (
        <div class="scroll">
          <table class="cards">
            <thead>
              <tr>
                <th scope="col">{t().started}</th>
                <th scope="col">{t().job}</th>
                <th scope="col" class="number">
                  {t().duration}
                </th>
                <th scope="col">{t().outcome}</th>
                <th scope="col" class="number">
                  {t().dominoCalls}
                </th>
                <th scope="col" class="number">
                  {t().bytes}
                </th>
              </tr>
            </thead>
            <tbody>
              {passes.slice(0, 12).map((pass) => (
                <Row key={pass.passId} pass={pass} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Row({ pass }: { readonly pass: PassRow }) {
  const end = pass.finishedAt ?? pass.seenAt;
  const counts = Object.entries(pass.counts);
  return (
    <tr>
      <td class="nowrap">{when(pass.startedAt)}</td>
      <td data-label={t().job}>{say('kind', pass.kind)}</td>
      <td class="number" data-label={t().duration}>
        {span((Date.parse(end) - Date.parse(pass.startedAt)) / 1_000)}
      </td>
      <td data-label={t().outcome}>
        {pass.outcome === 'done' ? (
          counts.length === 0 ? (
            t().done
          ) : (
            counts.map(([name, count]) => `${number(count)} ${say('count', name)}`).join(', ')
          )
        ) : pass.outcome === null ? (
          <Badge tone="info">…</Badge>
        ) : (
          <Badge tone={pass.outcome === 'stopped' ? 'idle' : 'bad'}>{say('failure', pass.outcome)}</Badge>
        )}
      </td>
      <td class="number" data-label={t().dominoCalls}>
        {number(pass.calls)}
      </td>
      <td class="number" data-label={t().bytes}>
        {bytes(pass.bytes)}
      </td>
    </tr>
  );
}
