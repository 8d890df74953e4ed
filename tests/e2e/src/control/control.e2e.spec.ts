import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { until, VisitedProduct } from '../stack/visited-product.js';

interface Backtest {
  backtestId: string;
  state: string;
  period: { from: string; to: string } | null;
  figures: { cases: number; checks: number; resolved: number; byPerson: { cases: number; checks: number }[] } | null;
}

interface Audit {
  auditId: string;
  scored: { score: number | null; isPassed: boolean; marks: { points: number | null }[] } | null;
}

let product: VisitedProduct;
let integrator: Page;
let curator: Page;

beforeAll(async () => {
  product = await VisitedProduct.start('control');
  [integrator, curator] = [await visitor('integrator'), await visitor('curator')];
  await until('rules are judged', async () => {
    const { checks, clock } = await read<{ checks: number; clock: string | null }>(integrator, 'case-summary');
    return clock !== null && checks > 0;
  });
});

afterAll(() => product?.end());

const visitor = (role: 'integrator' | 'curator') => product.visitor(role, { height: 900 });
const open = (page: Page, path: string) => product.open(page, path);
const read = <Answer>(page: Page, path: string): Promise<Answer> => product.read(page, path);

const backtests = async () => (await read<{ items: Backtest[] }>(integrator, 'backtests')).items;

/** Digits of a text: the page sets thin spaces between thousands. */
const digits = (text: string): string => text.replace(/\D/g, '');
/** `3 of 412` as two numbers. */
const partOf = (text: string): number[] => text.split('из').map((part) => Number(digits(part)));

test('a rule is tried on the history, and the page says what the API says', async () => {
  await open(integrator, 'rules?rule=D08');
  const panel = integrator.locator('#backtests');
  await panel.getByText('На истории правило ещё не проверяли.').waitFor();
  await panel.getByRole('button', { name: 'Проверить на истории' }).click();
  await panel.locator('[data-backtest]').waitFor();
  const [found] = await backtests();
  expect([found?.state, found?.period === null]).toEqual(['done', false]);
  const { cases = 0, checks = 0, resolved = 0, byPerson = [] } = found?.figures ?? {};
  expect(cases).toBeGreaterThan(0);
  const tile = async (name: string) => {
    const [value, note] = await panel.locator('dl > div', { hasText: name }).locator('dd').allInnerTexts();
    return [value ?? '', note ?? ''];
  };
  const [shownCases = '', ofChecks = ''] = await tile('Нашлось бы случаев');
  expect(Number(digits(shownCases))).toBe(cases);
  expect(Number(digits(ofChecks.split(',')[0] ?? ''))).toBe(checks);
  const [, ofCases = ''] = await tile('Исправлены сами');
  expect(partOf(ofCases)).toEqual([resolved, cases]);
  const rows = await panel.locator('table tbody tr').all();
  const people = await Promise.all(
    rows.map(async (row) => ({
      name: await row.locator('th').innerText(),
      figure: await row.locator('td').first().innerText(),
    })),
  );
  expect(people.map(({ figure }) => partOf(figure).join('/')).sort()).toEqual(
    byPerson.map((each) => `${each.cases}/${each.checks}`).sort(),
  );
  const names = people.map(({ name }) => name);
  expect(names).toEqual([...names].sort((left, right) => left.localeCompare(right, 'ru')));
  // The rule now counts as tried, so that switching it into shadow is no longer advised against.
  await integrator.getByRole('group', { name: 'Состояние правила' }).getByRole('button', { name: 'В тени' }).click();
  await integrator.getByRole('dialog').getByText('Проверено на истории:').waitFor();
  await integrator.getByRole('dialog').getByRole('button', { name: 'Отмена' }).click();
});

test('a backtest that runs is cancelled', async () => {
  const panel = integrator.locator('#backtests');
  const before = (await backtests()).length;
  await panel.getByRole('button', { name: 'Проверить на истории' }).click();
  await panel.getByRole('button', { name: 'Прервать' }).click();
  await panel
    .getByText(/прервано/)
    .first()
    .waitFor();
  const all = await backtests();
  expect(all).toHaveLength(before + 1);
  expect([all[0]?.state, all[0]?.figures]).toEqual(['cancelled', null]);
});

test('the page of discipline shows the figures of the API, and they lead to the cases they count', async () => {
  // Weeks that are over: in the present one deals are lost while one reads.
  const weekMs = 7 * 86_400_000;
  const day = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const mondayMs = Math.floor((Date.now() - 4 * 86_400_000) / weekMs) * weekMs + 4 * 86_400_000;
  const weeks = `from=${day(mondayMs - 5 * weekMs)}&to=${day(mondayMs - weekMs)}`;
  await open(curator, `discipline?${weeks}`);
  const line = curator.locator('tr[data-line=D08]');
  await line.waitFor();
  const shown = partOf(await line.locator('td').first().innerText());
  const { byRule } = await read<{ byRule: { ruleId: string; violations: number; checks: number }[] }>(
    curator,
    `discipline?${weeks}`,
  );
  const told = byRule.find(({ ruleId }) => ruleId === 'D08');
  expect(shown).toEqual([told?.violations, told?.checks]);
  await line.locator('a[href*="lane=violations"]').click();
  await curator.locator('[role=option]').first().waitFor();
  const { searchParams } = new URL(curator.url());
  expect(['lane', 'rule', 'from', 'to'].map((name) => `${name}=${searchParams.get(name)}`).join('&')).toBe(
    `lane=violations&rule=D08&${weeks}`,
  );
  const listed = await read<{ total: number }>(curator, `cases?lane=violations&ruleId=D08&limit=1&${weeks}`);
  expect(listed.total).toBe(told?.violations);
});

test('a second verdict is given without knowing the first, and both are told afterwards', async () => {
  const drawn = async () => (await read<{ items: { caseId: string }[] }>(integrator, 'second-reviews')).items;
  const { items } = await read<{ items: { caseId: string }[] }>(curator, 'cases?lane=baseline&ruleId=D08&limit=200');
  let decided = 0;
  // Seven in a hundred are drawn: which ones, nobody knows before.
  await until('a case is drawn', async () => {
    const caseId = items[decided]?.caseId ?? '';
    decided += 1;
    const data = { type: 'verdict', verdict: 'real', seconds: 5 };
    const path = product.routeOf(`cases/${caseId}/commands`);
    expect((await curator.request.post(path, { data })).status()).toBe(200);
    return (await drawn()).length > 0;
  });
  await open(integrator, 'quality');
  await integrator.getByText('Первый вердикт скрыт: решите сами, не зная его.').waitFor();
  const [first] = await drawn();
  await integrator.keyboard.press('Digit3');
  await integrator.keyboard.press('Enter');
  await integrator.getByText('Ваш вердикт: Ложное, первый: Настоящее.').waitFor();
  const card = await read<{ secondReview: { state: string } | null }>(integrator, `cases/${first?.caseId}`);
  expect(card.secondReview?.state).toBe('contradicted');
});

test('an audit is filled in by keys, and taken back', async () => {
  const audits = async (state: string) => (await read<{ items: Audit[] }>(curator, `audits?state=${state}`)).items;
  await until('audits were drawn', async () => (await audits('open')).length > 0);
  await open(curator, 'quality?tab=audits');
  await curator.locator('button[data-row]').first().click();
  await curator.locator('fieldset').first().waitFor();
  const auditId = new URL(curator.url()).searchParams.get('audit') ?? '';
  const items = await curator.locator('fieldset').count();
  await curator.keyboard.press('KeyN');
  for (let index = 1; index < items; index += 1) await curator.keyboard.press('Digit1');
  const shown = (await curator.locator('[data-total] b').first().innerText()).trim();
  const passed = (await curator.locator('[data-total] [data-passed]').getAttribute('data-passed')) === 'true';
  await curator.keyboard.press('Enter');
  await curator.getByText('Оценку дал').waitFor();
  const { scored } = await read<Audit>(curator, `audits/${auditId}`);
  expect(scored?.marks.map(({ points }) => points)).toEqual([null, ...Array.from({ length: items - 1 }, () => 1)]);
  expect(digits(shown)).toBe(String(Math.floor(scored?.score ?? -1)));
  expect(scored?.isPassed).toBe(passed);
  expect((await audits('scored')).map((audit) => audit.auditId)).toEqual([auditId]);
  await curator.getByRole('button', { name: 'Взять оценку назад' }).click();
  await curator.getByRole('button', { name: 'Поставить оценку' }).waitFor();
  expect((await read<Audit>(curator, `audits/${auditId}`)).scored).toBeNull();
  expect(product.complaints).toEqual([]);
});
