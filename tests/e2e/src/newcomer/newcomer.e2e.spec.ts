import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createTestFolder } from '../stack/test-folder.js';
import { StartCommand } from '../stack/start-command.js';
import { SimulatorControl } from '../truth/simulator-control.js';
import { joinByLink } from './join-by-link.js';
import { type RunningBrowser, startBrowser } from '@funnelwatch/testing/browser';

let folder: string;
let product: StartCommand;
let running: RunningBrowser;
let page: Page;
const complaints: string[] = [];

beforeAll(async () => {
  folder = await createTestFolder('newcomer');
  product = await StartCommand.run(['--data', join(folder, 'data'), '--port', '0']);
  running = await startBrowser();
  const context = await running.browser.newContext({ locale: 'ru-RU', viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(30_000);
  await joinByLink(page, product.report.firstLink ?? '', { name: 'Ирина Орлова', email: 'irina@example.com' });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
});

afterAll(async () => {
  await running?.close();
  await product?.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

const funnelAddress = () => `${product.report.address}portals/${product.report.portalId}/funnel`;
const apiAddress = () => `${product.report.address}api/v1/portals/${product.report.portalId}`;
const heading = (name: string, level = 1) => page.getByRole('heading', { name, level });

test('a newcomer sees the backfill, the funnel, its records and events, and a live change without reloading', async () => {
  // The address that npm start printed leads to the portals and the progress of the backfill.
  await page.goto(product.report.address);
  await heading('Порталы').waitFor();
  await page.getByText('Подключён', { exact: true }).waitFor();
  await page.getByText('История прочитана, изменения приходят').waitFor({ timeout: 150_000 });

  await page.getByRole('link', { name: 'Открыть воронку' }).click();
  await heading('Воронка').waitFor();
  const tab = (name: RegExp) => page.getByRole('tab', { name });
  expect(await tab(/Сейчас/).getAttribute('aria-selected')).toBe('true');
  await page
    .getByRole('link', { name: /на стадии «КП отправлено»/ })
    .first()
    .waitFor();

  // Month one of the worked example: 250 → 75 → 60 → 12, by the deep link and by what the simulator planted.
  const control = new SimulatorControl(product.report.simulatorControlUrl ?? '');
  const truth = await control.truth('none');
  const flow = truth.pipelines['deal:0']?.sellers['all']?.flow ?? {};
  const month = truth.months.find((each) => flow[each]?.entries['NEW'] === 250) ?? 'none';
  const planted = flow[month]?.entries ?? {};
  expect(['NEW', 'PREPARATION', 'PREPAYMENT_INVOICE', 'WON'].map((stage) => planted[stage])).toEqual([250, 75, 60, 12]);
  await tab(/Поток за период/).click();
  const entries = (stage: string) => page.getByRole('link', { name: new RegExp(`входы на стадию «${stage}»`) }).first();
  await entries('КП отправлено').waitFor();
  await page.goto(`${funnelAddress()}?view=flow&pipeline=deal:0&month=${month}`);
  for (const stage of truth.pipelines['deal:0']?.stages ?? []) {
    const count = planted[stage.id] ?? 0;
    if (stage.rank !== null)
      await entries(stage.name)
        .filter({ hasText: new RegExp(`^${count}\\D`) })
        .waitFor();
  }
  await tab(/Когорта/).click();
  await page
    .getByText(/\[\d+,\d–\d+,\d\]/)
    .first()
    .waitFor();

  // From a number to its records, to a record, to its events.
  await tab(/Сейчас/).click();
  const figure = page.getByRole('link', { name: /на стадии «КП отправлено»/ }).first();
  const shown = Number((await figure.innerText()).replace(/\D/g, ''));
  await figure.click();
  const records = page.getByRole('list', { name: 'Записи' });
  await records.waitFor();
  const first = records.getByRole('listitem').first();
  expect(Math.abs(Number(await first.getAttribute('aria-setsize')) - shown)).toBeLessThanOrEqual(2);
  await first.getByRole('button').click();
  const timeLine = page.getByRole('region', { name: 'Что происходило' });
  await timeLine.getByRole('listitem').first().waitFor();

  // A change in the portal arrives by itself.
  const record = new URL(page.url()).searchParams.get('record') ?? '';
  const dealId = /(\d+)/.exec(record)?.[1] ?? '';
  await page.evaluate('window.isSameDocument = true');
  await control.apply({
    op: 'update',
    entity: 'deal',
    id: dealId,
    way: 'classic',
    fields: { OPPORTUNITY: '7654321.00' },
  });
  await timeLine
    .getByText(/7\s654\s321/)
    .first()
    .waitFor({ timeout: 20_000 });
  expect(await page.evaluate('window.isSameDocument')).toBe(true);
  expect(complaints).toEqual([]);
});

test('a past moment is shown, kept in the address, and left with one click', async () => {
  await page.goto(`${funnelAddress()}?view=now`);
  const open = () => page.getByRole('link', { name: /, В работе$/ }).first();
  await open().waitFor();
  await page.keyboard.press('t');
  await page.getByRole('button', { name: 'Конец прошлого месяца' }).click();
  const banner = page.getByRole('status').filter({ hasText: 'Данные на' });
  await banner.waitFor();
  const asOf = new URL(page.url()).searchParams.get('asOf') ?? '';
  expect(new Date(Date.parse(asOf) + 1).toISOString()).toMatch(/T21:00:00\.000Z$/);
  const shown = await page.request.get(`${apiAddress()}/funnel/now?pipeline=deal:0&asOf=${asOf}`);
  const { open: standing } = (await shown.json()) as { open: { count: number } };
  await open()
    .filter({ hasText: new RegExp(`^${standing.count}\\D`) })
    .waitFor();

  // The address alone brings it back; one click leads to now.
  await page.reload();
  await banner.waitFor();
  await page.getByRole('button', { name: 'Вернуться к сейчас' }).click();
  await banner.waitFor({ state: 'detached' });
  expect(new URL(page.url()).searchParams.has('asOf')).toBe(false);
  expect(complaints).toEqual([]);
});

test('from an event of a time line one sees the funnel as it was known then', async () => {
  const list = await page.request.get(
    `${apiAddress()}/funnel/records?pipeline=deal:0&view=now&figure=standing&limit=1`,
  );
  const { items } = (await list.json()) as { items: { id: string }[] };
  await page.goto(`${product.report.address}portals/${product.report.portalId}/records/deal/${items[0]?.id}`);
  await page.getByRole('link', { name: 'Воронка, как мы её знали при этом событии' }).last().click();
  await page.getByText('Как мы знали на', { exact: false }).first().waitFor();
  await page.getByRole('tabpanel').getByRole('link').first().waitFor({ timeout: 60_000 });
  expect(new URL(page.url()).searchParams.get('asAt')).toMatch(/^\d+:\d+$/);
  expect(complaints).toEqual([]);
});

test('the page of operations says that all is well, live', async () => {
  await page.goto(`${product.report.address}operations`);
  await heading('Работа системы').waitFor();
  const lag = page.getByRole('region', { name: 'Отставание по корзинам' }).first();
  await lag.getByText('funnel').first().waitFor();
  await page.getByText('Карантин пуст', { exact: false }).waitFor();
  await heading('Тревоги', 2).waitFor();
  const freshness = page.getByRole('region', { name: 'Свежесть порталов' }).last();
  await freshness.getByText('опрашивается').waitFor();
  expect(await page.getByText('Критично', { exact: true }).count()).toBe(0);
  const first = await page.getByText(/^состояние на /).innerText();
  await page.getByText(first, { exact: true }).waitFor({ state: 'detached' });
  await page.getByText(/^состояние на /).waitFor();
  expect(complaints).toEqual([]);
});

test('the funnel works at 390 px without sideways scrolling', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const view of ['now', 'flow', 'cohort']) {
    await page.goto(`${funnelAddress()}?view=${view}`);
    await heading('Воронка').waitFor();
    await page.getByRole('tabpanel').getByRole('link').first().waitFor();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect([view, overflow]).toEqual([view, 0]);
  }
  await page.goto(`${product.report.address}operations`);
  await page.getByText('Карантин пуст', { exact: false }).waitFor();
  expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
});
