import type { Attention, OverviewLink } from '../../../operations/overview.ts';
import { number, secondsSince, span } from '../format.ts';
import { href } from '../router.ts';
import { fill, say, t, titleOf } from '../words.ts';
import { Void } from './load.tsx';
import { Panel } from './title.tsx';

/** What waits for a person, most urgent first, each with the step that comes next. */
export function NeedsPerson(props: {
  readonly items: readonly Attention[];
  readonly links: readonly OverviewLink[];
}) {
  return (
    <Panel title={t().needsPerson} aside={<span class="quiet">{number(props.items.length)}</span>}>
      {props.items.length === 0 ? (
        <Void title={t().allGood}>{t().allGoodMore}</Void>
      ) : (
        <ol class="todo">
          {props.items.map((item) => (
            <Todo key={`${item.what} ${item.linkId}`} item={item} links={props.links} />
          ))}
        </ol>
      )}
    </Panel>
  );
}

function Todo({ item, links }: { readonly item: Attention; readonly links: readonly OverviewLink[] }) {
  const link = links.find((one) => one.linkId === item.linkId);
  const text = fill(t().attention[item.code === 'first-look' ? 'first-look' : item.what], {
    link: link === undefined ? item.linkId : titleOf(link.title),
    count: number(item.count ?? 0),
    code: say('failure', item.code),
  });
  const step = item.askedBy === null ? t().step[item.what] : fill(t().step.confirm, { name: item.askedBy });
  return (
    <li class={`u${item.urgency}`} data-what={item.what} data-link={item.linkId}>
      <span class="small quiet nowrap">{t()[`urgency${item.urgency}`]}</span>
      <span>
        {text}{' '}
        {item.since !== null && (
          <span class="quiet nowrap">{fill(t().since, { age: span(secondsSince(item.since)) })}</span>
        )}
      </span>
      <a class={`button small ${item.urgency === 1 ? 'main' : ''}`} href={nextStep(item)}>
        {step}
      </a>
    </li>
  );
}

function nextStep({ what, linkId, previewId }: Attention): string {
  switch (what) {
    case 'brake-deletes':
    case 'brake-updates':
      return previewId === null ? href('/brakes') : href(`/previews/${previewId}`);
    case 'conflicts':
      return href('/conflicts', { link: linkId });
    case 'quarantine':
      return href('/quarantine', { link: linkId });
    case 'suspect':
    case 'unreachable':
    case 'awaiting-approval':
    case 'behind':
    case 'paused':
      return href(`/links/${linkId}`);
  }
}
