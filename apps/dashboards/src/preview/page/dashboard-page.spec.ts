import { describe, expect, test } from '@jest/globals';
import { askDashboard } from '../asking/ask-dashboard.js';
import { allDashboards, dashboardOf, options, readModelsOf } from '../asking/asked-dashboard.spec-fixture.js';
import { hostileNames, written } from '../panels/panel.spec-fixture.js';
import { textsIn } from '../texts.js';
import { dashboardPage } from './dashboard-page.js';
import { indexPage, sentencePage } from './plain-pages.js';
import { styleSheet } from './style.js';

const surroundings = { language: 'ru' as const, texts: textsIn('ru'), dashboards: allDashboards };
const now = new Date('2026-11-30T12:00:00Z');

async function pageOf(uid: string, query = '', names = ['Ромашка', 'Василёк']): Promise<string> {
  const readModels = readModelsOf({
    portal_key: options(...names.map((name, index): [string, string] => [`p${index}`, name])),
    'grafana.seller\nWHERE': options(...names.map((name, index): [string, string] => [String(index), name])),
  });
  const address = new URLSearchParams(query);
  const asked = await askDashboard({ readModels, dashboard: dashboardOf(uid), address, now, consoleUrl: null });
  return dashboardPage(asked, surroundings);
}

const selects = (page: string, name: string): string =>
  new RegExp(`<select name="${name}"[^]*?</select>`).exec(page)?.[0] ?? '';
const selectedOf = (markup: string): string[] =>
  [...markup.matchAll(/<option value="([^"]*)"\s+selected>/g)].map(([, value = '']) => value);

test.each(allDashboards.map(({ uid }) => uid))(
  '%s says in its head that it is a preview, and has neither scripts nor styles',
  async (uid) => {
    const page = await pageOf(uid);
    expect(page).toMatch(/<header>[^]*Предпросмотр, не Grafana[^]*<\/header>/);
    expect(page).toMatch(/<title>[^<]*Предпросмотр, не Grafana<\/title>/);
    expect(page).not.toMatch(/<script|<style|\sstyle=|\son\w+=/);
  },
);

test('every page beside the dashboards says so as well', () => {
  for (const page of [indexPage(surroundings), sentencePage(surroundings, 'нет')]) {
    expect(page).toMatch(/<header>[^]*Предпросмотр, не Grafana[^]*<\/header>/);
  }
});

test('the index leads to every dashboard and says what it answers', () => {
  const page = indexPage(surroundings);
  for (const { uid, json } of allDashboards) {
    expect(page).toContain(`href="/d/${uid}"`);
    expect(page).toContain(json.description ?? 'no description');
  }
});

describe('panels', () => {
  test('stand where the dashboard places them, each section counted from its own top', async () => {
    const page = await pageOf('fw-funnel');
    const places = [...page.matchAll(/class="panel (\S+) x(\d+) y(\d+) w(\d+) h(\d+)"/g)].map(([, type, ...place]) => [
      type,
      ...place.map(Number),
    ]);
    expect(places.slice(0, 2)).toEqual([
      ['stat', 0, 0, 4, 4],
      ['stat', 4, 0, 4, 4],
    ]);
    expect(places.slice(6)).toEqual([
      ['bargauge', 0, 0, 10, 10],
      ['table', 10, 0, 14, 10],
      ['table', 0, 0, 12, 10],
      ['timeseries', 12, 0, 12, 10],
      ['bargauge', 0, 0, 10, 10],
      ['table', 10, 0, 14, 10],
    ]);
  });
  test('have a rule of the stylesheet for every class of place, letters and columns', async () => {
    const style = styleSheet();
    const pages = await Promise.all(allDashboards.map(({ uid }) => pageOf(uid)));
    const classes = new Set(
      pages.flatMap((page) => page.match(/(?<=[" ])(?:[xywh]|letters|one-of-)\d+(?=[" ])/g) ?? []),
    );
    expect(classes.size).toBeGreaterThan(20);
    for (const name of classes) expect(style).toContain(`.${name}{`);
  });
  test('of a folded section are there when somebody unfolds it', async () => {
    expect(await pageOf('fw-workers')).toMatch(/<details class="section"\s*>\s*<summary><h2>Kafka подробно<\/h2>/);
  });
});

describe('what can be chosen', () => {
  test('is a list for each variable and for the range, with what an address chose', async () => {
    const page = await pageOf('fw-funnel', 'var-portal=p1&from=now-30d');
    expect(selectedOf(selects(page, 'var-portal'))).toEqual(['p1']);
    expect(selectedOf(selects(page, 'var-seller'))).toEqual(['$__all']);
    expect(selectedOf(selects(page, 'from'))).toEqual(['now-30d']);
    expect(page).not.toContain('name="var-console"');
  });
  test('is said in a line where there can be several', async () => {
    expect(await pageOf('fw-funnel', 'var-seller=0&var-seller=1')).toContain('<span class="said">выбрано: 2</span>');
    expect(await pageOf('fw-funnel', 'var-seller=1')).toContain('<span class="said">Василёк</span>');
  });
  test('goes along to other dashboards', async () => {
    expect(await pageOf('fw-funnel', 'var-portal=p1')).toContain(
      'href="/d/fw-plan?from=now-90d&amp;to=now&amp;var-portal=p1&amp;var-seller=%24__all"',
    );
  });
  test('says that there is nothing without portals', async () => {
    expect(selects(await pageOf('fw-portal', '', []), 'var-portal')).toContain('выбирать не из чего');
  });
});

test.each(hostileNames)('names of portals are text in lists: %s', async (name) => {
  const page = await pageOf('fw-portal', '', [name]);
  expect(selects(page, 'var-portal')).toContain(`>${written(name)}</option`);
  expect(page).not.toMatch(/<script|<b>/);
});
