import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { number, span, when } from '../format.ts';
import { theme } from '../theme.ts';
import { language, t } from '../words.ts';

export interface Line {
  readonly label: string;
  /** A custom property of the design: `--chart-1`. */
  readonly color: string;
  readonly values: readonly (number | null)[];
  readonly bars?: boolean;
}

const HEIGHT = 200;

/** A chart over time with the same figures as a table below it, for those who do not see it. */
export function Chart(props: {
  readonly label: string;
  readonly times: readonly string[];
  readonly lines: readonly Line[];
  readonly unit: 'number' | 'seconds';
  /** What the axis spans; what was not sampled stays empty. */
  readonly from: number;
  readonly to: number;
}) {
  const holder = useRef<HTMLDivElement>(null);
  const shown = JSON.stringify([props.times, props.lines, language.value, theme.value]);
  const format = (value: number | null) =>
    value === null ? t().unknown : props.unit === 'seconds' ? span(value) : number(value);
  useEffect(() => {
    const element = holder.current;
    if (!element) return undefined;
    const style = getComputedStyle(document.documentElement);
    const color = (name: string) => style.getPropertyValue(name).trim();
    const font = `12px ${style.getPropertyValue('--font')}`;
    const axis = { stroke: color('--quiet'), font, grid: { stroke: color('--line'), width: 1 } };
    const plot = new uPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        padding: [8, 8, 0, 0],
        cursor: { y: false, drag: { x: false, y: false } },
        scales: {
          x: { time: true, range: [props.from / 1_000, props.to / 1_000] },
          y: {
            range: (_plot, _min, max) => [0, Math.max(max ?? 0, props.unit === 'seconds' ? 60 : 5) * 1.1],
          },
        },
        axes: [
          {
            ...axis,
            ticks: { show: false },
            values: (_plot, ticks) => ticks.map(tickText(props.to - props.from)),
          },
          {
            ...axis,
            ticks: { show: false },
            size: 64,
            // Documents come whole; seconds go by the minute and the hour.
            incrs:
              props.unit === 'number'
                ? [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6]
                : [
                    10, 20, 30, 60, 120, 300, 600, 1_200, 3_600, 7_200, 14_400, 43_200, 86_400, 172_800,
                    604_800,
                  ],
            values: (_plot, ticks) => ticks.map((tick) => (tick === 0 ? '0' : format(tick))),
          },
        ],
        series: [
          {
            label: t().when,
            value: (_plot, at) => (at === null ? '' : when(new Date(at * 1_000).toISOString())),
          },
          ...props.lines.map((line) => ({
            label: line.label,
            stroke: color(line.color),
            fill: `${color(line.color)}${line.bars ? 'b0' : '20'}`,
            width: line.bars ? 0 : 2,
            points: { show: !line.bars && props.times.length < 3 },
            ...(line.bars && uPlot.paths.bars ? { paths: uPlot.paths.bars({ size: [0.8, 14] }) } : {}),
            value: (_plot: uPlot, value: number | null) => format(value),
          })),
        ],
      },
      [
        props.times.map((at) => Date.parse(at) / 1_000),
        ...props.lines.map((line) => [...line.values]),
      ] as uPlot.AlignedData,
      element,
    );
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    observer.observe(element);
    return () => {
      observer.disconnect();
      plot.destroy();
    };
  }, [shown]);
  return (
    <figure class="stack" style={{ margin: 0 }}>
      <div ref={holder} class="chart" role="img" aria-label={props.label} />
      <details>
        <summary class="small quiet">{t().chartTable}</summary>
        <div
          class="scroll"
          tabIndex={0}
          role="region"
          aria-label={props.label}
          style={{ maxHeight: '16rem' }}
        >
          <table>
            <thead>
              <tr>
                <th scope="col">{t().when}</th>
                {props.lines.map((line) => (
                  <th scope="col" class="number" key={line.label}>
                    {line.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {props.times.map((at, place) => (
                <tr key={at}>
                  <td>{when(at)}</td>
                  {props.lines.map((line) => (
                    <td class="number" key={line.label}>
                      {format(line.values[place] ?? null)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}

function tickText(width: number): (tick: number) => string {
  const short = width < 172_800_000;
  return (tick) => {
    const date = new Date(tick * 1_000);
    return new Intl.DateTimeFormat(
      'vi-VN',
      short ? { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } : { day: '2-digit', month: '2-digit' },
    ).format(date);
  };
}
