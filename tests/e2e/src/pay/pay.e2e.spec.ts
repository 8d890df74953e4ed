import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import writeXlsxFile from 'write-excel-file/node';
import { until, VisitedProduct } from '../stack/visited-product.js';
import { indicators, operationsOf, scheme, sellers } from './worked-example.js';

interface Preview {
  findings: { code: string; severity: string; values: Record<string, string> }[];
  figures: { team: string; norms: { norm: string }[] }[];
}
interface Pay {
  items: { userId: string; points: string | null; totalKopecks: string; nextThreshold: { missing: string } | null }[];
}
interface Period {
  closed: { payslips: number } | null;
  items: { userId: string; totalKopecks: string; hash: string | null }[];
}

let product: VisitedProduct;
let integrator: Page;
let head: Page;
let seller: Page;
/** The month before this one is over, read and certified. */
const [present, before] = [0, -1].map((count) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + count, 1)).toISOString().slice(0, 7);
}) as [string, string];

beforeAll(async () => {
  product = await VisitedProduct.start('pay');
  integrator = await product.visitor('integrator', { height: 900 });
  head = await product.visitor('head', { height: 900 });
  seller = await product.visitor('seller', { height: 900 });
});

afterAll(() => product?.end());

const planContent = (targetKopecks: string) => ({
  name: 'Отдел продаж',
  ...{ targetKopecks, averageSaleKopecks: '4000000', statedSales: 20, marginKopecks: null, breakEven: null },
  steps: [
    { indicatorId: 'letters', entered: 100, converted: 30 },
    { indicatorId: 'meetings', entered: 100, converted: 80 },
    { indicatorId: 'proposals', entered: 100, converted: 20 },
  ],
  base: { method: 'given', from: null, to: null, horizonDays: null, pooling: 'pooled' },
  ...{ rounding: 'final', split: 'up' },
  sellers: ['951', '952', '953', '954'].map((userId) => ({ userId, weight: 1 })),
});

test('the target of the worked example is 417, 125, 100 and 20, for each seller 105, 32, 25 and 5', async () => {
  for (const [indicatorId, measure] of Object.entries(indicators)) {
    const name = { ru: indicatorId, en: indicatorId };
    await product.ask(integrator, 'PUT', `indicators/${indicatorId}`, {
      name,
      measure,
      minutes: null,
      isOffered: true,
    });
  }
  const preview = (target: string) =>
    product.ask<Preview>(integrator, 'POST', 'plan-preview', { content: planContent(target) });
  const { figures } = await preview('80000000');
  expect(figures.map(({ team }) => team)).toEqual(['417', '125', '100', '20']);
  expect(figures.map(({ norms }) => norms[0]?.norm)).toEqual(['105', '32', '25', '5']);
  const slip = (await preview('82000000')).findings.find(({ code }) => code === 'SALES_TIMES_AVERAGE');
  expect(slip).toMatchObject({ severity: 'warning' });
});

test('what the sellers of the worked example do in the portal pays 50 000, 48 000 and 43 999.88', async () => {
  for (const each of sellers)
    for (const operations of operationsOf(each)) await product.simulator.apply({ ...operations });
  const body = { scheme, sellerIds: sellers.map(({ userId }) => userId) };
  const { schemeId } = await product.ask<{ schemeId: string }>(integrator, 'POST', 'schemes', body);
  await product.ask(head, 'POST', `schemes/${schemeId}/approval`, { version: 1 });
  await product.ask(integrator, 'POST', `schemes/${schemeId}/issue`, { version: 1, fromMonth: present });
  let told: unknown;
  const expected = [
    ['951', '890', '5000000', null],
    ['952', '889', '4800000', '1'],
    ['953', '890', '4399988', null],
  ];
  await until('pay is what was done', async () => {
    const { items } = await product.read<Pay>(integrator, `provisional-pay?month=${present}`);
    told = items.map((item) => [item.userId, item.points, item.totalKopecks, item.nextThreshold?.missing ?? null]);
    return JSON.stringify(told) === JSON.stringify(expected);
  }).catch(() => expect(told).toEqual(expected));
  await product.open(integrator, `pay?month=${present}`);
  await integrator.getByText('50\u202f000\u00a0₽').first().waitFor();
  await integrator.getByText('ещё 1 балл ').waitFor();
});

test('a scheme is written by fields, tried on history, approved by another person and signed by whom it pays', async () => {
  await product.open(integrator, `pay?month=${present}&view=schemes`);
  await integrator.getByRole('button', { name: 'Новая схема' }).click();
  await integrator.getByLabel('Название').fill('Процент');
  await integrator.getByLabel('Оклад', { exact: true }).fill('30 000');
  await integrator.getByLabel('Оклад зависит от баллов').click({ force: true });
  await integrator.getByLabel('Норма продаж').fill('500 000');
  const { portals } = (await (await seller.request.get(product.address('session'))).json()) as {
    portals: { ownUserIds: string[] | null }[];
  };
  const own = portals[0]?.ownUserIds?.[0] ?? '';
  expect(own).not.toBe('');
  const { items } = await product.read<{ items: { sellerId: string; name: string }[] }>(integrator, 'sellers');
  const name = items.find(({ sellerId }) => sellerId === own)?.name ?? '';
  const field = integrator.getByRole('combobox', { name: 'Кому платит' });
  await field.click({ force: true });
  await field.fill(name);
  await integrator.getByRole('option', { name }).filter({ visible: true }).click();
  await integrator.keyboard.press('Escape');
  await integrator.getByRole('button', { name: 'Проверить' }).click();
  await integrator.getByRole('heading', { name: 'Кто выигрывает и проигрывает' }).waitFor();
  await integrator.getByRole('button', { name: 'Сохранить черновик' }).click();
  await integrator.getByRole('heading', { name: 'Процент', level: 2 }).waitFor();
  await integrator.getByRole('button', { name: 'Утвердить' }).click();
  await integrator.getByText('утверждает не тот, кто её написал').first().waitFor();

  await product.open(head, `pay?month=${present}&view=schemes`);
  await head.getByRole('heading', { name: 'Процент', level: 2 }).waitFor();
  await head.getByRole('button', { name: 'Утвердить' }).click();
  await head.getByRole('button', { name: 'Ввести в действие' }).click();
  const dialog = head.getByRole('dialog');
  await dialog.getByLabel('С месяца').fill(before);
  await dialog.getByRole('button', { name: 'Ввести в действие' }).click();
  await head.getByText('подписали 0 из 1').waitFor();

  await product.open(head, `pay?month=${before}`);
  await head.getByText(`${name}: схема не подписана.`).waitFor();
  expect(await head.getByRole('button', { name: 'Закрыть месяц' }).isDisabled()).toBe(true);
  await product.open(seller, `pay?month=${before}&view=schemes`);
  await seller.getByRole('button', { name: 'Подписать' }).click();
  await seller.getByText('Вы подписали эту схему.').waitFor();
});

test('a scheme comes from a workbook: wrong cells are told and nothing is applied, then it is taken over and saved', async () => {
  await product.open(integrator, `pay?month=${present}&view=schemes`);
  await integrator.getByRole('button', { name: 'Новая схема' }).click();
  await integrator.getByRole('button', { name: 'Excel' }).click();
  const dialog = integrator.getByRole('dialog');
  const load = async (salary: string | number) => {
    const buffer = await writeXlsxFile([
      ['Схема', 'Из книги'],
      ['Оклад', salary],
      ['Кому платит', '951'],
    ]).toBuffer();
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    await dialog.locator('input[type=file]').setInputFiles({ name: 'scheme.xlsx', mimeType, buffer });
  };
  const [blank] = await Promise.all([
    integrator.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Скачать лист' }).click(),
  ]);
  expect(blank.suggestedFilename()).toBe('scheme.xlsx');
  await load('много');
  await dialog.getByRole('row', { name: 'B2 «много» не подходит. Нужно: сумма.' }).waitFor();
  expect(await dialog.getByRole('button', { name: 'Перенести в поля' }).count()).toBe(0);
  await load(31_000.5);
  await dialog.getByRole('row', { name: /^Оклад — 31000.5/ }).waitFor();
  await dialog.getByRole('button', { name: 'Перенести в поля' }).click();
  expect(await integrator.getByLabel('Оклад', { exact: true }).inputValue()).toBe('31000.50');
  await integrator.getByRole('button', { name: 'Сохранить черновик' }).click();
  await integrator.getByRole('heading', { name: 'Из книги', level: 2 }).waitFor();
});

test('a month is closed, its payslip comes out again, and an objection to it is decided by somebody else', async () => {
  await product.open(integrator, `pay?month=${before}`);
  await integrator.getByText('Всё готово').waitFor();
  await integrator.getByRole('button', { name: 'Закрыть месяц' }).click();
  await integrator.getByRole('dialog').getByRole('button', { name: 'Закрыть месяц' }).click();
  await integrator.getByRole('heading', { name: 'Месяц закрыт' }).waitFor();
  const [download] = await Promise.all([
    integrator.waitForEvent('download'),
    integrator.getByRole('link', { name: 'Excel' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`payroll-${before}.xlsx`);

  await product.open(seller, `pay?month=${before}`);
  await seller.getByRole('button', { name: 'Расчётный лист' }).click();
  await seller.getByText('совпал байт в байт').waitFor();
  await seller.keyboard.press('Escape');
  await seller.getByRole('button', { name: 'Оспорить' }).last().click();
  await seller.getByLabel('Что не так').fill('Не хватает одной продажи.');
  await seller.getByRole('dialog').getByRole('button', { name: 'Отправить' }).click();
  await seller.getByText('ждёт решения').waitFor();

  await product.open(integrator, `pay?month=${before}`);
  await decide(integrator);
  await integrator.getByRole('dialog').getByText('Решает не тот, кто закрыл месяц').waitFor();
  await product.open(head, `pay?month=${before}`);
  await decide(head);
  await head.getByText('признано').waitFor();
  const period = await product.read<Period>(head, `pay-periods/${present}`);
  const next = period.items.find(({ totalKopecks }) => totalKopecks !== '0');
  expect([period.closed, next !== undefined]).toEqual([null, true]);
  await product.open(seller, `pay?month=${before}`);
  await seller.getByText('Верно, начислим.').waitFor();
  expect(product.complaints).toEqual([]);
});

async function decide(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Решить' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Начислить').fill('1 000');
  await dialog.getByLabel('Ответ сотруднику').fill('Верно, начислим.');
  await dialog.getByRole('button', { name: 'Решить' }).click();
}
