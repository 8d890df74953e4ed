import { startBrowser } from '@funnelwatch/testing/browser';
const started = await startBrowser();
const { browser } = started;
const base = 'http://127.0.0.1:4399';
const shots = process.argv[2] ?? 'a';
async function page(width, scheme, role) {
  const ctx = await browser.newContext({ viewport: { width, height: 900 }, colorScheme: scheme, locale: 'ru-RU', baseURL: base });
  await ctx.request.post('/api/v1/session/demo', { data: { role }, headers: { origin: base } });
  return { ctx, p: await ctx.newPage() };
}
const { ctx, p } = await page(1280, 'light', 'integrator');
const portals = await (await ctx.request.get('/api/v1/portals')).json();
const id = portals.items[0].portalId;
p.on('console', (m) => m.type() === 'error' && console.log('console', m.text()));
await p.goto(`/portals/${id}/plan?month=2026-11`);
await p.waitForLoadState('networkidle');
await p.screenshot({ path: `/tmp/shot-${shots}-empty.png` });
await p.getByRole('button', { name: 'Новый план' }).first().click();
await p.waitForTimeout(1500);
await p.getByLabel('Название').fill('Отдел продаж, ноябрь');
await p.getByLabel('Цель, ₽').fill('820 000');
await p.getByLabel('Средний чек, ₽').fill('40 000');
await p.getByLabel('Задано продаж').fill('20');
await p.getByLabel('Точка безубыточности, ₽').fill('400 000');
await p.getByLabel('Маржа цели, ₽').fill('400 000');
for (const [label, n] of [['Опережающие показатели', 4], ['Продавцы', 4]]) {
  await p.getByRole('combobox', { name: label }).first().click({ force: true });
  const opts = p.getByRole('option').filter({ visible: true });
  await opts.first().waitFor();
  const count = Math.min(n, await opts.count());
  for (let i = 0; i < count; i += 1) await opts.nth(i).click();
  await p.keyboard.press('Escape');
  await p.keyboard.press('Tab');
}
await p.waitForTimeout(1200);
await p.screenshot({ path: `/tmp/shot-${shots}-form.png`, fullPage: true });
await p.getByRole('button', { name: 'Сохранить черновик' }).click();
await p.waitForTimeout(2000);
await p.screenshot({ path: `/tmp/shot-${shots}-plan.png`, fullPage: true });
const url = p.url();
const slider = p.getByRole('slider').nth(1);
await slider.focus();
for (let i = 0; i < 60; i += 1) await p.keyboard.press('ArrowRight');
await p.waitForTimeout(1200);
await p.screenshot({ path: `/tmp/shot-${shots}-try.png`, fullPage: true });
await p.getByRole('button', { name: 'Вернуть план' }).click();
await p.getByRole('button', { name: 'Ввести в действие' }).first().click();
await p.waitForTimeout(500);
await p.screenshot({ path: `/tmp/shot-${shots}-issue.png` });
await p.getByRole('dialog').getByRole('button', { name: 'Ввести в действие' }).click();
await p.waitForTimeout(1500);
console.log(url);
for (const [w, s] of [[390, 'dark'], [1280, 'dark'], [390, 'light']]) {
  const { p: q } = await page(w, s, 'integrator');
  await q.goto(url);
  await q.waitForLoadState('networkidle');
  await q.waitForTimeout(800);
  await q.screenshot({ path: `/tmp/shot-${shots}-${w}-${s}.png`, fullPage: true });
}
await started.close();
