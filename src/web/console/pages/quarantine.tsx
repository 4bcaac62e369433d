import type { z } from 'zod';
import type { quarantineRow } from '../../../http/ops/case-schema.ts';
import { me } from '../api.ts';
import { when } from '../format.ts';
import { overview } from '../live.ts';
import { apiQuery, LinkChoice } from '../parts/filters.tsx';
import { Show, useLoad, Void } from '../parts/load.tsx';
import { OperationState, useOperation } from '../parts/operation.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { formName } from '../names.ts';
import { href } from '../router.ts';
import { say, t } from '../words.ts';

type Row = z.infer<typeof quarantineRow>;

export function Quarantine() {
  const open = overview.value?.links.map((link) => link.quarantined).join();
  const rows = useLoad<{ readonly quarantine: readonly Row[] }>(
    `/quarantine?${apiQuery(['link'], { limit: '500' })}`,
    open,
  );
  const retry = useOperation<unknown>('quarantine-retry', rows.reload);
  const operator = me.value?.role === 'operator';
  return (
    <>
      <Title text={t().quarantine} sub={t().noQuarantineHelp} />
      <div class="filters">
        <LinkChoice />
      </div>
      <OperationState of={retry}>{() => t().retried}</OperationState>
      <Panel title={t().quarantine}>
        <Show of={rows}>
          {({ quarantine }) =>
            quarantine.length === 0 ? (
              <Void title={t().noQuarantine}>{t().noQuarantineHelp}</Void>
            ) : (
              <div class="scroll">
                <table class="cards">
                  <thead>
                    <tr>
                      <th scope="col">{t().what}</th>
                      <th scope="col">{t().detail}</th>
                      <th scope="col">{t().todo}</th>
                      <th scope="col">{t().document}</th>
                      <th scope="col">{t().when}</th>
                      {operator && <th scope="col">{t().actions}</th>}
                    </tr>
                  </thead>
                  <tbody>
                    {quarantine.map((row) => (
                      <tr key={row.id}>
                        <th scope="row">{say('quarantine', row.code)}</th>
                        <td data-label={t().detail} class="small mono">
                          {row.detail}
                        </td>
                        <td data-label={t().todo} class="small">
                          {step(row.code)}
                        </td>
                        <td data-label={t().document}>
                          <a href={href(`/documents/${row.pairId}`)}>{formName(row.form)}</a>
                          <div class="small quiet mono">{row.linkId}</div>
                        </td>
                        <td data-label={t().when} class="nowrap">
                          {when(row.at)}
                        </td>
                        {operator && (
                          <td>
                            <button
                              type="button"
                              class="button small"
                              disabled={retry.running}
                              onClick={() => void retry.start({ id: row.id })}
                            >
                              {t().retryQuarantine}
                            </button>
                          </td>
                        )}
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            )
          }
        </Show>
      </Panel>
    </>
  );
}

function step(code: string): string {
  const own = say('quarantineStep', code);
  return own === code ? say('quarantineStep', 'other') : own;
}
