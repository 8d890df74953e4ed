import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until, VisitedProduct } from '../stack/visited-product.js';

interface Rule {
  ruleId: string;
  status: string;
  isOwn: boolean;
  hasDraft: boolean;
  when: string;
}

interface Backtest {
  backtestId: string;
  ruleId: string;
  state: string;
  figures: { cases: number; checks: number } | null;
}

let product: VisitedProduct;
let integrator: Page;

beforeAll(async () => {
  product = await VisitedProduct.start('rules');
  integrator = await product.visitor('integrator', { height: 900 });
  await until('rules are judged', async () => {
    const { checks, clock } = await product.read<{ checks: number; clock: string | null }>(integrator, 'case-summary');
    return clock !== null && checks > 0;
  });
});

afterAll(() => product?.end());

const rule = async (ruleId: string) =>
  (await product.read<{ items: Rule[] }>(integrator, 'rules')).items.find((each) => each.ruleId === ruleId);
const backtests = async () => (await product.read<{ items: Backtest[] }>(integrator, 'backtests')).items;
const whenEditor = () => integrator.locator('#write-when');

/** Writes over all that stands in an editor. */
async function writeIn(editor: ReturnType<Page['locator']>, text: string): Promise<void> {
  await editor.locator('.cm-content').click();
  await integrator.keyboard.press('Control+A');
  await integrator.keyboard.insertText(text);
  // What is offered to be completed would take the next key.
  await integrator.keyboard.press('Escape');
}

test('an integrator writes a rule; what is wrong stands at its line and column, and a suggestion mends it', async () => {
  await product.open(integrator, 'rules');
  await integrator.getByRole('link', { name: 'Новое правило' }).click();
  await integrator.getByLabel('Номер').fill('own1');
  for (const [label, ru, en] of [
    ['Название', 'Сделка без касаний', 'Deal without touches'],
    ['Пункт регламента', 'С клиентом открытой сделки говорят.', 'Clients of open deals are spoken with.'],
    ['Слова сотруднику', '{record}: касаний нет.', '{record}: there are no touches.'],
  ] as const) {
    await integrator.getByLabel(`${label} · по-русски`).fill(ru);
    await integrator.getByLabel(`${label} · по-английски`).fill(en);
  }
  await writeIn(whenEditor(), 'record.is_open &&\n  record.touchs == 0');
  await whenEditor().getByText('строка 2, столбец 10').waitFor();
  await whenEditor().getByText('Поля «touchs» нет.').waitFor();
  expect(await whenEditor().locator('.cm-lintRange-error').innerText()).toBe('touchs');
  // A rule with a fault is not saved: the caret goes to where it is.
  await integrator.keyboard.press('Control+S');
  expect(await rule('OWN1')).toBeUndefined();
  await whenEditor().getByRole('button', { name: 'touches' }).click();
  await integrator.getByText('Ошибок нет: правило можно сохранить.').waitFor();
  expect(await whenEditor().locator('.cm-content').innerText()).toBe('record.is_open &&\n  record.touches == 0');
  await integrator.keyboard.press('Control+S');
  await integrator.waitForURL(/\/rules\/OWN1\/edit$/);
  await integrator.getByText('Черновик сохранён').waitFor();
  expect(await rule('OWN1')).toMatchObject({ status: 'draft', isOwn: true, hasDraft: true });
});

test('who would leave with something unsaved is asked', async () => {
  await integrator.getByLabel('Название · по-русски').fill('Сделка, о которой забыли');
  await integrator.getByText('Есть несохранённое').waitFor();
  await integrator.getByRole('link', { name: 'К правилам' }).click();
  const question = integrator.getByRole('dialog', { name: 'Уйти без сохранения?' });
  await question.getByRole('button', { name: 'Отмена' }).click();
  expect(new URL(integrator.url()).pathname).toMatch(/\/rules\/OWN1\/edit$/);
  await integrator.getByRole('button', { name: 'Отменить правки' }).click();
  expect(await integrator.getByLabel('Название · по-русски').inputValue()).toBe('Сделка без касаний');
});

test('the whole rule is written as JSON, too', async () => {
  await integrator.getByRole('tab', { name: 'Всё правило как JSON' }).click();
  const written = integrator.locator('#written');
  const json = await product.read<{ draft: Record<string, unknown> }>(integrator, 'rules/OWN1');
  await writeIn(written, '{ "id": ');
  await written.getByText('Это пока не JSON-объект').waitFor();
  await writeIn(written, JSON.stringify({ ...json.draft, severity: 'S1' }));
  await integrator.getByText('Есть несохранённое').waitFor();
  await integrator.getByRole('button', { name: 'Сохранить черновик' }).click();
  await integrator.getByText('Черновик сохранён').waitFor();
  expect(await product.read(integrator, 'rules/OWN1')).toMatchObject({ draft: { severity: 'S1' } });
});

test('from the draft it is a step to the history, and a step into the shadow', async () => {
  await integrator.getByRole('button', { name: 'Проверить на истории' }).click();
  await integrator.waitForURL(/\/rules\?rule=OWN1&backtest=/);
  const backtestId = new URL(integrator.url()).searchParams.get('backtest');
  await integrator.locator(`[data-backtest="${backtestId}"]`).waitFor();
  const tried = (await backtests()).find((each) => each.backtestId === backtestId);
  expect(tried).toMatchObject({ ruleId: 'OWN1', state: 'done' });
  expect(tried?.figures?.checks).toBeGreaterThan(0);
  await integrator.getByRole('group', { name: 'Состояние правила' }).getByRole('button', { name: 'В тени' }).click();
  const dialog = integrator.getByRole('dialog', { name: 'Перевести OWN1 в тень?' });
  // What was tried is the draft, and so it counts as tried.
  await dialog.getByText('Проверено на истории:').waitFor();
  await dialog.getByRole('button', { name: 'В тень', exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(await rule('OWN1')).toMatchObject({
    ...{ status: 'shadow', hasDraft: false, when: 'record.is_open &&\n  record.touches == 0' },
  });
});

test('what the portal has differently is told rule by rule, with the layers', async () => {
  const path = product.routeOf('rules/L01/parameters');
  expect((await integrator.request.put(path, { data: { parameters: { minutes: 17 } } })).status()).toBe(200);
  await until('the portal differs', async () => {
    const { diff } = await product.read<{ diff: { changed: { ruleId: string }[] } }>(integrator, 'pack-diff');
    return diff.changed.some(({ ruleId }) => ruleId === 'L01');
  });
  await product.open(integrator, 'rules?rule=L01');
  const panel = integrator.locator('#differences');
  await panel.getByRole('button', { name: 'Показать' }).click();
  const field = panel.locator('[data-changed=L01] [data-field="parameters.minutes"]');
  await field.waitFor();
  expect(await field.locator('[data-which=before]').innerText()).toMatch(/30\s+base, версия 1$/);
  expect(await field.locator('[data-which=after]').innerText()).toMatch(/17\s+решения портала$/);
  await panel.getByRole('link', { name: 'OWN1 Сделка без касаний' }).waitFor();
});

test('a layer is previewed: faults first, then what changes and what it would find', async () => {
  await integrator.getByRole('link', { name: 'Примерить другой пакет или слой' }).click();
  const form = integrator.getByRole('region', { name: 'Правила или слой, JSON' }).first();
  const start = integrator.getByRole('button', { name: 'Примерить', exact: true });
  const layer = (rules: object) => JSON.stringify({ id: 'wholesale', version: 1, rules });
  await writeIn(form, layer({ X99: { isOn: true } }));
  await start.click();
  await integrator.getByText('Слой говорит о правиле, которого нет.').waitFor();

  const { definition } = await product.read<{ definition: { when: string } }>(integrator, 'rules/L02');
  const faulty = { ...definition, when: `${definition.when} && record.is_opn` };
  await writeIn(form, JSON.stringify({ rules: [faulty], layers: [] }));
  await start.click();
  await integrator.getByText('Поля «is_opn» нет.').waitFor();
  await integrator.getByRole('button', { name: 'is_open' }).click();
  expect(await form.locator('.cm-content').innerText()).toContain('&& record.is_open');

  const known = (await backtests()).map(({ backtestId }) => backtestId);
  await writeIn(form, layer({ L03: { grace: { amount: 2, unit: 'h' } }, D04: { title: { ru: 'Стоит' } } }));
  await start.click();
  const grace = integrator.locator('[data-changed=L03] [data-field="grace.amount"]');
  await grace.waitFor();
  expect((await grace.locator('[data-which=after]').innerText()).trim()).toMatch(/2$/);
  await integrator.locator('[data-changed=D04] [data-field="title.ru"]').waitFor();
  // The words of D04 find nothing else: L03 alone is tried.
  await integrator.locator('tr[data-trial=L03][data-state=done]').waitFor();
  const asked = (await backtests()).filter(({ backtestId }) => !known.includes(backtestId));
  expect(asked.map(({ ruleId, state }) => `${ruleId} ${state}`)).toEqual(['L03 done']);
  const [, cases = ''] = await integrator.locator('tr[data-trial=L03] td').allInnerTexts();
  expect(Number(cases.replace(/\D/g, ''))).toBe(asked[0]?.figures?.cases);
});

test('a layer that was previewed is put in, opened, taken out and put back', async () => {
  const layers = async () => (await product.read<{ items: { id: string }[] }>(integrator, 'pack-layers')).items;
  const panel = integrator.getByRole('region', { name: 'Слои портала' });
  await panel.getByText('Слоёв нет').waitFor();
  await integrator.getByRole('button', { name: 'Положить слой «wholesale»' }).click();
  await panel.getByText('версия 1').waitFor();
  await panel.getByText('2 правила: D04, L03').waitFor();
  expect((await layers()).map(({ id }) => id)).toEqual(['wholesale']);
  const { title } = (
    await product.read<{ items: { ruleId: string; title: { ru: string } }[] }>(integrator, 'rules')
  ).items.find(({ ruleId }) => ruleId === 'D04') ?? { title: { ru: '' } };
  expect(title.ru).toBe('Стоит');

  const form = integrator.getByRole('region', { name: 'Правила или слой, JSON' }).first();
  await writeIn(form, '{}');
  await panel.getByRole('button', { name: 'Открыть в редакторе' }).click();
  expect(await form.locator('.cm-content').innerText()).toContain('"wholesale"');

  await panel.getByRole('button', { name: 'Убрать «wholesale»' }).click();
  await panel.getByText('Слой «wholesale» убран').waitFor();
  expect(await layers()).toEqual([]);
  await panel.getByRole('button', { name: 'Вернуть' }).click();
  await panel.getByText('версия 1').waitFor();
  expect((await layers()).map(({ id }) => id)).toEqual(['wholesale']);
  await panel.getByRole('button', { name: 'Убрать «wholesale»' }).click();
  await panel.getByText('Слой «wholesale» убран').waitFor();
});

test('a rule of the portal’s own is removed after asking', async () => {
  await product.open(integrator, 'rules?rule=OWN1');
  await integrator.getByRole('button', { name: 'Убрать правило' }).click();
  const dialog = integrator.getByRole('dialog', { name: 'Убрать OWN1?' });
  await dialog.getByRole('button', { name: 'Убрать правило' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await until('it is gone', async () => (await rule('OWN1')) === undefined);
});

test('no page complained', () => {
  expect(product.complaints).toEqual([]);
});
