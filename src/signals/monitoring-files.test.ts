import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parser } from '@prometheus-io/lezer-promql';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { METRICS, type MetricDefinition } from './metric-list.ts';
import { Metrics } from './metrics.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const { groups } = z
  .object({
    groups: z.array(z.object({ rules: z.array(z.object({ alert: z.string(), expr: z.string() })) })),
  })
  .parse(parse(read('config/monitoring/bridge-alerts.yaml')));
const rules = groups.flatMap((group) => group.rules);
const dashboard = z
  .object({
    panels: z.array(z.object({ title: z.string(), targets: z.array(z.object({ expr: z.string() })) })),
  })
  .parse(JSON.parse(read('config/monitoring/grafana-dashboard.json')));
const expressions = [
  ...rules.map(({ alert, expr }) => [alert, expr] as const),
  ...dashboard.panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr] as const)),
];

/** Labels that Prometheus adds to what it scrapes, and that histograms have. */
const GIVEN = ['job', 'instance', 'le'];

/** Metric names and the labels asked of them in an expression; throws on what is no PromQL. */
function partsOf(expression: string): { metrics: string[]; labels: string[] } {
  // Grafana puts its own words in before Prometheus sees them.
  const text = expression.replaceAll('$__rate_interval', '5m');
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) throw new Error(`no PromQL at ${from}: ${text}`);
      if (type.name === 'VectorSelector') metrics.push(/^[a-z_0-9]+/u.exec(text.slice(from, to))?.[0] ?? '');
      if (type.name === 'LabelName') labels.push(text.slice(from, to));
    },
  });
  return { metrics, labels };
}

async function served(): Promise<ReadonlySet<string>> {
  const names = (await new Metrics().text()).matchAll(/^# TYPE (\S+) (\S+)/gmu);
  return new Set(
    [...names].flatMap(([, name = '', kind]) =>
      kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
}

describe('rules and dashboard ask for what there is', () => {
  it.each(expressions)('%s', async (_name, expression) => {
    const known = await served();
    const { metrics, labels } = partsOf(expression);
    expect(metrics.length).toBeGreaterThan(0);
    expect(metrics.filter((metric) => metric !== 'up' && !known.has(metric))).toEqual([]);
    const allowed = new Set([...GIVEN, ...metrics.flatMap(labelsOf)]);
    expect(labels.filter((label) => !allowed.has(label))).toEqual([]);
  });

  it('an expression that is none is noticed, and so is a metric that is none', async () => {
    expect(() => partsOf('sum by (link (bridge_link_conflicts)')).toThrow('no PromQL');
    expect(partsOf('max by (link) (bridge_gone{state="a"}) > 1')).toEqual({
      metrics: ['bridge_gone'],
      labels: ['link', 'state'],
    });
    expect(await served()).not.toContain('bridge_gone');
  });
});

function labelsOf(metric: string): readonly string[] {
  const name = metric.replace(/_(?:bucket|sum|count)$/u, '');
  return Object.entries<MetricDefinition>(METRICS).find(([known]) => known === name)?.[1].labels ?? [];
}

describe('docs/metrics.md', () => {
  const text = read('docs/metrics.md');
  const rows = [...text.matchAll(/^\| (`bridge[^|]*) \|([^|]*)\|/gmu)].flatMap(
    ([, names = '', labels = '']) =>
      [...names.matchAll(/`([^`]+)`/gu)].map(([, name]) => [name, labels.trim()] as const),
  );

  it('has a row for every metric, with its labels, and none for others', () => {
    const expected = Object.entries<MetricDefinition>(METRICS).map(([name, { labels }]) => [
      name,
      labels.join(', '),
    ]);
    expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(expected));
  });

  it('names the rules that there are, and no others', () => {
    const named = [...text.matchAll(/`(Bridge[A-Za-z]+)`/gu)].map(([, name]) => name);
    expect(new Set([...named, 'BridgeDown'])).toEqual(new Set(rules.map(({ alert }) => alert)));
  });
});
