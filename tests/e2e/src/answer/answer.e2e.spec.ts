import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { FIRST_DEAL, until, VisitedProduct } from '../stack/visited-product.js';
import { linkIn, type Written, writtenIntoPortal } from './written-into-portal.js';

const LOST_DEALS = 6;
/** As long as feedback waits before it leaves, and some. */
const UNDONE_FOR_MS = 16_000;

let product: VisitedProduct;
let curator: Page;

beforeAll(async () => {
  product = await VisitedProduct.start('answer');
  curator = await product.visitor('curator');
  await until('rules are judged', async () => (await read<{ clock: string | null }>('case-summary')).clock !== null);
  await product.loseDeals(LOST_DEALS);
  await until('the lost deals are cases', async () => (await lostDeals()).length >= LOST_DEALS);
});

afterAll(() => product?.end());

const open = (page: Page, path: string) => product.open(page, path);
const read = <Answer>(path: string): Promise<Answer> => product.read(curator, path);

interface Row {
  caseId: string;
  about: string;
  verdict: string | null;
}

const lostDeals = async (): Promise<Row[]> =>
  (await read<{ items: Row[] }>('cases?ruleId=D08&limit=1000')).items.filter(
    ({ about }) => Number(about.split(':')[1]) >= FIRST_DEAL,
  );

/** The next lost deal that nobody has decided about yet. */
async function nextCase(): Promise<Row> {
  const row = (await lostDeals()).find(({ verdict }) => verdict === null);
  if (!row) throw new Error('There is no case left');
  return row;
}

/** What the product says of the newest message about a case: asking it costs the portal nothing. */
const stateOf = async ({ caseId }: Row): Promise<string | undefined> =>
  (await read<{ items: { state: string }[] }>(`cases/${caseId}/feedback`)).items[0]?.state;

const writtenAbout = async ({ about }: Row): Promise<Written[]> => {
  const dealId = about.split(':')[1] ?? '';
  return (await writtenIntoPortal(product.dataFolder)).filter(({ text }) => text.includes(dealId));
};

/** Opens a case with what goes along with the verdict chosen, and confirms it by its key. */
async function confirmWith(row: Row, channel: string): Promise<void> {
  await open(curator, `queue?rule=D08&case=${row.caseId}`);
  await curator.getByLabel('С вердиктом «Настоящее»').selectOption({ label: channel });
  await curator.getByRole('region', { name: 'Обратная связь' }).getByText('Верните сделку в работу').waitFor();
  await curator.locator('#case-card').focus();
  await curator.keyboard.press('Digit1');
  await curator.getByText(`${channel} уйдёт, если не отменить`).waitFor();
}

test('nothing goes into the portal until an integrator switches a way into it on', async () => {
  const row = await nextCase();
  await open(curator, `queue?rule=D08&case=${row.caseId}`);
  await curator.getByText('Каналы в портал выключены, поэтому сотруднику ничего не уходит.').waitFor();
  await curator.getByRole('link', { name: 'Настроить каналы' }).click();
  await curator.getByText('Включать и выключать каналы может интегратор.').waitFor();
  expect(await curator.getByRole('switch', { name: /: писать в портал$/ }).count()).toBe(0);

  const integrator = await product.visitor('integrator');
  await open(integrator, 'feedback');
  for (const name of ['Задача', 'Уведомление', 'Комментарий в карточке']) {
    const dialog = integrator.getByRole('dialog', { name: `Включить канал «${name}»?` });
    await until('it is asked once more', async () => {
      // The dialog before may take the focus back while it fades away.
      await integrator.getByRole('switch', { name: `${name}: писать в портал` }).press('Space');
      return dialog.isVisible();
    });
    await dialog.getByRole('button', { name: 'Включить' }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  const { items } = await read<{ items: { isEnabled: boolean }[] }>('channels');
  expect(items.map(({ isEnabled }) => isEnabled)).toEqual([true, true, true]);
});

test.each([
  { channel: 'task', name: 'Задача', presses: 'Исправлено', told: 'исправил', comment: null },
  {
    ...{ channel: 'notification', name: 'Уведомление', presses: 'Не согласен', told: 'не согласен' },
    comment: 'Клиент попросил вернуться в декабре',
  },
  { channel: 'timeline-comment', name: 'Комментарий в карточке', presses: 'Не моё', told: 'не моё', comment: null },
])('a case is confirmed, its $channel is answered by one press, and the card tells', async (way) => {
  const row = await nextCase();
  await confirmWith(row, way.name);
  expect(await writtenAbout(row)).toEqual([]);
  await until('it was sent', async () => (await stateOf(row)) === 'sent');
  const [message] = await writtenAbout(row);
  expect(message?.channel).toBe(way.channel);

  const employee = await product.visitor(null, { width: 390 });
  await employee.goto(linkIn(message!));
  await employee.getByText('Верните сделку в работу').waitFor();
  const deal = `Сделка ${row.about.split(':')[1]}`;
  await employee.getByRole('link', { name: deal }).waitFor();
  expect(await employee.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0);
  await employee.getByRole('button', { name: way.presses }).click();
  await employee.getByRole('heading', { name: `Спасибо, ответ принят: «${way.presses}»` }).waitFor();
  if (way.comment !== null) {
    await employee.getByRole('textbox').fill(way.comment);
    await employee.getByRole('button', { name: 'Добавить к ответу' }).click();
    await employee.getByText('Пояснение добавлено к ответу.').waitFor();
  }

  const lane = way.told === 'исправил' ? 'waiting' : 'disputed';
  await open(curator, `queue?lane=${lane}&case=${row.caseId}`);
  const card = curator.locator('#case-card');
  await card.getByText('Ответ сотрудника').waitFor();
  await card.getByText(way.told, { exact: true }).waitFor();
  await card.getByText(/^(отправлено|прочитано) /).waitFor();
  if (way.comment !== null) await card.getByText(way.comment).waitFor();
  // Whoever opens the link again is told what they said.
  await employee.reload();
  await employee.getByRole('heading', { name: `Вы ответили: «${way.presses}»` }).waitFor();
});

test('a verdict that is taken back takes its feedback with it', async () => {
  const row = await nextCase();
  await confirmWith(row, 'Уведомление');
  await curator.keyboard.press('KeyZ');
  await until('it is cancelled', async () => (await stateOf(row)) === 'cancelled');
  await sleep(UNDONE_FOR_MS);
  expect(await writtenAbout(row)).toEqual([]);
  await open(curator, 'feedback?state=cancelled');
  await curator.getByRole('cell', { name: 'отменено' }).waitFor();
});

test('a link that was changed on its way answers nothing', async () => {
  const [message] = await writtenIntoPortal(product.dataFolder);
  const employee = await product.visitor(null, { width: 390 });
  await employee.goto(
    linkIn(message!)
      .replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))
      .replace('#eyJ', '#eyK'),
  );
  await employee.getByRole('heading', { name: 'Ссылка не подходит' }).waitFor();
  expect(product.complaints).toEqual([]);
});
