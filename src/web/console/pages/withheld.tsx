import { number } from '../format.ts';
import { overview } from '../live.ts';
import { LinkChoice } from '../parts/filters.tsx';
import { Show, useLoad, Void } from '../parts/load.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { href, query } from '../router.ts';
import { say, t, titleOf } from '../words.ts';

interface Withheld {
  readonly links: readonly {
    readonly linkId: string;
    readonly withheld: number;
    readonly byReason: Readonly<Record<string, number>>;
  }[];
}

export function Withheld() {
  const seen = overview.value?.links ?? [];
  const withheld = useLoad<Withheld>('/withheld', seen.map((link) => link.withheld).join());
  const only = query.value.get('link');
  return (
    <>
      <Title text={t().withheld} sub={t().withheldHelp} />
      <div class="filters">
        <LinkChoice />
      </div>
      <Show of={withheld}>
        {({ links }) => (
          <div class="columns">
            {links
              .filter((link) => !only || link.linkId === only)
              .map((link) => (
                <Reasons
                  key={link.linkId}
                  linkId={link.linkId}
                  title={titleOf(
                    seen.find((one) => one.linkId === link.linkId)?.title ?? {
                      vi: link.linkId,
                      en: link.linkId,
                    },
                  )}
                  reasons={Object.entries(link.byReason).sort(([, a], [, b]) => b - a)}
                  withdrawn={seen.find((one) => one.linkId === link.linkId)?.withdrawn ?? 0}
                />
              ))}
          </div>
        )}
      </Show>
    </>
  );
}

function Reasons(props: {
  readonly linkId: string;
  readonly title: string;
  readonly reasons: readonly (readonly [string, number])[];
  readonly withdrawn: number;
}) {
  const { linkId, reasons, withdrawn } = props;
  const total = reasons.reduce((sum, [, count]) => sum + count, 0);
  return (
    <Panel title={props.title} aside={<span class="quiet">{number(total)}</span>}>
      {total + withdrawn === 0 ? (
        <Void title={t().noWithheld} />
      ) : (
        <table>
          <thead>
            <tr>
              <th scope="col">{t().reason}</th>
              <th scope="col" class="number">
                {t().count}
              </th>
            </tr>
          </thead>
          <tbody>
            {reasons.map(([reason, count]) => (
              <tr key={reason}>
                <th scope="row">{say('reason', reason)}</th>
                <td class="number">
                  <a href={href('/documents', { link: linkId, state: 'withheld', reason })}>
                    {number(count)}
                  </a>
                </td>
              </tr>
            ))}
            {withdrawn > 0 && (
              <tr>
                <th scope="row">{say('state', 'withdrawn')}</th>
                <td class="number">
                  <a href={href('/documents', { link: linkId, state: 'withdrawn' })}>{number(withdrawn)}</a>
                </td>
              </tr>
            )}
          </tbody>
        </table>
      )}
    </Panel>
  );
}
