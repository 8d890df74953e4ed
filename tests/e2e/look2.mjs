import { startBrowser } from '@funnelwatch/testing/browser';
const started = await startBrowser();
const { browser } = started;
const base = 'http://127.0.0.1:4399';
const ctx = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'ru-RU', baseURL: base });
await ctx.request.post('/api/v1/session/demo', { data: { role: 'integrator' }, headers: { origin: base } });
const p = await ctx.newPage();
const portals = await (await ctx.request.get('/api/v1/portals')).json();
const id = portals.items[0].portalId;
await p.goto(`/portals/${id}/plan?month=2026-11`);
await p.waitForLoadState('networkidle');
await p.getByRole('button', { name: 'Новый план' }).first().click();
await p.waitForTimeout(1500);
await p.getByRole('combobox', { name: 'Опережающие показатели' }).first().click({ force: true });
for (let i = 0; i < 4; i += 1) {
  const opts = p.getByRole('option').filter({ visible: true });
  console.log(i, await opts.allInnerTexts());
  if ((await opts.count()) > i) await opts.nth(i).click();
  await p.waitForTimeout(300);
}
await p.screenshot({ path: '/tmp/shot-b.png', fullPage: true });
await started.close();
