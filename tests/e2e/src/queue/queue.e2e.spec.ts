import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { type RunningBrowser, startBrowser } from '../newcomer/browser.js';
import { waitUntilLive } from '../stack/running-product.js';
import { StartCommand } from '../stack/start-command.js';
import { createTestFolder } from '../stack/test-folder.js';
import { SimulatorControl } from '../truth/simulator-control.js';
import { disagree } from './disputed-case.js';

/** Deals that are lost without anybody having tried: each is a case of D08 at once. */
const LOST_DEALS = 36;
const FIRST_DEAL = 800_000;

interface Row {
  caseId: string;
  about: string;
  status: string;
  verdict: string | null;
  isSnoozed: boolean;
  responsible: { userId: string } | null;
}

let folder: string;
let product: StartCommand;
const running: RunningBrowser[] = [];
const complaints: string[] = [];
let curator: Page;

beforeAll(async () => {
  folder = await createTestFolder('queue');
  product = await StartCommand.run(['--data', join(folder, 'data'), '--port', '0']);
  await waitUntilLive(product);
  curator = await signIn('curator');
  await until('rules are judged', async () => (await summary()).clock !== null);
  const control = new SimulatorControl(product.report.simulatorControlUrl ?? '');
  for (let index = 0; index < LOST_DEALS; index += 1) {
    const deal = { entity: 'deal', id: String(FIRST_DEAL + index) };
    const fields = { CATEGORY_ID: '0', STAGE_ID: 'NEW', ASSIGNED_BY_ID: '3', TITLE: `Lost ${index}` };
    await control.apply({ op: 'add', ...deal, fields });
    await control.apply({ op: 'update', ...deal, way: 'classic', fields: { STAGE_ID: 'LOSE' } });
  }
  await until('the lost deals are cases', async () => (await list('queue')).length >= LOST_DEALS);
});

afterAll(async () => {
  for (const browser of running) await browser.close();
  await product?.end('SIGTERM');
  await rm(folder, { recursive: true, force: true });
});

/** A page of a ready account, in a browser of its own: the package bears only one visitor each. */
async function signIn(role: 'curator' | 'integrator'): Promise<Page> {
  const started = await startBrowser();
  running.push(started);
  const context = await started.browser.newContext({ locale: 'ru-RU', viewport: { width: 1280, height: 800 } });
  const answer = await context.request.post(`${product.report.address}api/v1/session/demo`, { data: { role } });
  expect(answer.status()).toBe(201);
  const page = await context.newPage();
  page.setDefaultTimeout(60_000);
  page.on('pageerror', (error) => complaints.push(error.message));
  return page;
}

const portal = () => `portals/${product.report.portalId}`;
const open = (page: Page, search: string) => page.goto(`${product.report.address}${portal()}/queue?${search}`);

async function read<Answer>(path: string): Promise<Answer> {
  const answer = await curator.request.get(`${product.report.address}api/v1/${portal()}/${path}`);
  expect([path, answer.status()]).toEqual([path, 200]);
  return (await answer.json()) as Answer;
}

const summary = () => read<{ lanes: Record<string, number>; clock: string | null }>('case-summary');
const list = async (lane: string): Promise<Row[]> =>
  (await read<{ items: Row[] }>(`cases?lane=${lane}&ruleId=D08&limit=1000`)).items;
const caseOf = async (caseId: string): Promise<Row> => (await read<{ row: Row }>(`cases/${caseId}`)).row;

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (await isTrue()) return;
    await sleep(200);
  }
  throw new Error(`Within two minutes it did not come true that ${what}`);
}

/** The case under the cursor of the page. */
async function cursor(page: Page): Promise<string> {
  const id = await page.locator('[role=option][aria-selected=true]').getAttribute('id');
  return (id ?? '').replace('case-', '');
}

/** Presses a key by its place on the keyboard and answers after how many milliseconds another case is at the cursor. */
function decide(page: Page, code: string): Promise<number> {
  // The Russian layout writes other letters with the same keys.
  const pressed = `new KeyboardEvent('keydown', { code: '${code}', key: 'ы', bubbles: true, cancelable: true })`;
  return page.evaluate<number>(`(async () => {
    const atCursor = () => document.querySelector('[role=option][aria-selected=true]')?.id;
    const before = atCursor();
    const startedAt = performance.now();
    document.body.dispatchEvent(${pressed});
    while (atCursor() === before && performance.now() - startedAt < 5000) await new Promise(requestAnimationFrame);
    return performance.now() - startedAt;
  })()`);
}

test('twenty cases are cleared by keys alone, each at once, and one is taken back', async () => {
  await open(curator, 'rule=D08');
  await curator.locator('[role=option]').first().waitFor();
  const before = new Set((await list('queue')).map(({ caseId }) => caseId));
  const decided: string[] = [];
  const waits: number[] = [];
  for (let index = 0; index < 20; index += 1) {
    decided.push(await cursor(curator));
    waits.push(await decide(curator, ['Digit1', 'Digit2', 'Digit3'][index % 3] ?? 'Digit1'));
  }
  expect(new Set(decided).size).toBe(20);
  const median = waits.sort((left, right) => left - right)[10] ?? Infinity;
  expect(median).toBeLessThan(100);

  // The last one comes back under the cursor, and the API knows.
  await curator.keyboard.press('KeyZ');
  const undone = decided.pop() ?? '';
  await until('the last decision is taken back', async () => (await caseOf(undone)).verdict === null);
  expect(await cursor(curator)).toBe(undone);
  await until('all others are decided', async () => {
    const left = new Set((await list('queue')).map(({ caseId }) => caseId));
    return decided.every((caseId) => !left.has(caseId)) && left.has(undone);
  });
  const verdicts = await Promise.all(decided.map(async (caseId) => (await caseOf(caseId)).verdict));
  expect(verdicts).toEqual(decided.map((_caseId, index) => ['real', 'acceptable', 'false'][index % 3]));
  expect(decided.every((caseId) => before.has(caseId))).toBe(true);
});

test('several are decided together after they were shown, and taken back together', async () => {
  await curator.keyboard.press('KeyX');
  for (let step = 0; step < 3; step += 1) await curator.keyboard.press('KeyJ');
  await curator.keyboard.press('Shift+KeyX');
  const rows = await curator.locator('[role=option][data-selected]').all();
  const chosen = await Promise.all(rows.map(async (row) => ((await row.getAttribute('id')) ?? '').slice(5)));
  expect(chosen).toHaveLength(4);
  await curator.keyboard.press('Digit3');
  await curator.getByRole('button', { name: 'Подтвердить 4 показанных' }).waitFor();
  await curator.keyboard.press('Enter');
  const have = (verdict: string | null) => async () =>
    (await Promise.all(chosen.map(caseOf))).every((row) => row.verdict === verdict);
  await until('all four are false', have('false'));
  await curator.keyboard.press('KeyZ');
  await until('all four are open again', have(null));
});

test('a case is put off with a reason, and comes back', async () => {
  await curator.getByRole('dialog').waitFor({ state: 'detached' });
  const caseId = await cursor(curator);
  await curator.keyboard.press('KeyH');
  await curator.getByRole('dialog').getByText('До завтра, 10:00').waitFor();
  await curator.keyboard.press('Digit5');
  await curator.keyboard.press('Enter');
  await curator.getByText('Скажите, почему случай откладывается.').waitFor();
  await curator.keyboard.press('Tab');
  await curator.keyboard.press('Space');
  await curator.keyboard.press('Enter');
  await until('it is snoozed', async () => (await caseOf(caseId)).isSnoozed);
  await curator.keyboard.press('KeyZ');
  await until('it is back', async () => !(await caseOf(caseId)).isSnoozed);
  expect(await cursor(curator)).toBe(caseId);
});

test('a duplicate is merged, and typing is no command', async () => {
  await curator.getByRole('dialog').waitFor({ state: 'detached' });
  const caseId = await cursor(curator);
  await curator.keyboard.press('KeyD');
  await curator.getByRole('dialog').getByRole('textbox').waitFor();
  await curator.keyboard.press('Enter');
  await until('it is closed', async () => (await caseOf(caseId)).status === 'closed');
  const next = await cursor(curator);
  await curator.keyboard.press('Slash');
  await curator.keyboard.type('123');
  await curator.keyboard.press('Escape');
  expect((await caseOf(next)).verdict).toBeNull();
  expect(await cursor(curator)).toBe(next);
});

test('a dispute is decided by another curator who does not know the first verdict', async () => {
  const caseId = await cursor(curator);
  await curator.keyboard.press('Digit1');
  await until('it waits for the fix', async () => (await caseOf(caseId)).status === 'waiting');
  const { responsible } = await caseOf(caseId);
  const at = await read<{ asAt: string }>(`cases/${caseId}`);
  const bucket = Number(at.asAt.split(':')[0]);
  const place = { portalId: product.report.portalId, bucket };
  await disagree(join(folder, 'data'), place, caseId, responsible?.userId ?? '');
  await until('it is disputed', async () => (await caseOf(caseId)).status === 'disputed');

  await open(curator, `lane=disputed&case=${caseId}`);
  await curator.getByText('Ваш вердикт оспорили. Спор решает другой куратор.').waitFor();
  const other = await signIn('integrator');
  await open(other, 'lane=disputed');
  await other.getByText('Первый вердикт скрыт: решите сами, не зная его.').waitFor();
  // Both look at it, and are told so.
  await other.getByText(/смотрит этот случай/).waitFor();
  await other.keyboard.press('Digit3');
  await until('the dispute is decided', async () => (await caseOf(caseId)).verdict === 'false');
  expect((await caseOf(caseId)).status).toBe('closed');
  await other.getByText('Здесь пусто').waitFor();
  expect(complaints).toEqual([]);
});
