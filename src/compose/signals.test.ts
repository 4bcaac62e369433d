import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRICS, type MetricDefinition } from '../signals/metric-list.ts';
import { openSmallBridge, type SmallBridge } from './testing/small-bridge.ts';

const LOCAL = 'local-token-0123456789abcdef0123456789';
const SCRAPER = 'scraper-token-0123456789abcdef0123456789';

let bridge: SmallBridge;
let app: FastifyInstance;
beforeAll(async () => {
  bridge = await openSmallBridge({ BRIDGE_METRICS_TOKEN: SCRAPER });
  await bridge.run('sync-once');
  app = bridge.composed.buildApp(null, LOCAL);
}, 120_000);
afterAll(() => bridge.close());

const scrape = (token: string | null, url = '/metrics') =>
  app.inject({ url, headers: token === null ? {} : { authorization: `Bearer ${token}` } });

/** `name{labels} value` of a text answer. */
function seriesOf(text: string): ReadonlyMap<string, number> {
  return new Map(
    text
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]),
  );
}

describe('/metrics', () => {
  it('is for accounts of the inside zone and for the scraper, whose token opens nothing else', async () => {
    expect((await scrape(null)).statusCode).toBe(401);
    expect((await scrape(`${SCRAPER}x`)).statusCode).toBe(401);
    expect((await scrape(SCRAPER)).statusCode).toBe(200);
    expect((await scrape(LOCAL)).statusCode).toBe(200);
    for (const url of ['/api/ops/v1/links', '/api/handbook/v1/changes', '/api/ops/v1/jobs'])
      expect((await scrape(SCRAPER, url)).statusCode, url).toBe(401);
  });

  it('tells what the store says and what the passes did', async () => {
    await scrape(SCRAPER, '/no/such/route/of/a/person');
    const series = seriesOf((await scrape(SCRAPER)).body);
    for (const { id } of bridge.composed.bridge.links) {
      const counts = await bridge.composed.bridge.deps.store.counts(id);
      expect(counts.live).toBeGreaterThan(0);
      expect(series.get(`bridge_link_documents{link="${id}",state="live"}`)).toBe(counts.live);
      expect(series.get(`bridge_link_documents{link="${id}",state="withheld"}`)).toBe(counts.withheld);
      expect(series.get(`bridge_link_health{link="${id}",health="healthy"}`)).toBe(1);
      expect(series.get(`bridge_effects_total{link="${id}",direction="to-handbook"}`)).toBe(counts.live);
      expect(series.get(`bridge_passes_total{link="${id}",pass="operator",outcome="done"}`)).toBeGreaterThan(
        0,
      );
      expect(
        series.get(`bridge_domino_calls_total{link="${id}",call="readSlice",outcome="ok"}`),
      ).toBeGreaterThan(0);
      expect(series.get(`bridge_domino_notes_total{link="${id}"}`)).toBeGreaterThan(counts.live);
      expect(series.get(`bridge_link_lag_seconds{link="${id}",direction="to-notes"}`)).toBeGreaterThanOrEqual(
        0,
      );
    }
    expect(series.get('bridge_store_up{store="outside"}')).toBe(1);
    expect(series.get('bridge_disk_free_bytes')).toBeGreaterThan(0);
    expect(series.get('bridge_http_requests_total{method="GET",route="none",status="4xx"}')).toBeGreaterThan(
      0,
    );
  });

  it('has labels from closed lists only', async () => {
    const text = (await scrape(SCRAPER)).body;
    const values = new Map<string, Set<string>>();
    for (const key of seriesOf(text).keys()) {
      if (!key.startsWith('bridge_')) continue;
      for (const [, label = '', value = ''] of key.matchAll(/(\w+)="([^"]*)"/gu))
        values.set(label, (values.get(label) ?? new Set()).add(value));
    }
    const known = new Set(Object.values<MetricDefinition>(METRICS).flatMap(({ labels }) => labels));
    expect([...values.keys()].filter((label) => label !== 'le' && !known.has(label))).toEqual([]);
    expect([...(values.get('link') ?? [])].toSorted()).toEqual(['dang-vien', 'tac-nghiep']);
    // Codes, routes' patterns, versions: nothing with blanks, capitals of names or digits of identities.
    for (const [label, seen] of values)
      for (const value of seen)
        expect(value, label).toMatch(/^(?:[a-z][a-zA-Z-]*|[2-5]xx|GET|POST|\/[\w/:*.{}-]*|v?[\d.]+|\+Inf)$/u);
  });
});

describe('doctor', () => {
  type Found = { readonly findings: readonly { readonly check: string; readonly subject: string }[] };
  const levelsOf = async () =>
    ((await bridge.run('doctor')) as Found).findings.map((finding) => ({ ...finding }));

  it('finds nothing wrong with a bridge as it comes', async () => {
    const found = await levelsOf();
    expect(found.filter((finding) => !('level' in finding) || finding.level !== 'ok')).toEqual([]);
    for (const check of ['version', 'domino', 'clock', 'link', 'mapping'])
      expect(
        found.some((finding) => finding.check === check),
        check,
      ).toBe(true);
  });

  it('says which server fails and with what, and what to do', async () => {
    await bridge.run('domino-fault', { action: 'add', rule: { kind: 'down', when: {} } });
    try {
      expect(await levelsOf()).toContainEqual(
        expect.objectContaining({
          check: 'domino',
          subject: 'dang-vien',
          level: 'problem',
          todo: expect.stringContaining('firewall'),
        }),
      );
    } finally {
      await bridge.run('domino-fault', { action: 'clear' });
    }
  });
});

describe('the log', () => {
  it('carries ids and no personal data, whatever is logged and whatever fails', async () => {
    await bridge.run('domino-fault', { action: 'add', rule: { kind: 'down', when: { nth: 3 } } });
    await bridge.run('sync-once').catch(() => undefined);
    await bridge.run('domino-fault', { action: 'clear' });
    await app.inject({
      url: '/api/handbook/v1/search?q=Nguy%E1%BB%85n',
      headers: { authorization: `Bearer ${LOCAL}` },
    });
    const { members } = bridge.composed;
    const values = new Set<string>();
    for (const entity of ['member', 'organisation', 'assignment', 'meeting']) {
      const { records } = await members.list(entity, { after: null, limit: 200 });
      for (const record of records)
        for (const value of Object.values(record.fields))
          if (typeof value === 'string' && value.length >= 6 && !/^[\d-]{6,10}$/u.test(value))
            values.add(value);
    }
    expect(values.size).toBeGreaterThan(20);
    const log = bridge.logLines.join('');
    expect([...values].filter((value) => log.includes(value))).toEqual([]);
    const lines = bridge.logLines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(
      lines.filter(({ msg }) => msg === 'answered').every(({ reqId }) => typeof reqId === 'string'),
    ).toBe(true);
    expect(lines.some(({ link, pass }) => typeof link === 'string' && typeof pass === 'string')).toBe(true);
  });
});
