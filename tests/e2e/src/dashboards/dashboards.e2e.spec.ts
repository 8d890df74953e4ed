import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { catalogueOf } from '@funnelwatch/dashboards';
import { monthPeriod } from '@funnelwatch/funnel';
import type { Page } from 'playwright-core';
import { indicators, scheme } from '../pay/worked-example.js';
import { VisitedProduct } from '../stack/visited-product.js';
import { plantedFigures } from '../truth/planted-figures.js';
import { funnelOnDashboard, onDashboard } from './funnel-on-dashboard.js';
import { ShownPanels } from './shown-panels.js';

interface Cell {
  indicatorId: string | null;
  norm: string;
  done: number;
  due: number;
  toGo: string;
  perDay: number | null;
  runRate: number | null;
  chance: number | null;
}
interface Pace {
  asOf: string;
  elapsed: number;
  plans: {
    team: Cell[];
    sold: string;
    target: string;
    rows: { userId: string; name: string | null; cells: Cell[]; sold: string }[];
  }[];
}

const zone = 'Europe/Moscow';
const everybody = { all: [], allValue: "'*'" };
let product: VisitedProduct;
let integrator: Page;
let head: Page;
let panels: ShownPanels;
const month = new Date().toISOString().slice(0, 7);

beforeAll(async () => {
  product = await VisitedProduct.start('dashboards');
  integrator = await product.visitor('integrator');
  head = await product.visitor('head');
  panels = await ShownPanels.open(product.dataFolder, catalogueOf('en').dashboards);
});
afterAll(async () => {
  await panels?.close();
  await product?.end();
});

/** Compares until both agree, for a minute at most after the first comparison; then says how they differ. */
async function expectAgreement(compare: () => Promise<{ shown: unknown; told: unknown }>): Promise<void> {
  const deadline = Date.now() + 90_000;
  for (;;) {
    const { shown, told } = await compare();
    if (JSON.stringify(shown) === JSON.stringify(told)) return;
    if (Date.now() > deadline) return expect(shown).toEqual(told);
    await sleep(2000);
  }
}

const chosen = () => ({ portal: { one: product.portalId }, month: { one: month }, seller: everybody });
/** The sellers of the company, by the portal. */
const sellerIds = async () =>
  (await product.read<{ items: { sellerId: string }[] }>(integrator, 'sellers')).items
    .map(({ sellerId }) => sellerId)
    .filter((id) => id !== 'unknown')
    .slice(0, 4);

test('plans, points and schemes are written for a month', async () => {
  for (const [indicatorId, measure] of Object.entries(indicators)) {
    const body = { name: { ru: indicatorId, en: indicatorId }, measure, minutes: null, isOffered: true };
    await product.ask(integrator, 'PUT', `indicators/${indicatorId}`, body);
  }
  const sellers = await sellerIds();
  const content = {
    ...{ name: 'Отдел продаж', targetKopecks: '80000000', averageSaleKopecks: '4000000', statedSales: null },
    ...{ marginKopecks: null, breakEven: null, rounding: 'final', split: 'up' },
    steps: [
      { indicatorId: 'letters', entered: 100, converted: 30 },
      { indicatorId: 'proposals', entered: 100, converted: 20 },
    ],
    base: { method: 'given', from: null, to: null, horizonDays: null, pooling: 'pooled' },
    sellers: sellers.map((userId) => ({ userId, weight: 1 })),
  };
  const body = { month, pipelineId: 'deal:0', teamId: '1', content };
  const { planId } = await product.ask<{ planId: string }>(integrator, 'POST', 'plans', body);
  await product.ask(head, 'POST', `plans/${planId}/issue`, { version: 1, effectiveFrom: `${month}-01` });
  const { schemeId } = await product.ask<{ schemeId: string }>(integrator, 'POST', 'schemes', {
    scheme,
    sellerIds: sellers,
  });
  await product.ask(head, 'POST', `schemes/${schemeId}/approval`, { version: 1 });
  await product.ask(integrator, 'POST', `schemes/${schemeId}/issue`, { version: 1, fromMonth: month });
  // Nothing happens any more: what is shown in two places was read at one moment.
  await product.simulator.run(0);
});

test('the dashboard of the funnel shows what was planted', async () => {
  const truth = await product.simulator.truth('none');
  const planted = onDashboard(plantedFigures(truth), truth);
  expect(planted.figures.size).toBeGreaterThan(100);
  const startOf = (of: string) => monthPeriod(zone, of).from;
  await expectAgreement(async () => {
    const shown = await funnelOnDashboard(panels, truth, { portalId: product.portalId, startOf });
    return { shown: planted.differencesFrom(shown), told: [] };
  });
});

test('the dashboard of the plan shows the pace that the console shows', async () => {
  await expectAgreement(async () => {
    const pace = await product.read<Pace>(integrator, `pace?month=${month}`);
    const cells = (userId: string, { indicatorId, norm, done, due, toGo, perDay, runRate, chance }: Cell) => [
      userId,
      indicatorId ?? 'Продажи',
      Number(norm),
      done,
      due,
      Number(toGo),
      perDay,
      runRate,
      chance,
    ];
    const [plan] = pace.plans;
    const told: unknown[] = [
      ...(plan?.team ?? []).map((cell) => cells('', cell)),
      ...(plan?.rows ?? []).flatMap((row) => row.cells.map((cell) => cells(row.userId, cell))),
    ].sort();
    const figures = (row: Record<string, unknown>) =>
      ['norm', 'done', 'due', 'to_go', 'per_day', 'run_rate', 'chance'].map((name) => row[name]);
    const [team, people] = [
      await panels.rows('fw-plan', 'The team by indicator', chosen()),
      await panels.rows('fw-plan', 'Sellers by indicator', chosen()),
    ];
    const shown: unknown[] = [
      ...team.map((row) => ['', row['indicator'], ...figures(row)]),
      ...people.map((row) => [String(row['user_id']), row['indicator'], ...figures(row)]),
    ].sort();
    const sold = await panels.figure('fw-plan', 'Sold', chosen());
    const target = await panels.figure('fw-plan', 'Target', chosen());
    shown.push(['money', sold, target]);
    told.push(['money', Number(plan?.sold ?? 0) / 100, Number(plan?.target ?? 0) / 100]);
    return { shown, told };
  });
});

test('the dashboard of points shows those of the console', async () => {
  await expectAgreement(async () => {
    const { items } = await product.read<{
      items: { name: string; points: string; nextThreshold: { missing: string } | null }[];
    }>(integrator, `provisional-pay?month=${month}`);
    const told = items
      .map(({ name, points, nextThreshold }) => [name, Number(points), Number(nextThreshold?.missing ?? 0)])
      .sort();
    const rows = await panels.rows('fw-score', 'Points and thresholds', chosen());
    const shown = rows.map((row) => [row['seller'], Number(row['points']), Number(row['missing'] ?? 0)]).sort();
    return { shown, told };
  });
});

test('the dashboard of discipline shows the violations, deadlines and queue of the console', async () => {
  const monday = (weeks: number) => {
    const now = new Date();
    const day = new Date(
      Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - ((now.getUTCDay() + 6) % 7) - 7 * weeks),
    );
    return day.toISOString().slice(0, 10);
  };
  const [from, to] = [monday(4), monday(-1)];
  const midnight = (day: string) => new Date(new Date(`${day}T00:00:00Z`).getTime() - 3 * 3_600_000);
  const range = { from: midnight(from), to: midnight(to) };
  await expectAgreement(async () => {
    interface Rate {
      violations: number;
      checks: number;
    }
    const page = await product.read<{
      byRule: (Rate & { ruleId: string })[];
      byPerson: (Rate & { person: { userId: string } | null })[];
      repeats: { answered: number; repeated: number };
      sla: { severity: string; verdicts: number; inTime: number; overdue: number }[];
    }>(integrator, `discipline?from=${from}&to=${to}`);
    const queue = await product.read<{ lanes: { queue: number }; overdue: number }>(integrator, 'case-summary');
    const told = {
      rules: page.byRule.map(({ ruleId, violations, checks }) => [ruleId, violations, checks]).sort(),
      people: page.byPerson.map(({ person, violations, checks }) => [person?.userId ?? '', violations, checks]).sort(),
      sla: page.sla.map(({ severity, verdicts, inTime }) => [severity, verdicts, inTime]),
      queue: [queue.lanes.queue, queue.overdue],
      repeated: page.repeats.answered === 0 ? null : page.repeats.repeated / page.repeats.answered,
    };
    const table = async (title: string) =>
      (await panels.rows('fw-discipline', title, chosen(), range))
        .map((row) => [String(row['id']), row['violations'], row['checks']])
        .sort();
    const shown = {
      rules: await table('Rules'),
      people: await table('People'),
      sla: (await panels.rows('fw-discipline', 'Verdicts by their deadline', chosen(), range)).map((row) => [
        row['severity'],
        row['verdicts'],
        row['in_time'],
      ]),
      queue: [
        await panels.figure('fw-discipline', 'In the queue (now)', chosen()),
        await panels.figure('fw-discipline', 'Overdue (now)', chosen()),
      ],
      repeated: await panels.figure('fw-discipline', 'Repeated after feedback', chosen(), range),
    };
    return { shown, told };
  });
});

test('freshness, completeness and lag are those of the page of operations', async () => {
  interface Portal {
    freshness: { through: string | null };
    certificate: { unexplained: number } | null;
  }
  const answer = await integrator.request.get(product.address(`portals/${product.portalId}`));
  const portal = (await answer.json()) as Portal;
  const asOf = await panels.figure('fw-portal', 'Data as of (now)', { portal: { one: product.portalId } });
  // The watermark goes on while nothing happens.
  expect(Math.abs(Number(asOf) - Date.parse(portal.freshness.through ?? ''))).toBeLessThan(180_000);
  const unexplained = await panels.figure('fw-portal', 'Unexplained (now)', { portal: { one: product.portalId } });
  expect(unexplained).toBe(portal.certificate?.unexplained ?? null);
});
