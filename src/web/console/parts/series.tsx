import { useState } from 'preact/hooks';
import type { SeriesPoint } from '../../../../connectors/postgres/watch-port.ts';
import { span } from '../format.ts';
import { now } from '../live.ts';
import { fill, t } from '../words.ts';
import { Chart } from './chart.tsx';
import { Show, useLoad } from './load.tsx';
import { Panel } from './title.tsx';

interface Series {
  readonly stepSeconds: number;
  readonly points: readonly SeriesPoint[];
}

type Hours = '24' | '720';

/** Throughput and lag of one link, or of all. */
export function SeriesCharts({ linkId }: { readonly linkId: string | null }) {
  const [hours, setHours] = useState<Hours>('24');
  const minute = Math.floor(now.value / 60_000);
  const series = useLoad<Series>(
    `/series?hours=${hours}${linkId === null ? '' : `&link=${encodeURIComponent(linkId)}`}`,
    minute,
  );
  const to = minute * 60_000;
  const from = to - Number(hours) * 3_600_000;
  const choice = (
    <div class="segments" role="group" aria-label={t().throughput}>
      {(['24', '720'] as const).map((one) => (
        <button type="button" key={one} aria-pressed={hours === one} onClick={() => setHours(one)}>
          {one === '24' ? t().hours24 : t().days30}
        </button>
      ))}
    </div>
  );
  return (
    <div class="columns">
      <Panel title={t().throughput} aside={choice}>
        <div class="body">
          <Show of={series}>
            {({ points, stepSeconds }) =>
              points.length === 0 ? (
                <p class="void">{t().noSamples}</p>
              ) : (
                <>
                  <p class="small quiet">{fill(t().perStep, { step: span(stepSeconds) })}</p>
                  <Chart
                    label={t().throughput}
                    unit="number"
                    from={from}
                    to={to}
                    times={points.map((point) => point.at)}
                    lines={[
                      {
                        label: t().toHandbook,
                        color: '--chart-1',
                        values: points.map((point) => point.toHandbook),
                      },
                      {
                        label: t().toNotes,
                        color: '--chart-2',
                        values: points.map((point) => point.toNotes),
                      },
                    ]}
                  />
                </>
              )
            }
          </Show>
        </div>
      </Panel>
      <Panel title={t().lag}>
        <div class="body">
          <Show of={series}>
            {({ points }) =>
              points.length === 0 ? (
                <p class="void">{t().noSamples}</p>
              ) : (
                <>
                  <p class="small quiet">{t().lagHelp}</p>
                  <Chart
                    label={t().lag}
                    unit="seconds"
                    from={from}
                    to={to}
                    times={points.map((point) => point.at)}
                    lines={[
                      { label: t().lag, color: '--chart-3', values: points.map((point) => point.lagSeconds) },
                    ]}
                  />
                </>
              )
            }
          </Show>
        </div>
      </Panel>
    </div>
  );
}
