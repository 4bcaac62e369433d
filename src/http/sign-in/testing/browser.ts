import type { FastifyInstance, LightMyRequestResponse } from 'fastify';

/** Keeps cookies and fills in forms as a browser would, on an application that does not listen. */
export class Browser {
  readonly #app: FastifyInstance;
  readonly #jar = new Map<string, string>();

  constructor(app: FastifyInstance) {
    this.#app = app;
  }

  cookie(name: string): string | undefined {
    return this.#jar.get(name);
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#kept(await this.#app.inject({ url, headers, cookies: Object.fromEntries(this.#jar) }));
  }

  async postJson(
    url: string,
    payload: object,
    headers: Record<string, string>,
  ): Promise<LightMyRequestResponse> {
    const cookies = Object.fromEntries(this.#jar);
    return this.#kept(await this.#app.inject({ method: 'POST', url, payload, headers, cookies }));
  }

  /** Sends the form of a page: its hidden fields, then `fields`. */
  async submit(url: string, page: string, fields: Record<string, string>): Promise<LightMyRequestResponse> {
    const hidden = page.matchAll(/type="hidden" name="([^"]+)" value="([^"]*)"/g);
    const form = new URLSearchParams();
    for (const [, name = '', value = ''] of hidden) form.set(name, unescaped(value));
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return this.#kept(
      await this.#app.inject({
        method: 'POST',
        url,
        payload: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        cookies: Object.fromEntries(this.#jar),
      }),
    );
  }

  /** Opens the page, even when signed in already, and sends its form. */
  async signIn(fields: Record<string, string>): Promise<LightMyRequestResponse> {
    const session = [...this.#jar].filter(([name]) => name.endsWith('session'));
    for (const [name] of session) this.#jar.delete(name);
    const { body } = await this.get('/sign-in');
    for (const [name, value] of session) this.#jar.set(name, value);
    return this.submit('/sign-in', body, fields);
  }

  #kept(answer: LightMyRequestResponse): LightMyRequestResponse {
    for (const { name, value, expires } of answer.cookies) {
      if (expires !== undefined && expires.getTime() <= 0) this.#jar.delete(name);
      else this.#jar.set(name, value);
    }
    return answer;
  }
}

function unescaped(value: string): string {
  return value.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
}
