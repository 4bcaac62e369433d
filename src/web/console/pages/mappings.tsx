import { useEffect } from 'preact/hooks';
import type { z } from 'zod';
import type { quarantineRow } from '../../../http/ops/case-schema.ts';
import type { ConfigCheck } from '../../../operations/bridge.ts';
import { number } from '../format.ts';
import { Badge } from '../parts/badge.tsx';
import { Show, useLoad, Void } from '../parts/load.tsx';
import { OperationState, useOperation } from '../parts/operation.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { href } from '../router.ts';
import { language, say, t } from '../words.ts';

type Quarantined = z.infer<typeof quarantineRow>;
/** Reasons that say that notes and mapping do not fit each other. */
const DRIFT = new Set([
  'required',
  'wrong-type',
  'not-a-date',
  'not-an-instant',
  'too-long',
  'pattern',
  'out-of-range',
  'not-in-list',
  'several-values',
  'date-with-time',
  'number-for-identifier',
  'not-a-number',
  'not-true-or-false',
  'access-item',
  'unstable-field',
]);

export function Mappings() {
  const check = useOperation<ConfigCheck>('config-check');
  useEffect(() => void check.start({ lang: language.value }), [language.value]);
  return (
    <>
      <Title text={t().mappings} sub={t().mappingsHelp} />
      <Drift />
      {check.result === null ? (
        <OperationState of={check} />
      ) : (
        <>
          <Panel title={t().findings}>
            {check.result.findings.length === 0 ? (
              <Void title={t().noFindings} />
            ) : (
              <div class="body">
                {check.result.findings.map((finding) => (
                  <p key={`${finding.rule} ${finding.link} ${finding.form} ${finding.field}`}>
                    <Badge tone={finding.severity === 'error' ? 'bad' : 'warn'}>{finding.rule}</Badge>{' '}
                    <span class="strong">
                      {[finding.link, finding.form, finding.field].filter((one) => one !== null).join(' · ')}
                    </span>{' '}
                    {finding.message}
                  </p>
                ))}
              </div>
            )}
          </Panel>
          <Panel title={t().mappings}>
            <div class="body">
              {check.result.mappings.map((mapping) => (
                <details key={mapping.form}>
                  <summary class="strong">
                    {mapping.form} → <span class="mono">{mapping.entity}</span>
                  </summary>
                  <pre class="words">{mapping.explanation}</pre>
                </details>
              ))}
            </div>
          </Panel>
        </>
      )}
    </>
  );
}

function Drift() {
  const rows = useLoad<{ readonly quarantine: readonly Quarantined[] }>('/quarantine?limit=1000');
  const withheld = useLoad<{
    readonly links: readonly {
      readonly linkId: string;
      readonly byReason: Readonly<Record<string, number>>;
    }[];
  }>('/withheld');
  return (
    <Panel title={t().drift} aside={<span class="small quiet">{t().driftHelp}</span>}>
      <Show of={rows}>
        {({ quarantine }) => {
          const groups = new Map<string, { form: string; code: string; linkId: string; count: number }>();
          for (const row of quarantine) {
            if (!DRIFT.has(row.code)) continue;
            const key = `${row.linkId} ${row.form} ${row.code} ${row.detail}`;
            const group = groups.get(key) ?? {
              form: `${row.form}: ${row.detail}`,
              code: row.code,
              linkId: row.linkId,
              count: 0,
            };
            groups.set(key, { ...group, count: group.count + 1 });
          }
          const unknown = (withheld.data?.links ?? []).filter(
            (link) => (link.byReason['form-differs'] ?? 0) > 0,
          );
          if (groups.size + unknown.length === 0) return <Void title={t().noDrift} />;
          return (
            <table class="cards">
              <thead>
                <tr>
                  <th scope="col">{t().form}</th>
                  <th scope="col">{t().what}</th>
                  <th scope="col" class="number">
                    {t().count}
                  </th>
                </tr>
              </thead>
              <tbody>
                {[...groups].map(([key, group]) => (
                  <tr key={key}>
                    <th scope="row">{group.form}</th>
                    <td data-label={t().what}>{say('quarantine', group.code)}</td>
                    <td class="number" data-label={t().count}>
                      <a href={href('/quarantine', { link: group.linkId })}>{number(group.count)}</a>
                    </td>
                  </tr>
                ))}
                {unknown.map((link) => (
                  <tr key={link.linkId}>
                    <th scope="row">{link.linkId}</th>
                    <td data-label={t().what}>{say('reason', 'form-differs')}</td>
                    <td class="number" data-label={t().count}>
                      <a
                        href={href('/documents', {
                          link: link.linkId,
                          state: 'withheld',
                          reason: 'form-differs',
                        })}
                      >
                        {number(link.byReason['form-differs'] ?? 0)}
                      </a>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          );
        }}
      </Show>
    </Panel>
  );
}
