import { createTransport } from 'nodemailer';
import { fetch } from 'undici';
import type { AlertMessage } from './decide-alerts.ts';

/** Tells people of troubles. Rejects when it could not; the message is told again by the next look. */
export interface AlertChannel {
  readonly name: string;
  tell(messages: readonly AlertMessage[]): Promise<void>;
}

const TIMEOUT_MS = 10_000;

/** POST of `{alerts: […]}` as JSON; any 2xx is taken for told. */
export function webhookChannel(url: string): AlertChannel {
  return {
    name: 'webhook',
    async tell(messages) {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'error',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          alerts: messages.map(({ channel: _channel, since, ...alert }) => ({
            ...alert,
            since: new Date(since).toISOString(),
          })),
        }),
      });
      await response.body?.cancel();
      if (!response.ok) throw new Error(`the webhook answered ${response.status}`);
    },
  };
}

/** One mail for each look. `url` as nodemailer takes it: `smtps://user:password@host`, `smtp://host:25`. */
export function mailChannel(url: string, from: string, to: readonly string[]): AlertChannel {
  const transport = createTransport(url, { from });
  return {
    name: 'mail',
    async tell(messages) {
      const [first] = messages;
      if (first === undefined) return;
      const others = messages.length === 1 ? '' : ` (+${messages.length - 1})`;
      await transport.sendMail({
        to: [...to],
        subject: `[bridge] ${first.kind === 'over' ? 'Over: ' : ''}${first.title}${others}`,
        text: messages.map(inWords).join('\n\n'),
      });
    },
  };
}

function inWords({ kind, severity, title, todo, since }: AlertMessage): string {
  const words = { begins: severity, lasts: `${severity}, still`, over: 'over' }[kind];
  const step = todo === '' ? '' : `\nTo do: ${todo}`;
  return `${words.toUpperCase()}: ${title}\nSince: ${new Date(since).toISOString()}${step}`;
}
