import type { JobsOverview } from '../../../http/app-deps.ts';
import { number, span, when } from '../format.ts';
import { now } from '../live.ts';
import { Badge } from '../parts/badge.tsx';
import { Show, useLoad } from '../parts/load.tsx';
import { Panel, Title } from '../parts/title.tsx';
import { say, t } from '../words.ts';

export function Queues() {
  const jobs = useLoad<JobsOverview>('/jobs', Math.floor(now.value / 5_000));
  return (
    <>
      <Title text={t().queues} sub={t().queuesHelp} />
      <div>
        <a class="button" href="/console/bull">
          {t().openQueues}
        </a>
      </div>
      <Show of={jobs}>
        {({ queues, recent }) => (
          <>
            <Panel title={t().queues}>
              <div class="scroll">
                <table class="cards">
                  <thead>
                    <tr>
                      <th scope="col">{t().name}</th>
                      <th scope="col" class="number">
                        {t().waitingCount}
                      </th>
                      <th scope="col" class="number">
                        {t().activeCount}
                      </th>
                      <th scope="col" class="number">
                        {t().delayedCount}
                      </th>
                      <th scope="col" class="number">
                        {t().completedCount}
                      </th>
                      <th scope="col" class="number">
                        {t().failedCount}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {queues.map((queue) => (
                      <tr key={queue.name}>
                        <th scope="row" class="mono">
                          {queue.name}
                        </th>
                        <td class="number" data-label={t().waitingCount}>
                          {number(queue.waiting)}
                        </td>
                        <td class="number" data-label={t().activeCount}>
                          {number(queue.active)}
                        </td>
                        <td class="number" data-label={t().delayedCount}>
                          {number(queue.delayed)}
                        </td>
                        <td class="number" data-label={t().completedCount}>
                          {number(queue.completed)}
                        </td>
                        <td class="number" data-label={t().failedCount}>
                          {number(queue.failed)}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Panel>
            <Panel title={t().jobs}>
              <div class="scroll">
                <table class="cards">
                  <thead>
                    <tr>
                      <th scope="col">{t().started}</th>
                      <th scope="col">{t().job}</th>
                      <th scope="col">{t().linkColumn}</th>
                      <th scope="col">{t().outcome}</th>
                      <th scope="col" class="number">
                        {t().duration}
                      </th>
                      <th scope="col" class="number">
                        {t().attempts}
                      </th>
                    </tr>
                  </thead>
                  <tbody>
                    {recent.map((job) => (
                      <tr key={job.id}>
                        <td class="nowrap">{when(job.startedAt)}</td>
                        <td data-label={t().job}>{say('kind', job.name)}</td>
                        <td data-label={t().linkColumn} class="mono">
                          {job.linkId ?? t().unknown}
                        </td>
                        <td data-label={t().outcome}>
                          <Badge tone={TONES[job.state]}>
                            {job.failureCode === null ? STATES()[job.state] : say('failure', job.failureCode)}
                          </Badge>
                        </td>
                        <td class="number" data-label={t().duration}>
                          {job.startedAt && job.finishedAt
                            ? span((Date.parse(job.finishedAt) - Date.parse(job.startedAt)) / 1_000)
                            : t().unknown}
                        </td>
                        <td class="number" data-label={t().attempts}>
                          {job.attempts}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              </div>
            </Panel>
          </>
        )}
      </Show>
    </>
  );
}

const TONES = { waiting: 'idle', active: 'info', delayed: 'idle', completed: 'ok', failed: 'bad' } as const;
const STATES = () => ({
  waiting: t().waitingCount,
  active: t().activeCount,
  delayed: t().delayedCount,
  completed: t().completedCount,
  failed: t().failedCount,
});
