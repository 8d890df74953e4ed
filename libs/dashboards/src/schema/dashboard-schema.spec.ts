import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { Ajv, type ValidateFunction } from 'ajv';
import { createGenerator } from 'ts-json-schema-generator';
import { languages } from '../authoring/language.js';
import { catalogueOf } from '../catalogue.js';
import type { DashboardDocument } from './dashboard-document.spec-fixture.js';

const pathOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

let isDashboard: ValidateFunction<DashboardDocument>;
beforeAll(() => {
  const schema = createGenerator({
    path: pathOf('dashboard-document.spec-fixture.ts'),
    tsconfig: pathOf('../../tsconfig.json'),
    type: 'DashboardDocument',
    // Every panel of the SDK calls its options `Options`: they are written out where they stand.
    expose: 'none',
    // The typecheck of the library does that.
    skipTypeCheck: true,
  }).createSchema('DashboardDocument');
  isDashboard = new Ajv({ allErrors: false, strict: false }).compile<DashboardDocument>(schema);
}, 120_000);

const dashboards = languages.flatMap((language) =>
  catalogueOf(language).dashboards.map(({ uid, json }) => [uid, language, json] as const),
);

test.each(dashboards)('%s (%s) is made of what the SDK knows', (_uid, _language, json) => {
  expect([isDashboard(json), isDashboard.errors]).toEqual([true, null]);
});

describe('a copy with a fault is refused:', () => {
  const [, , good] = dashboards.find(([uid]) => uid === 'fw-workers')!;
  type Part = Record<string, unknown> & { [key: string]: Part };
  const panelOf = (dashboard: Part, type: string): Part =>
    (dashboard['panels'] as unknown as Part[]).find((panel) => (panel['type'] as unknown) === type)!;

  test.each<[string, (dashboard: Part) => void]>([
    ['an unknown key of the dashboard', (all) => Object.assign(all, { panles: [] })],
    ['no panels', (all) => delete (all as { panels?: unknown }).panels],
    ['a crosshair that does not exist', (all) => Object.assign(all, { graphTooltip: 7 })],
    ['an unknown key of a panel', (all) => Object.assign(panelOf(all, 'stat'), { descripton: 'x' })],
    ['an unknown kind of panel', (all) => Object.assign(panelOf(all, 'stat'), { type: 'statt' })],
    ['an unknown option', (all) => Object.assign(panelOf(all, 'stat')['options']!, { colourMode: 'value' })],
    [
      'a colour mode that does not exist',
      (all) => Object.assign(panelOf(all, 'stat')['options']!, { colorMode: 'red' }),
    ],
    [
      'a legend at a place that does not exist',
      (all) => Object.assign(panelOf(all, 'timeseries')['options']!['legend']!, { placement: 'top' }),
    ],
    [
      'a threshold without a colour',
      (all) =>
        Object.assign(panelOf(all, 'stat')['fieldConfig']!['defaults']!['thresholds']!, { steps: [{ value: null }] }),
    ],
    [
      'an unknown setting of a column',
      (all) =>
        Object.assign(panelOf(all, 'table')['fieldConfig']!['overrides']![0]!['properties']![0]!, {
          id: 'custom.hidden',
        }),
    ],
    [
      'a query in a format that does not exist',
      (all) => Object.assign(panelOf(all, 'stat')['targets']![0]!, { format: 'logs' }),
    ],
    [
      'a query without a source',
      (all) => delete (panelOf(all, 'stat')['targets']![0] as { datasource?: unknown }).datasource,
    ],
    [
      'a variable that is refreshed at a time that does not exist',
      (all) => Object.assign(all['templating']!['list']![0]!, { refresh: 5 }),
    ],
  ])('%s', (_, spoil) => {
    const copy = JSON.parse(JSON.stringify(good)) as Part;
    expect(isDashboard(copy)).toBe(true);
    spoil(copy);
    expect(isDashboard(copy)).toBe(false);
  });
});
