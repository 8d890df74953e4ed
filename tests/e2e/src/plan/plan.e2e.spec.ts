import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until, VisitedProduct } from '../stack/visited-product.js';

interface Plan {
  planId: string;
  versions: { version: number; effectiveFrom: string | null; content: { name: string } }[];
  preview: { figures: { indicatorId: string | null; team: string }[] | null };
}
interface Pace {
  plans: { name: string; rows: { userId: string; cells: { indicatorId: string | null; done: number }[] }[] }[];
}

let product: VisitedProduct;
let integrator: Page;
/** The month before this one: all of it is in the portal's history. */
const month = monthBefore(new Date());

beforeAll(async () => {
  product = await VisitedProduct.start('plan');
  integrator = await product.visitor('integrator', { height: 900 });
});

afterAll(() => product?.end());

function monthBefore(now: Date): string {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString().slice(0, 7);
}

const plans = async () => (await product.read<{ items: Plan[] }>(integrator, `plans?month=${month}`)).items;
const numbers = async () =>
  (await integrator.getByRole('list', { name: 'Декомпозиция' }).locator('b').allInnerTexts()).map((text) =>
    Number(text.replace(/\D/g, '')),
  );

/** Chooses the first few that are offered. */
async function chooseFirst(label: string, count: number): Promise<void> {
  const field = integrator.getByRole('combobox', { name: label });
  await field.click({ force: true });
  const offered = integrator.getByRole('option').filter({ visible: true });
  await offered.first().waitFor();
  for (let index = 0; index < count; index += 1) await offered.nth(index).click();
  await integrator.keyboard.press('Escape');
}

test('a plan is written from the funnel, and a slip of the target is told before it is saved', async () => {
  await product.open(integrator, `plan?month=${month}`);
  await integrator.getByText('планов нет').waitFor();
  await integrator.keyboard.press('c');
  await integrator.getByLabel('Название').fill('Отдел продаж');
  await integrator.getByLabel('Цель, ₽').fill('820 000');
  await integrator.getByLabel('Средний чек, ₽').fill('40 000');
  await integrator.getByLabel('Задано продаж, для сверки').fill('20');
  await chooseFirst('Опережающие показатели', 3);
  await chooseFirst('Продавцы', 4);
  await integrator.getByText('нужно продаж: 21').waitFor();
  await integrator.getByRole('button', { name: 'Сохранить черновик' }).click();
  await integrator.getByRole('heading', { name: 'Нормы' }).waitFor();
  const [plan] = await plans();
  expect(plan?.versions).toMatchObject([{ version: 1, effectiveFrom: null, content: { name: 'Отдел продаж' } }]);
  expect(await numbers()).toEqual([...(plan?.preview.figures ?? []).map(({ team }) => Number(team)), 820_000]);
});

test('a conversion is tried on a slider, and nothing of the plan changes', async () => {
  const before = await numbers();
  const slider = integrator.getByRole('slider').first();
  await slider.focus();
  for (let presses = 0; presses < 100; presses += 1) await integrator.keyboard.press('ArrowRight');
  await until('the first figure is another one', async () => ((await numbers())[0] ?? 0) < (before[0] ?? 0));
  expect((await numbers()).slice(1)).toEqual(before.slice(1));
  await integrator.getByRole('button', { name: 'Вернуть план' }).click();
  await until('the plan is back', async () => (await numbers()).join() === before.join());
  expect((await plans())[0]?.versions).toHaveLength(1);
});

test('put in force it binds, and the pace tells what was done of it', async () => {
  await integrator.getByRole('button', { name: 'Ввести в действие' }).click();
  await integrator.getByRole('dialog').getByRole('button', { name: 'Ввести в действие' }).click();
  await integrator.getByText('подписали 0 из 4').waitFor();
  await integrator.getByRole('tab', { name: 'Темп' }).click();
  await integrator.getByText('рабочего времени месяца').waitFor();
  const together = integrator.getByRole('row', { name: /^Вместе/ });
  const [plan] = await plans();
  for (const { team } of plan?.preview.figures ?? []) expect(await together.innerText()).toContain(`из ${team}`);
  const { plans: paces } = await product.read<Pace>(integrator, `pace?month=${month}`);
  expect(paces.map(({ name, rows }) => [name, rows.length])).toEqual([['Отдел продаж', 4]]);
  const done = paces[0]?.rows.flatMap(({ cells }) => cells.map((cell) => cell.done)) ?? [];
  expect(done.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(0);
  expect(product.complaints).toEqual([]);
});
