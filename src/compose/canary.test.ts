import { afterAll, beforeAll, expect, it } from 'vitest';
import { openSmallBridge, type SmallBridge } from './testing/small-bridge.ts';

const LOCAL = 'local-token-0123456789abcdef0123456789';
const DATABASE = 'tacnghiep.nsf';
/** Words that are nowhere else. `crossed`: released, then withdrawn. `never`: never released. `broken`: set aside. */
const WORDS = { crossed: 'chimhoangyen5501', never: 'chimsaodat5502', broken: 'chimboituong5503' };

let bridge: SmallBridge;
beforeAll(async () => {
  bridge = await openSmallBridge();
  await bridge.run('sync-once');
}, 120_000);
afterAll(() => bridge.close());

function newTask(code: string, title: string, marks: Record<string, string>): Promise<unknown> {
  const items = { MaNhiemVu: code, TieuDe: title, ...marks };
  return bridge.run('domino-create-note', {
    database: DATABASE,
    form: 'NhiemVu',
    items: Object.fromEntries(
      Object.entries(items).map(([name, value]) => [name, { type: 'text', values: [value] }]),
    ),
  });
}

it('[GA5] [GA1] [QU2] no word of a withheld note is in any store, the queue, logs, metrics, errors, operations or feeds', {
  timeout: 120_000,
}, async () => {
  const { composed } = bridge;
  const released = { DoMat: 'Thuong', ChoPhepChuyen: '1' };
  const { unid } = (await newTask('NV-chim', `Tổ ${WORDS.crossed}`, released)) as { unid: string };
  await newTask('NV-mat', WORDS.never, { DoMat: 'Mat', ChoPhepChuyen: '1' });
  await newTask('NV-hong', WORDS.broken.repeat(40), released);
  await bridge.run('sync-once');
  const jobs = await composed.openJobs();
  await jobs.schedule(composed.schedules);
  const app = composed.buildApp(jobs, LOCAL);
  const ask = async (url: string, status = 200) => {
    const answer = await app.inject({ url, headers: { authorization: `Bearer ${LOCAL}` } });
    expect(answer.statusCode, url).toBe(status);
    return answer.body;
  };
  // The search itself finds what is there.
  expect(await everyRow()).toContain(WORDS.crossed);

  await bridge.run('domino-edit', {
    database: DATABASE,
    unid,
    items: { DoMat: { type: 'text', values: ['Mat'] } },
  });
  await bridge.run('sync-once');
  await bridge.run('sync-once');
  const answers = [
    await everyRow(),
    bridge.logLines.join('\n'),
    await ask('/metrics'),
    ...(await Promise.all(
      [
        'links',
        'conflicts',
        'quarantine',
        'withheld',
        'journal/tac-nghiep',
        'jobs',
        `links/tac-nghiep/notes/${unid}`,
      ].map((path) => ask(`/api/ops/v1/${path}`, path.includes('/notes/') ? 404 : 200)),
    )),
    JSON.stringify(await composed.bridge.deps.handbook.changes(null, 1000)),
    JSON.stringify(await composed.members.feed(null, 1000)),
    JSON.stringify(await composed.members.list('task', { after: null, limit: 500 })),
    JSON.stringify(await jobs.overview()),
    ...(await Promise.all(
      [
        bridge.run('verify'),
        bridge.run('preview', { link: 'tac-nghiep' }),
        bridge.run('repair', { link: 'nobody' }),
      ].map((one) =>
        one.then(JSON.stringify, (error: unknown) => `${String(error)} ${JSON.stringify(error)}`),
      ),
    )),
  ];
  for (const word of Object.values(WORDS)) {
    const found = answers.findIndex((text) => text.includes(word));
    expect(found === -1 ? 'nowhere' : `${word} in ${answers[found]?.slice(0, 300)}`).toBe('nowhere');
  }
});

/** Every row of every schema, bytes as text too. */
async function everyRow(): Promise<string> {
  const { rows } = await bridge.composed.outside.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables
     where table_schema in ('bridge', 'handbook', 'bullmq')`,
  );
  const parts: string[] = [];
  for (const { schema, name } of rows) {
    const all = await bridge.composed.outside.query<{ line: string }>(
      `select t::text as line from "${schema}"."${name}" t`,
    );
    for (const { line } of all.rows) {
      parts.push(line);
      for (const [, hex = ''] of line.matchAll(/\\x([0-9a-f]{8,})/gu))
        parts.push(Buffer.from(hex, 'hex').toString('utf8'));
    }
  }
  expect(new Set(rows.map((row) => row.schema)).size).toBe(3);
  return parts.join('\n');
}
