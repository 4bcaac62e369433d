import type { z } from 'zod';
import type { linkDetailSchema } from '../../../http/ops/watch-schema.ts';
import type { OverviewLink } from '../../../operations/overview.ts';
import { number, when } from '../format.ts';
import { overview } from '../live.ts';
import { NeedsPerson } from '../parts/attention.tsx';
import { Badge, HealthBadge } from '../parts/badge.tsx';
import { Count } from '../parts/count.tsx';
import { LinkActions } from '../parts/link-actions.tsx';
import { Passes } from '../parts/link-passes.tsx';
import { Show, useLoad } from '../parts/load.tsx';
import { PreviewList } from '../parts/preview-list.tsx';
import { ProbePanel } from '../parts/probe.tsx';
import { RunningPass } from '../parts/running.tsx';
import { SeriesCharts } from '../parts/series.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { fill, say, t, titleOf } from '../words.ts';

type Detail = z.infer<typeof linkDetailSchema>;

export function LinkPage({ linkId }: { readonly linkId: string }) {
  const seen = overview.value?.links.find((one) => one.linkId === linkId);
  // Something else is true of the link: what hangs on it is asked for again.
  const stamp =
    seen &&
    JSON.stringify([{ ...seen, lagSeconds: 0, pulledAt: '', pushedAt: '', running: seen.running?.passId }]);
  const detail = useLoad<Detail>(`/links/${encodeURIComponent(linkId)}/detail`, stamp ?? null);
  return (
    <Show of={detail}>
      {(data) => (
        <>
          <Title text={titleOf(data.facts.title)} sub={<span class="mono">{linkId}</span>}>
            {seen && <HealthBadge health={seen.health} />}
            <Badge tone="info">{say('mode', data.facts.mode)}</Badge>
          </Title>
          {seen?.running && (
            <div class="panel">
              <div class="body">
                <RunningPass link={seen} />
              </div>
            </div>
          )}
          {overview.value && overview.value.attention.some((item) => item.linkId === linkId) && (
            <NeedsPerson
              items={overview.value.attention.filter((item) => item.linkId === linkId)}
              links={overview.value.links}
            />
          )}
          {seen && <LinkActions link={seen} onDone={detail.reload} />}
          <div class="columns">
            {seen && <States link={seen} detail={data} />}
            <Configuration detail={data} />
          </div>
          <Passes passes={data.passes} />
          {data.previews.length > 0 && (
            <Panel title={t().lists}>
              <PreviewList previews={data.previews} />
            </Panel>
          )}
          <SeriesCharts linkId={linkId} />
          <div class="columns">
            <div class="stack">
              <Instances detail={data} />
              <ProbePanel linkId={linkId} />
            </div>
            <div class="stack">
              <Capabilities detail={data} />
              <Checkpoints detail={data} />
            </div>
          </div>
        </>
      )}
    </Show>
  );
}

function States({ link, detail }: { readonly link: OverviewLink; readonly detail: Detail }) {
  const own = { link: link.linkId };
  const states = [
    ['live', link.live],
    ['waiting-handbook', link.waitingHandbook],
    ['waiting-notes', link.waitingNotes],
    ['withheld', link.withheld],
    ['withdrawn', link.withdrawn],
    ['missing', link.missing],
    ['detached', link.detached],
    ['tombstone', detail.tombstones],
  ] as const;
  return (
    <Panel title={t().documentsOf}>
      <div class="body">
        <dl class="facts">
          {states.map(([state, count]) => (
            <>
              <dt>{say('state', state)}</dt>
              <dd>
                <Count of={count} to="/documents" params={{ ...own, state }} label={say('state', state)} />
              </dd>
            </>
          ))}
          <dt>{t().conflicts}</dt>
          <dd>
            <Count of={link.conflicts} to="/conflicts" params={own} label={t().conflicts} />
          </dd>
          <dt>{t().quarantine}</dt>
          <dd>
            <Count of={link.quarantined} to="/quarantine" params={own} label={t().quarantine} />
          </dd>
        </dl>
        {Object.keys(detail.blocked).length > 0 && (
          <div>
            <h3>{t().blockedBy}</h3>
            <ul class="chips">
              {Object.entries(detail.blocked).map(([reason, count]) => (
                <li key={reason}>
                  <Badge tone="warn">
                    {say('blocked', reason)}: {number(count)}
                  </Badge>
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Panel>
  );
}

function Configuration({ detail }: { readonly detail: Detail }) {
  const { facts } = detail;
  return (
    <Panel title={t().identity}>
      <div class="body">
        <dl class="facts">
          <dt>{t().identity}</dt>
          <dd class="mono">{facts.identity}</dd>
          <dt>{t().modeLabel}</dt>
          <dd>{say('mode', facts.mode)}</dd>
          <dt>{t().via}</dt>
          <dd class="mono">{facts.via}</dd>
          <dt>{t().replicaSet}</dt>
          <dd class="mono">{facts.replicaSet}</dd>
          <dt>{t().schedule}</dt>
          <dd>
            {fill(t().scheduleText, {
              pull: facts.schedule.pullSeconds,
              push: facts.schedule.pushSeconds,
              sweep: facts.schedule.sweepMinutes,
            })}
          </dd>
          <dt>{t().brakeLimits}</dt>
          <dd>
            {fill(t().brakeLimitsText, {
              df: facts.brake.deletes.floor,
              ds: facts.brake.deletes.share * 100,
              uf: facts.brake.updates.floor,
              us: facts.brake.updates.share * 100,
            })}
          </dd>
          <dt>{t().forms}</dt>
          <dd>
            <ul class="chips">
              {facts.forms.map((form) => (
                <li key={form.form} title={form.denied ? t().neverCrosses : form.entity}>
                  <Badge tone={form.denied ? 'idle' : 'info'} {...(form.denied && { icon: 'withheld' })}>
                    {titleOf(form.title)}
                    {form.denied && <span class="sr"> ({t().neverCrosses})</span>}
                  </Badge>
                </li>
              ))}
            </ul>
          </dd>
        </dl>
      </div>
    </Panel>
  );
}

function Instances({ detail }: { readonly detail: Detail }) {
  return (
    <Panel title={t().instances}>
      <div class="scroll">
        <table class="cards">
          <thead>
            <tr>
              <th scope="col">{t().instance}</th>
              <th scope="col" class="number">
                {t().generation}
              </th>
              <th scope="col">{t().markedAt}</th>
            </tr>
          </thead>
          <tbody>
            {detail.instances.map((one) => (
              <tr key={one.instance}>
                <th scope="row">
                  <span class="mono">{one.instance}</span>{' '}
                  {one.active && <Badge tone="ok">{t().active}</Badge>}
                </th>
                <td class="number" data-label={t().generation}>
                  {one.generation === 0 ? t().none : one.generation}
                </td>
                <td data-label={t().markedAt}>{when(one.markedAt)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Checkpoints({ detail }: { readonly detail: Detail }) {
  return (
    <Panel title={t().checkpoints}>
      {detail.checkpoints.length === 0 ? (
        <p class="void">{t().noSamples}</p>
      ) : (
        <div class="scroll">
          <table>
            <thead>
              <tr>
                <th scope="col">{t().sampledAt}</th>
                <th scope="col">{t().watermark}</th>
              </tr>
            </thead>
            <tbody>
              {detail.checkpoints.slice(0, 8).map((one) => (
                <tr key={one.at}>
                  <td>{when(one.at)}</td>
                  <td>{one.watermark === null ? t().none : when(one.watermark)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}

function Capabilities({ detail }: { readonly detail: Detail }) {
  return (
    <Panel title={t().capabilities}>
      <div class="body">
        <ul class="chips">
          {Object.entries(detail.facts.capabilities).map(([name, able]) => (
            <li key={name}>
              <Badge tone={able === false ? 'idle' : 'info'} icon={able === false ? 'stop' : 'ok'}>
                <span class="mono">
                  {name}
                  {typeof able === 'boolean' ? '' : `: ${able}`}
                </span>
                <span class="sr">{able === false ? t().no : t().yes}</span>
              </Badge>
            </li>
          ))}
        </ul>
      </div>
    </Panel>
  );
}
