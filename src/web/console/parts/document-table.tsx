import type { DocumentHead } from '../../../../connectors/postgres/watch-port.ts';
import { formName, short } from '../names.ts';
import { href } from '../router.ts';
import { say, t } from '../words.ts';
import { StatusBadge } from './badge.tsx';

export function DocumentTable({ documents }: { readonly documents: readonly DocumentHead[] }) {
  return (
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{t().key}</th>
            <th scope="col">{t().form}</th>
            <th scope="col">{t().linkColumn}</th>
            <th scope="col">{t().status}</th>
            <th scope="col">UNID</th>
          </tr>
        </thead>
        <tbody>
          {documents.map((one) => (
            <tr key={one.pairId}>
              <th scope="row">
                <a href={href(`/documents/${one.pairId}`)} class="mono">
                  {one.key ?? short(one.unid ?? one.recordId)}
                </a>
              </th>
              <td data-label={t().form}>{formName(one.form)}</td>
              <td data-label={t().linkColumn} class="mono">
                {one.linkId}
              </td>
              <td data-label={t().status}>
                <div>
                  <StatusBadge status={one.status} />
                  {one.reason !== null && <div class="small quiet">{say('reason', one.reason)}</div>}
                  {one.blocked !== null && <div class="small quiet">{say('blocked', one.blocked)}</div>}
                </div>
              </td>
              <td data-label="UNID" class="mono small" title={one.unid ?? ''}>
                {one.unid === null ? t().unknown : short(one.unid)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
