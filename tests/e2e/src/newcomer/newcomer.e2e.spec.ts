import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createTestFolder } from '../stack/test-folder.js';
import { StartCommand } from '../stack/start-command.js';
import { SimulatorControl } from '../truth/simulator-control.js';
import { type RunningBrowser, startBrowser } from './browser.js';

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
const heading = (name: string) => page.getByRole('heading', { name, level: 1 });

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

test('the funnel works at 390 px without sideways scrolling', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  for (const view of ['now', 'flow', 'cohort']) {
    await page.goto(`${funnelAddress()}?view=${view}`);
    await heading('Воронка').waitFor();
    await page.getByRole('tabpanel').getByRole('link').first().waitFor();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect([view, overflow]).toEqual([view, 0]);
  }
});
