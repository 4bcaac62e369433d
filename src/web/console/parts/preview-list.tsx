import type { z } from 'zod';
import type { previewHead } from '../../../http/ops/watch-schema.ts';
import { number, when } from '../format.ts';
import { href } from '../router.ts';
import { fill, say, t } from '../words.ts';
import { Badge } from './badge.tsx';

export type PreviewHead = z.infer<typeof previewHead>;

export function PreviewList({ previews }: { readonly previews: readonly PreviewHead[] }) {
  return (
    <div class="scroll">
      <table class="cards">
        <thead>
          <tr>
            <th scope="col">{t().when}</th>
            <th scope="col">{t().linkColumn}</th>
            <th scope="col">{t().what}</th>
            <th scope="col">{t().count}</th>
            <th scope="col">{t().outcome}</th>
          </tr>
        </thead>
        <tbody>
          {previews.map((preview) => (
            <tr key={preview.id}>
              <th scope="row" class="nowrap">
                <a href={href(`/previews/${preview.id}`)}>{when(preview.at)}</a>
              </th>
              <td data-label={t().linkColumn} class="mono">
                {preview.linkId}
              </td>
              <td data-label={t().what}>{say('lane', preview.lane)}</td>
              <td data-label={t().count}>{eventsInWords(preview.events)}</td>
              <td data-label={t().outcome}>
                {preview.decidedBy !== null ? (
                  <>
                    {preview.decidedBy}, {when(preview.decidedAt)}
                    {preview.reason && <div class="small quiet">{preview.reason}</div>}
                  </>
                ) : preview.askedBy !== null ? (
                  <Badge tone="warn">{fill(t().step.confirm, { name: preview.askedBy })}</Badge>
                ) : (
                  t().unknown
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function eventsInWords(events: Readonly<Record<string, number>>): string {
  const parts = Object.entries(events).map(([event, count]) => `${say('event', event)}: ${number(count)}`);
  return parts.length === 0 ? t().none : parts.join('; ');
}
