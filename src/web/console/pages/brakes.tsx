import { me } from '../api.ts';
import { overview } from '../live.ts';
import { LinkChoice } from '../parts/filters.tsx';
import { Show, useLoad, Void } from '../parts/load.tsx';
import { type PreviewHead, PreviewList } from '../parts/preview-list.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { query } from '../router.ts';
import { t } from '../words.ts';

export function Brakes() {
  const seen = overview.value;
  const waiting = new Set(
    (seen?.links ?? []).flatMap((link) => [link.brakeDeletes, link.brakeUpdates].filter((id) => id !== null)),
  );
  const previews = useLoad<{ readonly previews: readonly PreviewHead[] }>(
    '/previews',
    JSON.stringify(seen?.attention.map((item) => [item.previewId, item.askedBy])),
  );
  const only = query.value.get('link');
  return (
    <>
      <Title text={t().brakes} sub={me.value?.fourEyes ? t().fourEyes : t().noBrakesHelp} />
      <div class="filters">
        <LinkChoice />
      </div>
      <Show of={previews}>
        {({ previews: all }) => {
          const own = all.filter((one) => !only || one.linkId === only);
          const now = own.filter((one) => waiting.has(one.id));
          const before = own.filter((one) => one.decidedBy !== null);
          return (
            <>
              <Panel title={t().waitingLists}>
                {now.length === 0 ? (
                  <Void title={t().noBrakes}>{t().noBrakesHelp}</Void>
                ) : (
                  <PreviewList previews={now} />
                )}
              </Panel>
              {before.length > 0 && (
                <Panel title={t().decidedLists}>
                  <PreviewList previews={before} />
                </Panel>
              )}
            </>
          );
        }}
      </Show>
    </>
  );
}
