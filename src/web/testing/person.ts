import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { PASSWORD } from './staged-bridge.ts';

const SIZES = { laptop: { width: 1366, height: 850 }, phone: { width: 390, height: 844 } } as const;
/** Folder for pictures of every page; null: none are taken. */
export const PICTURES = process.env['CONSOLE_PICTURES'] || null;

export interface Look {
  readonly size: keyof typeof SIZES;
  readonly theme: 'light' | 'dark';
}

export function openBrowser(): Promise<Browser> {
  const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Somebody at a browser of their own, signed in. What the browser complains of (a refused script, a failed request) is kept. */
export class Person {
  readonly page: Page;
  readonly complaints: string[] = [];
  readonly #context: BrowserContext;
  readonly #url: string;

  private constructor(context: BrowserContext, page: Page, url: string) {
    this.#context = context;
    this.page = page;
    this.#url = url;
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.complaints.push(message.text());
    });
  }

  static async signIn(
    browser: Browser,
    url: string,
    name: string,
    look: Look = { size: 'laptop', theme: 'light' },
  ): Promise<Person> {
    const context = await browser.newContext({
      viewport: SIZES[look.size],
      colorScheme: look.theme,
      locale: 'vi-VN',
      timezoneId: 'Asia/Ho_Chi_Minh',
    });
    context.setDefaultTimeout(20_000);
    const person = new Person(context, await context.newPage(), url);
    // The console sends whoever is not signed in to the sign-in page, and is where they come back to.
    await person.page.goto(`${url}/console/`);
    await person.page.fill('input[name=name]', name);
    await person.page.fill('input[name=password]', PASSWORD);
    await person.page.click('button[type=submit]');
    await person.page.waitForSelector('main h1');
    person.complaints.length = 0;
    return person;
  }

  /** Opens a page below `/console` and waits until its data are there. */
  async open(path: string): Promise<void> {
    await this.page.goto(`${this.#url}/console${path}`);
    await this.settled();
  }

  async settled(): Promise<void> {
    await this.page.waitForSelector('main h1');
    await this.page.locator('main:not(:has-text("Đang tải…"))').waitFor();
  }

  text(): Promise<string> {
    return this.page.innerText('main');
  }

  /** What breaks the accessibility rules (WCAG 2.1 AA and axe's best practices), in words. */
  async barriers(): Promise<readonly string[]> {
    await this.page.evaluate(axe.source);
    const { violations } = await this.page.evaluate<axe.AxeResults>(
      `axe.run(document, { resultTypes: ['violations'] })`,
    );
    return violations.map(({ id, help, nodes }) => `${id}: ${help} – ${nodes[0]?.html}`);
  }

  /** By how much the page is wider than the window. */
  overflow(): Promise<number> {
    return this.page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
  }

  async picture(name: string): Promise<void> {
    if (PICTURES === null) return;
    mkdirSync(PICTURES, { recursive: true });
    await this.page.waitForTimeout(300);
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  leave(): Promise<void> {
    return this.#context.close();
  }
}
