import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningBrowser, startBrowser } from '@funnelwatch/testing/browser';
import { joinByLink } from '../newcomer/join-by-link.js';
import { AppProcess } from '../stack/app-process.js';
import { StartCommand } from '../stack/start-command.js';
import { createTestFolder } from '../stack/test-folder.js';
import { SimulatorControl } from '../truth/simulator-control.js';

let folder: string;
let product: StartCommand;
const running: RunningBrowser[] = [];
let other: AppProcess;
let integrator: Page;
let curator: Page;

beforeAll(async () => {
  folder = await createTestFolder('people');
  other = await AppProcess.start({ app: 'portal-sim', arguments: ['--deals', '30'] });
  const host = new URL(String(other.ready['webhookUrl'])).host;
  product = await StartCommand.run(['--data', join(folder, 'data'), '--port', '0'], { PORTAL_PRIVATE_HOSTS: host });
  [integrator, curator] = [await newPage(), await newPage()];
});

afterAll(async () => {
  for (const browser of running) await browser.close();
  await product?.end('SIGTERM');
  await other?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Of a browser of its own: the package runs each in one process, which bears only one visitor. */
async function newPage(): Promise<Page> {
  const started = await startBrowser();
  running.push(started);
  const context = await started.browser.newContext({ locale: 'ru-RU', viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  return page;
}

const at = (path: string) => `${product.report.address}${path}`;
const heading = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });

/** Rows of the API as the page's session sees them. */
async function read<Answer>(page: Page, path: string): Promise<Answer> {
  const answer = await page.request.get(at(`api/v1/${path}`));
  expect([path, answer.status()]).toEqual([path, 200]);
  return (await answer.json()) as Answer;
}

test('the first link makes the integrator, who connects a second portal and invites a curator to one of them', async () => {
  const link = product.report.firstLink ?? '';
  await joinByLink(integrator, link, { name: 'Ирина Орлова', email: 'irina@example.com' });
  // Nobody comes in by it again.
  const again = await newPage();
  await again.goto(link);
  await again.getByText('Ссылка не подходит').waitFor();

  await integrator.goto(at('portals'));
  await heading(integrator, 'Порталы').waitFor();
  await integrator.getByRole('button', { name: 'Подключить портал' }).first().click();
  await integrator.getByLabel('Адрес входящего вебхука').fill(String(other.ready['webhookUrl']));
  await integrator.getByLabel('Название (необязательно)').fill('Лотос');
  await integrator.getByRole('button', { name: 'Проверить и подключить' }).click();
  await integrator.getByRole('heading', { name: 'Лотос' }).waitFor();
  await integrator.goto(at('fleet'));
  await integrator.getByRole('rowheader', { name: 'Лотос' }).waitFor();

  await integrator.goto(at(`portals/${product.report.portalId}/people`));
  await integrator
    .getByRole('button', { name: /^Пригласить\s*:/ })
    .first()
    .click();
  await integrator.getByRole('dialog').getByLabel('куратор').click();
  await integrator.getByRole('button', { name: 'Создать ссылку' }).click();
  const invitation = await integrator.getByRole('dialog').getByRole('textbox').inputValue();
  await joinByLink(curator, invitation, { name: 'Вера Новикова', email: 'vera@example.com' });
});

test('the curator sees one portal, and the other one is not found', async () => {
  const { portals } = await read<{ portals: { portalId: string }[] }>(curator, 'session');
  expect(portals.map(({ portalId }) => portalId)).toEqual([product.report.portalId]);
  await curator.goto(at(`portals/${product.report.portalId}/funnel`));
  await heading(curator, 'Воронка').waitFor();
  const { items } = await read<{ items: { portalId: string; name: string }[] }>(integrator, 'portals');
  const lotos = items.find(({ name }) => name === 'Лотос')?.portalId ?? '';
  for (const path of [`portals/${lotos}/funnel`, `portals/${lotos}/people`, `portals/${lotos}/records/deal/1`]) {
    await curator.goto(at(path));
    await heading(curator, 'Не найдено').waitFor();
    expect(await curator.getByText('Лотос').count()).toBe(0);
  }
  // Exactly as an address that never was.
  await curator.goto(at(`portals/${lotos}/funnel`));
  const shown = await curator.locator('main').innerText();
  await curator.goto(at('portals/018f0000-0000-7000-8000-000000000000/funnel'));
  await heading(curator, 'Не найдено').waitFor();
  expect(await curator.locator('main').innerText()).toBe(shown);
});

test('scripts in whatever a portal sends are shown as the letters they are', async () => {
  const mark = (where: string) =>
    `<img src=x onerror="window.pwned='${where}'"><script>window.pwned='${where}'</script>`;
  const control = new SimulatorControl(product.report.simulatorControlUrl ?? '');
  const portal = `portals/${product.report.portalId}`;
  const list = await read<{ items: { id: string }[] }>(
    integrator,
    `${portal}/funnel/records?pipeline=deal:0&view=now&figure=open&limit=1`,
  );
  const dealId = list.items[0]?.id ?? '';
  const update = (entity: string, id: string, fields: Record<string, unknown>) =>
    control.apply({ op: 'update', entity, id, way: 'classic', fields });
  await update('deal', dealId, { TITLE: mark('title'), COMMENTS: mark('comment') });
  await update('user', '1', { LAST_NAME: mark('name') });
  const stage = { ENTITY_ID: 'DEAL_STAGE', STATUS_ID: 'PWNED', NAME: mark('stage'), SORT: '35', SEMANTICS: '' };
  await control.apply({ op: 'add', entity: 'status', id: '5000', fields: stage });
  integrator.on('dialog', (dialog) => void dialog.dismiss());
  const pwned = () => integrator.evaluate('window.pwned ?? null');
  await integrator.goto(at(`${portal}/records/deal/${dealId}`));
  await integrator.getByRole('switch', { name: /персональные данные/ }).click();
  await integrator.getByRole('heading', { name: /onerror/ }).waitFor();
  expect(await pwned()).toBeNull();
  for (const path of ['funnel', 'people', 'audit']) {
    await integrator.goto(at(`${portal}/${path}`));
    if (path !== 'audit')
      await integrator
        .getByText(/onerror=/)
        .first()
        .waitFor();
    expect([path, await pwned()]).toEqual([path, null]);
  }
});

test('dismissal in the portal locks the curator out within a minute', async () => {
  const { items } = await read<{ items: { userId: string | null; account: { email: string } | null }[] }>(
    integrator,
    `portals/${product.report.portalId}/people`,
  );
  const userId = items.find(({ account }) => account?.email === 'vera@example.com')?.userId ?? '';
  await curator.goto(at(`portals/${product.report.portalId}/funnel`));
  await heading(curator, 'Воронка').waitFor();
  const control = new SimulatorControl(product.report.simulatorControlUrl ?? '');
  const dismissedAt = performance.now();
  await control.apply({ op: 'update', entity: 'user', id: userId, way: 'classic', fields: { ACTIVE: false } });
  // The open page finds out by itself.
  await curator.getByText('Доступ приостановлен').waitFor({ timeout: 60_000 });
  expect(performance.now() - dismissedAt).toBeLessThan(60_000);
  const answer = await curator.request.get(at(`api/v1/portals/${product.report.portalId}`));
  expect([401, 403]).toContain(answer.status());
  await integrator.goto(at(`portals/${product.report.portalId}/people`));
  await integrator.getByText('приостановлен: уволен на портале').waitFor();
});

test('the demo accounts of the simulated portal are a click away, and say what they are', async () => {
  const page = await newPage();
  await page.goto(at('portals'));
  await page
    .getByRole('button', { name: /^Войти.как/ })
    .first()
    .click();
  await page.getByText(/Демо/).first().waitFor();
  const { items } = await read<{ items: { portalId: string }[] }>(page, 'portals');
  expect(items.map(({ portalId }) => portalId)).toEqual([product.report.portalId]);
});
