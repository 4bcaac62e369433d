import { setTimeout as sleep } from 'node:timers/promises';
import type { Running } from './bridge-process.ts';

/** Waits until the server says that it is ready; answers its address. Fails with what it printed when it ends instead. */
export async function addressOf(running: Running): Promise<string> {
  let ended = false;
  void running.ended.then(() => {
    ended = true;
  });
  for (;;) {
    const address = /Ready\. {2}(http:\/\/[\d.:]+)\//.exec(running.stdout())?.[1];
    if (address !== undefined && /everything else/.test(running.stdout())) return address;
    if (ended) {
      const { stdout, stderr } = await running.ended;
      throw new Error(`the server ended before it was ready:\n${stdout}${stderr}`);
    }
    await sleep(50);
  }
}

export async function postJson(
  url: string,
  body: unknown,
  token?: string,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

export async function getJson(
  url: string,
  token?: string,
): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(url, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  return { status: answer.status, body: await answer.json() };
}
