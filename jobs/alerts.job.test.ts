import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { KeptAlert } from '../connectors/postgres/alerts-port.ts';
import { mailChannel, webhookChannel } from '../src/alerts/channels.ts';
import type { Condition } from '../src/alerts/conditions.ts';
import { type AlertsDeps, runAlertsJob } from './alerts.job.ts';

const braked: Condition = {
  key: 'link a braked',
  severity: 'critical',
  afterMs: 0,
  title: 'Link a: braked',
  todo: 'bridge preview --show 1',
};

let open: (Server | TcpServer)[] = [];
afterEach(async () => {
  await Promise.all(open.map((server) => new Promise((resolve) => void server.close(resolve))));
  open = [];
});
async function listening(server: Server | TcpServer): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A webhook that answers with these statuses in turn. */
async function webhook(...statuses: readonly number[]) {
  const bodies: { readonly alerts: readonly { readonly kind: string; readonly title: string }[] }[] = [];
  const port = await listening(
    createServer((request, response) => {
      void text(request).then((body) => {
        response.writeHead(statuses[bodies.length] ?? 204, { connection: 'close' }).end();
        bodies.push(JSON.parse(body));
      });
    }),
  );
  return { bodies, channel: webhookChannel(`http://127.0.0.1:${port}/hook`) };
}

/** Says yes to every command of SMTP and keeps what came. */
async function mailServer() {
  const mails: string[] = [];
  const port = await listening(
    createTcpServer((socket) => {
      let data: string | null = null;
      socket.setEncoding('utf8').write('220 test\r\n');
      socket.on('data', (part: string) => {
        if (data !== null) {
          data += part;
          if (!data.endsWith('\r\n.\r\n')) return;
          mails.push(data);
          data = null;
          socket.write('250 kept\r\n');
          return;
        }
        for (const line of part.split('\r\n').filter((one) => one !== '')) {
          if (line === 'DATA') data = '';
          if (line === 'QUIT') socket.end('221 bye\r\n');
          else socket.write(line === 'DATA' ? '354 go on\r\n' : '250 yes\r\n');
        }
      });
    }),
  );
  return { mails, channel: mailChannel(`smtp://127.0.0.1:${port}`, 'bridge@example.vn', ['ops@example.vn']) };
}

function job(channels: AlertsDeps['channels']) {
  const kept: KeptAlert[] = [];
  const logged: object[] = [];
  const log = (fields: object) => void logged.push(fields);
  const state = { conditions: [] as readonly Condition[], now: 0 };
  const run = () =>
    runAlertsJob({
      channels,
      book: {
        all: async () => [...kept],
        replace: async (alerts) => void kept.splice(0, kept.length, ...alerts),
      },
      look: async () => state.conditions,
      repeatMs: 86_400_000,
      quietHours: null,
      clock: { now: () => state.now },
      log: { info: log, warn: log, error: log },
    });
  return { run, state, kept, logged };
}

describe('alerts', () => {
  it('are told by webhook once, and when they are over', async () => {
    const { bodies, channel } = await webhook();
    const { run, state, kept } = job([channel]);
    state.conditions = [braked];
    await run();
    await run();
    state.conditions = [];
    await run();
    await run();
    expect(bodies.map(({ alerts }) => alerts.map(({ kind, title }) => [kind, title]))).toEqual([
      [['begins', 'Link a: braked']],
      [['over', 'Link a: braked']],
    ]);
    expect(kept).toEqual([]);
  });

  it('are told again where the channel failed, that they are over too', async () => {
    const { bodies, channel } = await webhook(500, 204, 503, 204);
    const { run, state, logged } = job([channel]);
    state.conditions = [braked];
    await run();
    await run();
    state.conditions = [];
    await run();
    await run();
    await run();
    expect(bodies.flatMap(({ alerts }) => alerts.map(({ kind }) => kind))).toEqual([
      'begins',
      'begins',
      'over',
      'over',
    ]);
    expect(logged).toHaveLength(2);
  });

  it('are told by mail, several in one, with what to do', async () => {
    const { mails, channel } = await mailServer();
    const { run, state } = job([channel]);
    state.conditions = [braked, { ...braked, key: 'disk', title: 'The disk is full' }];
    await run();
    await run();
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('Subject: [bridge] Link a: braked (+1)');
    expect(mails[0]).toContain('To: ops@example.vn');
    expect(mails[0]).toContain('To do: bridge preview --show 1');
    expect(mails[0]).toContain('The disk is full');
  });
});
