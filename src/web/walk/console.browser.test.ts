import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Look, openBrowser, Person, PICTURES } from '../testing/person.ts';
import { openStagedBridge, type StagedBridge } from '../testing/staged-bridge.ts';
import { STAGED } from '../testing/staged-config.ts';

let staged: StagedBridge;
let browser: Browser;
let van: Person;
beforeAll(async () => {
  [staged, browser] = await Promise.all([openStagedBridge(), openBrowser()]);
  van = await Person.signIn(browser, staged.url, 'chi.van');
});
afterAll(async () => {
  await browser?.close();
  await staged?.close();
});
const store = () => staged.composed.bridge.deps.store;
const pairsOf = async (linkId: string, status: 'live' | 'withheld') =>
  store().pairsAfter(linkId, null, 1_000, [status]);

describe('the operators’ console', () => {
  it('the overview names what is wrong in the order in which a person should care, and the pass that runs', async () => {
    await van.open('/');
    const items = van.page.locator('.todo li');
    await expect
      .poll(() =>
        items.evaluateAll((all) => all.map((one) => `${one.dataset['what']} ${one.dataset['link']}`)),
      )
      .toEqual([
        `unreachable ${STAGED.down.id}`,
        `brake-deletes ${STAGED.braked.id}`,
        `conflicts ${STAGED.asked.id}`,
        `quarantine ${STAGED.well.id}`,
        `behind ${STAGED.filling.id}`,
      ]);
    await van.page.waitForSelector(`[data-running=${STAGED.filling.id}]`, { timeout: 60_000 });
    expect(await van.page.locator('.pulse').innerText()).toBe('Trực tiếp');
    // Each number leads to the list behind it.
    await van.page.getByRole('link', { name: 'Xung đột: 6' }).click();
    await van.page.waitForSelector('[data-conflict]');
    expect(await van.page.locator('[data-conflict]').count()).toBe(6);
  });

  it('the running pass is seen to go on without a reload', async () => {
    await van.open(`/links/${STAGED.filling.id}`);
    const said = () => van.page.locator('[data-running]').first().innerText();
    const before = await said();
    await expect.poll(said).not.toBe(before);
  });

  it('a conflict is decided beside its base, and the value reaches Notes; many are decided by a rule that lists first', async () => {
    const rows = await store().conflicts({ linkId: STAGED.asked.id, state: 'open', limit: 10 });
    const [row] = rows;
    await van.open('/conflicts');
    const card = van.page.locator(`[data-conflict="${row?.id}"]`);
    await card.locator('.side', { hasText: 'Sổ tay' }).getByRole('button').click();
    await expect.poll(() => van.page.locator('[data-conflict]').count()).toBe(5);
    expect(await store().conflict(row?.id ?? '')).toMatchObject({
      state: 'resolved',
      choice: 'handbook',
      closedBy: 'chi.van',
    });
    await expect.poll(() => noteProgress(row?.unid ?? '')).toBe(row?.handbook);

    await van.page.getByRole('button', { name: 'Quyết định hàng loạt…' }).click();
    const dialog = van.page.locator('dialog');
    await dialog.getByLabel('Lý do').fill('theo sổ theo dõi của chi bộ');
    await dialog.getByRole('button', { name: 'Xem danh sách' }).click();
    await expect.poll(() => dialog.locator('tbody tr').count()).toBe(5);
    await van.picture('bulk-laptop-light');
    expect(await store().conflicts({ state: 'open', limit: 10 })).toHaveLength(5);
    await dialog.getByRole('button', { name: 'Quyết định 5 xung đột' }).click();
    await dialog.getByText('Đã quyết định 5 xung đột.').waitFor();
    await dialog.getByRole('button', { name: 'Đóng' }).click();
    await van.page.getByText('Không có xung đột nào.').waitFor();
  });

  it('what was decided can be decided anew', async () => {
    await van.open('/conflicts?state=resolved');
    const card = van.page.locator('[data-conflict]').last();
    const id = (await card.getAttribute('data-conflict')) ?? '';
    const before = (await store().conflict(id))?.choice;
    await card.getByRole('button', { name: /^Đổi lại/ }).click();
    await expect.poll(async () => (await store().conflict(id))?.choice).not.toBe(before);
  });

  it('a preview equals what then happens', async () => {
    const { id, file } = STAGED.well;
    const changed = (await pairsOf(id, 'live')).filter((pair) => pair.blocked === null).slice(-2);
    for (const pair of changed)
      await staged.ask('domino-edit', {
        database: file,
        unid: pair.unid,
        items: { TenToChuc: { type: 'text', values: ['Chi bộ đổi tên'] } },
      });
    await van.open(`/links/${id}`);
    await van.page.getByRole('button', { name: 'Xem trước từng tài liệu' }).click();
    await van.page.getByRole('link', { name: '2 việc sẽ làm' }).click();
    await van.page.waitForSelector('main tbody tr');
    const previewId = new URL(van.page.url()).pathname.split('/').at(-1) ?? '';
    const listed = (await store().preview(previewId))?.entries ?? [];
    expect(await van.page.locator('main tbody tr').count()).toBe(2);
    await van.picture('preview-laptop-light');

    await van.open(`/links/${id}`);
    await van.page.getByRole('button', { name: 'Chạy ngay' }).click();
    await van.page.getByText(/^Xong: /).waitFor();
    const happened = (await Promise.all(changed.map((pair) => store().journalOfPair(pair.id)))).flatMap(
      (rows) => rows.slice(1),
    );
    const plain = (one: { pairId: string | null; event: string; fields: readonly string[] }) =>
      `${one.pairId} ${one.event} ${one.fields.join()}`;
    expect(happened.map(plain).sort()).toEqual(listed.map(plain).sort());
  });

  it('a brake is released by two people, and the journal has both', async () => {
    const anh = await Person.signIn(browser, staged.url, 'mai.anh');
    const release = async (person: Person, button: string, reason: string) => {
      await person.open('/brakes');
      await person.page.locator('main tbody a').first().click();
      await person.page.getByRole('button', { name: button }).click();
      const dialog = person.page.locator('dialog');
      await dialog.getByLabel('Lý do').fill(reason);
      await dialog.getByRole('button', { name: button }).click();
      return dialog;
    };
    const asked = await release(anh, 'Nhả phanh…', 'văn bản thu hồi theo thông báo 12');
    await asked.getByText('cần một người khác xác nhận').waitFor();
    await anh.picture('four-eyes-laptop-light');
    await asked.getByRole('button', { name: 'Đóng' }).click();
    await anh.page.getByText('mai.anh đã đề nghị').waitFor();
    expect(await anh.page.getByRole('button', { name: /Nhả phanh|Xác nhận nhả/ }).count()).toBe(0);
    expect((await store().link(STAGED.braked.id))?.brakeDeletes).not.toBeNull();

    const ha = await Person.signIn(browser, staged.url, 'thu.ha');
    const confirmed = await release(ha, 'Xác nhận nhả phanh…', 'đã đối chiếu danh sách');
    await confirmed.getByText('Đã nhả phanh.').waitFor();
    expect((await store().link(STAGED.braked.id))?.brakeDeletes).toBeNull();
    const journal = await store().journal(STAGED.braked.id, 0, 1_000);
    expect(journal.find((row) => row.event === 'release')).toMatchObject({ by: 'thu.ha' });
    expect(journal.find((row) => row.event === 'release')?.reason).toContain('mai.anh: văn bản thu hồi');
    await anh.leave();
    await ha.leave();
  });

  it('a document’s life is read; one that is withheld shows why, and nothing it says', async () => {
    const [pair] = (await pairsOf(STAGED.asked.id, 'live')).filter((one) => one.entity === 'task');
    await van.open('/');
    await van.page.keyboard.press('/');
    await van.page.keyboard.type(pair?.key ?? '');
    await van.page.keyboard.press('Enter');
    await van.page.getByText('Lập bản ghi trong sổ tay').waitFor();
    const seen = await van.text();
    for (const word of [
      'TieuDe',
      pair?.unid ?? '',
      'từ Notes',
      JSON.stringify(pair?.base['title']).slice(1, -1),
    ])
      expect(seen).toContain(word);
    await van.picture('document-laptop-light');

    const [secret] = (await pairsOf(STAGED.asked.id, 'withheld')).filter((one) => one.unid !== null);
    const { items } = await shown(STAGED.asked.file, secret?.unid);
    await van.open(`/documents?q=${secret?.unid}`);
    await van.page.getByText('Cửa kiểm soát giữ tài liệu này lại').waitFor();
    const page = await van.page.content();
    const says = items
      .filter((item) => !['Form', 'DoMat'].includes(item.name))
      .flatMap((item) => item.values.map(String))
      .filter((value) => value.length > 5);
    expect(says.length).toBeGreaterThan(1);
    for (const value of says) expect(page, value).not.toContain(value);
    await van.picture('withheld-document-laptop-light');
  });

  it('goes by keys and in English; an auditor sees everything and is offered nothing', async () => {
    const oanh = await Person.signIn(browser, staged.url, 'kim.oanh');
    await oanh.page.keyboard.press('g');
    await oanh.page.keyboard.press('q');
    await oanh.page.waitForURL(/\/quarantine$/);
    await oanh.settled();
    expect(await oanh.page.getByRole('button', { name: 'Thử lại' }).count()).toBe(0);
    await oanh.page.getByRole('button', { name: 'English' }).click();
    await oanh.page.getByRole('heading', { name: 'Quarantine', level: 1 }).waitFor();
    await oanh.open(`/links/${STAGED.asked.id}`);
    const actions = await oanh.page
      .getByRole('region', { name: 'Actions' })
      .getByRole('button')
      .allInnerTexts();
    expect(actions).toEqual(['Verify']);
    await oanh.leave();
  });

  it('every page is free of barriers and fits its window, on a laptop in the light and on a phone in the dark', async () => {
    const [document] = await pairsOf(STAGED.well.id, 'live');
    const pages: Readonly<Record<string, string>> = {
      overview: '/',
      link: `/links/${STAGED.asked.id}`,
      documents: '/documents?state=withheld',
      document: `/documents/${document?.id}`,
      conflicts: '/conflicts?state=resolved',
      quarantine: '/quarantine',
      withheld: '/withheld',
      brakes: '/brakes',
      mappings: '/mappings',
      journal: '/journal',
      queues: '/queues',
      accounts: '/accounts',
    };
    const looks: readonly Look[] =
      PICTURES === null
        ? [
            { size: 'laptop', theme: 'light' },
            { size: 'phone', theme: 'dark' },
          ]
        : (['laptop', 'phone'] as const).flatMap((size) =>
            (['light', 'dark'] as const).map((theme) => ({ size, theme })),
          );
    const barriers: string[] = [];
    for (const look of looks) {
      const person = await Person.signIn(browser, staged.url, 'chi.van', look);
      for (const [name, path] of Object.entries(pages)) {
        await person.open(path);
        const at = `${name} ${look.size} ${look.theme}`;
        barriers.push(...(await person.barriers()).map((barrier) => `${at}: ${barrier}`));
        const wider = await person.overflow();
        if (wider > 0) barriers.push(`${at}: ${wider} pixels wider than the window`);
        await person.picture(`${name}-${look.size}-${look.theme}`);
      }
      barriers.push(...person.complaints.map((complaint) => `${look.size} ${look.theme}: ${complaint}`));
      await person.leave();
    }
    expect(barriers).toEqual([]);
    expect(van.complaints).toEqual([]);
  });
});

interface Shown {
  readonly items: readonly { readonly name: string; readonly values: readonly (string | number)[] }[];
}

function shown(file: string, unid: string | null | undefined): Promise<Shown> {
  return staged.ask<Shown>('domino-show', { database: file, unid });
}

async function noteProgress(unid: string): Promise<unknown> {
  const { items } = await shown(STAGED.asked.file, unid);
  return items.find((item) => item.name === 'TienDo')?.values[0];
}
