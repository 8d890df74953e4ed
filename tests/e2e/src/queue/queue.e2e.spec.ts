import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until, VisitedProduct } from '../stack/visited-product.js';
import { disagree } from './disputed-case.js';
import { openCases } from './many-cases.js';

const LOST_DEALS = 36;

interface Row {
  caseId: string;
  about: string;
  status: string;
  verdict: string | null;
  isSnoozed: boolean;
  responsible: { userId: string } | null;
}

let product: VisitedProduct;
let curator: Page;

beforeAll(async () => {
  product = await VisitedProduct.start('queue');
  curator = await product.visitor('curator');
  await until('rules are judged', async () => (await summary()).clock !== null);
  await product.loseDeals(LOST_DEALS);
  await until('the lost deals are cases', async () => (await list('queue')).length >= LOST_DEALS);
});

afterAll(() => product?.end());

const open = (page: Page, search: string) => product.open(page, `queue?${search}`);
const read = <Answer>(path: string): Promise<Answer> => product.read(curator, path);

const summary = () => read<{ lanes: Record<string, number>; clock: string | null }>('case-summary');
const list = async (lane: string): Promise<Row[]> =>
  (await read<{ items: Row[] }>(`cases?lane=${lane}&ruleId=D08&limit=1000`)).items;
const caseOf = async (caseId: string): Promise<Row> => (await read<{ row: Row }>(`cases/${caseId}`)).row;

/** The case under the cursor of the page. */
async function cursor(page: Page): Promise<string> {
  const id = await page.locator('[role=option][aria-selected=true]').getAttribute('id');
  return (id ?? '').replace('case-', '');
}

/** Presses a key by its place on the keyboard and waits until another case is at the cursor. */
function decide(page: Page, code: string): Promise<boolean> {
  // The Russian layout writes other letters with the same keys.
  const pressed = `new KeyboardEvent('keydown', { code: '${code}', key: 'ы', bubbles: true, cancelable: true })`;
  return page.evaluate<boolean>(`(async () => {
    const atCursor = () => document.querySelector('[role=option][aria-selected=true]')?.id;
    const before = atCursor();
    const startedAt = performance.now();
    document.body.dispatchEvent(${pressed});
    while (atCursor() === before && performance.now() - startedAt < 5000) await new Promise(requestAnimationFrame);
    return atCursor() !== before;
  })()`);
}

test('twenty cases are cleared by keys alone, and one is taken back', async () => {
  await open(curator, 'rule=D08');
  await curator.locator('[role=option]').first().waitFor();
  const before = new Set((await list('queue')).map(({ caseId }) => caseId));
  const decided: string[] = [];
  for (let index = 0; index < 20; index += 1) {
    decided.push(await cursor(curator));
    expect(await decide(curator, ['Digit1', 'Digit2', 'Digit3'][index % 3] ?? 'Digit1')).toBe(true);
  }
  expect(new Set(decided).size).toBe(20);

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
  // The window moves in before the field takes the keys.
  await curator.getByRole('dialog').locator('input:focus').waitFor();
  await curator.getByRole('dialog').locator('[data-row]').first().waitFor();
  await curator.keyboard.press('Enter');
  await until('it is closed', async () => (await caseOf(caseId)).status === 'closed');
  const next = await cursor(curator);
  await curator.keyboard.press('Slash');
  await curator.keyboard.type('123');
  await curator.keyboard.press('Escape');
  expect((await caseOf(next)).verdict).toBeNull();
  expect(await cursor(curator)).toBe(next);
});

test('one talk is to be held about a rule broken again and again, and is taken back as easily as it is noted', async () => {
  const coachings = async (status: string) =>
    (await read<{ items: { ruleId: string; cases: unknown[] }[] }>(`coachings?status=${status}`)).items;
  await until('the lost deals are worth a talk', async () => (await coachings('open')).length > 0);
  const [talk] = await coachings('open');
  await product.open(curator, 'discipline');
  const panel = curator.locator('#coachings');
  const row = panel.locator('[data-coaching]').first();
  await row.getByText(`${talk?.ruleId} `).waitFor();
  expect(await row.getByRole('link').innerText()).toContain(String(talk?.cases.length));
  await row.getByRole('button', { name: 'Разговор состоялся' }).click();
  await until('it is held', async () => (await coachings('done')).length === 1);
  await panel.getByText('Состоялось').click();
  await row.getByRole('button', { name: 'Вернуть' }).click();
  await panel.getByText('Ещё ни одного разговора не отмечено.').waitFor();
  expect(await coachings('done')).toEqual([]);
  await open(curator, 'rule=D08');
  await curator.locator('[role=option]').first().waitFor();
});

test('a case far down is at hand at once, and people keep their place while one works', async () => {
  const bucket = Number((await read<{ asAt: string }>(`cases/${await cursor(curator)}`)).asAt.split(':')[0]);
  const due = (userId: string, dueInMinutes: number) => ({ userId, dueInMinutes });
  await openCases(product.dataFolder, { portalId: product.portalId, bucket }, 'F02', [
    due('3', 60),
    ...Array.from({ length: 300 }, (_, number) => due('3', 90_000 + number)),
    ...Array.from({ length: 700 }, (_, number) => due('4', 70_000 + number)),
  ]);
  const page = async (offset: number) =>
    (await read<{ items: Row[] }>(`cases?ruleId=F02&offset=${offset}&limit=3`)).items.map(({ caseId }) => caseId);
  await until('the cases are in the queue', async () => (await page(998)).length > 0);
  const [deep = '', next = '', third = ''] = await page(900);
  await open(curator, `rule=F02&case=${deep}`);
  await curator.locator(`#case-${deep}[aria-selected=true]`).waitFor();
  await curator.keyboard.press('KeyJ');
  expect(await cursor(curator)).toBe(next);
  expect(await decide(curator, 'Digit2')).toBe(true);
  expect(await cursor(curator)).toBe(third);
  await until('it is decided', async () => (await caseOf(next)).verdict === 'acceptable');

  await open(curator, 'rule=F02');
  const first = curator.locator('[role=option]').first();
  await first.waitFor();
  const others = await page(1);
  expect(await decide(curator, 'Digit2')).toBe(true);
  const reading = curator.waitForResponse((answer) => /cases\?.*order=/.test(answer.url()));
  await reading;
  // The next case of the same person is due later than those of the other one by now.
  await until('the list that is asked for anew begins with another', async () => (await page(0))[0] !== others[0]);
  expect(await cursor(curator)).toBe(others[0]);
  expect(await first.getAttribute('id')).toBe(`case-${others[0]}`);
});

test('a dispute is decided by another curator who does not know the first verdict', async () => {
  const caseId = await cursor(curator);
  await curator.keyboard.press('Digit1');
  await until('it waits for the fix', async () => (await caseOf(caseId)).status === 'waiting');
  const { responsible } = await caseOf(caseId);
  const at = await read<{ asAt: string }>(`cases/${caseId}`);
  const bucket = Number(at.asAt.split(':')[0]);
  const place = { portalId: product.portalId, bucket };
  await disagree(product.dataFolder, place, caseId, responsible?.userId ?? '');
  await until('it is disputed', async () => (await caseOf(caseId)).status === 'disputed');

  await open(curator, `lane=disputed&case=${caseId}`);
  await curator.getByText('Ваш вердикт оспорили. Спор решает другой куратор.').waitFor();
  const other = await product.visitor('integrator');
  await open(other, 'lane=disputed');
  await other.getByText('Первый вердикт скрыт: решите сами, не зная его.').waitFor();
  // Both look at it, and are told so.
  await other.getByText(/смотрит этот случай/).waitFor();
  await other.keyboard.press('Digit3');
  await until('the dispute is decided', async () => (await caseOf(caseId)).verdict === 'false');
  expect((await caseOf(caseId)).status).toBe('closed');
  await other.getByText('Здесь пусто').waitFor();
  expect(product.complaints).toEqual([]);
});
