import { describe, expect, test } from '@jest/globals';
import {
  answeredPanel,
  chartIn,
  column,
  hostileNames,
  panelOf,
  shownPanel,
  view,
  written,
} from './panel.spec-fixture.js';

const counts = hostileNames.map((_, index) => index + 1);
const neutral = { mode: 'absolute', steps: [{ value: null, color: 'text' }] };
const limited = {
  mode: 'absolute',
  steps: [
    { value: null, color: 'text' },
    { value: 0, color: 'green' },
    { value: 5, color: 'red' },
  ],
};
const lastValue = { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false } };
const everyRow = { reduceOptions: { calcs: ['lastNotNull'], fields: '', values: true, limit: 50 } };
const at = (day: number): number => Date.parse(`2026-11-0${day}T00:00:00Z`);
const times = (...days: number[]) => ({ name: 'time', type: 'time' as const, values: days.map(at) });
const stat = panelOf('stat', {
  defaults: { unit: 'locale', decimals: 0, thresholds: limited },
  options: { ...lastValue, colorMode: 'value' },
});
const gauge = panelOf('bargauge', {
  defaults: { unit: 'locale', decimals: 0, min: 0, color: { mode: 'fixed', fixedColor: 'blue' } },
  options: everyRow,
});
const table = panelOf('table', { defaults: { unit: 'string', thresholds: neutral } });
const chart = panelOf('timeseries', {
  defaults: { unit: 'locale', decimals: 0, min: 0, custom: { drawStyle: 'line', fillOpacity: 10 } },
});
const bars = panelOf('barchart', { defaults: { unit: 'locale', decimals: 0, min: 0 }, options: { xField: 'name' } });
const timeline = panelOf('state-timeline', { defaults: { unit: 'string' } });
const note = (content: string) => panelOf('text', { options: { mode: 'markdown', content } });

describe.each([
  [
    'a stat',
    panelOf('stat', { options: { ...lastValue, reduceOptions: { ...lastValue.reduceOptions, fields: '/.*/' } } }),
    (name: string) => [column('name', name)],
  ],
  ['a bar gauge', gauge, (name: string) => [column('name', name, 'other'), column('count', 1, 2)]],
  ['a table', table, (name: string) => [column('name', name), column('count', 1)]],
  ['a table with such a header', table, (name: string) => [column(name, 1)]],
  ['a chart over time', chart, (name: string) => [times(2), column('metric', name), column('count', 1)]],
  ['a state timeline', timeline, (name: string) => [times(2), column('state', name)]],
])('%s shows names as they are', (_kind, panel, columnsOf) => {
  test.each(hostileNames)('%s', (name) => {
    const page = shownPanel(panel, ...columnsOf(name));
    expect(page).toContain(written(name));
    expect(page).not.toContain('<script');
    expect(page).not.toContain('<b>');
  });
});

test.each(hostileNames)('titles and descriptions are text: %s', (name) => {
  const page = shownPanel(panelOf('stat', { title: name, description: name, options: lastValue }), column('n', 1));
  expect(page.split(written(name)).length - 1).toBe(2);
  expect(page).not.toContain('<script');
});

test('names in the picture of a bar chart are text as well', () => {
  const svg = chartIn(shownPanel(bars, column('name', ...hostileNames), column('count', ...counts)));
  expect(svg).toContain('>Щукин');
  expect(svg).not.toContain('<script');
  expect(svg).not.toContain('<b>');
});

test('a note is text, a paragraph each', () => {
  const page = shownPanel(note(`${hostileNames[0]}\n\nвторой`));
  expect(page).toContain(`<p>${written(hostileNames[0] ?? '')}</p>`);
  expect(page).toContain('<p>второй</p>');
});

describe('a stat', () => {
  test('is in the colour of its limits, with its unit, by the language of the reader', () => {
    expect(shownPanel(stat, column('n', 1_234_567)).replace(/[\u00a0\u202f]/g, ' ')).toMatch(
      /paint-red" title="1 234 567"/,
    );
    expect(shownPanel(stat, column('n', 4))).toContain('paint-green');
  });
  test('that is not to be coloured is in the colour of text', () => {
    const plain = panelOf('stat', { defaults: { thresholds: limited }, options: { ...lastValue, colorMode: 'none' } });
    expect(shownPanel(plain, column('n', 7))).toContain('paint-text');
  });
  test.each([
    ['null', [{ name: 'n', type: 'number' as const, values: [null] }]],
    ['no rows', [{ name: 'n', type: 'number' as const, values: [] }]],
    ['no columns', []],
  ])('without a figure (%s) says why, in a colour that means nothing', (_case, columns) => {
    const page = shownPanel(stat, ...columns);
    expect(page).toContain('нет данных');
    expect(page).toContain('paint-text');
    expect(page).not.toMatch(/paint-(?:red|green)/);
  });
  test('leads where its link leads, its variables put in', () => {
    const links = [{ title: 'Queue', url: '${console}/portals/${portal}/queue', targetBlank: true }];
    const page = shownPanel(panelOf('stat', { defaults: { links }, options: lastValue }), column('n', 1));
    expect(page).toContain('href="http://127.0.0.1:4400/portals/p1/queue"');
    expect(page).toContain('rel="noopener noreferrer"');
  });
});

describe('a bar gauge', () => {
  test('has a bar as long as its share of the largest, names before and figures behind', () => {
    const page = shownPanel(gauge, column('name', 'Новые', 'Выиграны'), column('count', 200, 50));
    expect(page).toMatch(/Новые<[^]*width="100\.00%"[^]*>\s*200\s*<[^]*Выиграны<[^]*width="25\.00%"[^]*>\s*50\s*</);
  });
  test('of nothing but zeros has empty bars', () => {
    expect(shownPanel(gauge, column('name', 'Новые'), column('count', 0))).toContain('width="0.00%"');
  });
  test('without rows says why', () => {
    const page = shownPanel(
      gauge,
      { name: 'name', type: 'string', values: [] },
      { name: 'n', type: 'number', values: [] },
    );
    expect(page).toContain('<p class="nothing">нет данных</p>');
  });
});

describe('a table', () => {
  const override = (name: string, properties: Record<string, unknown>) => ({
    matcher: { id: 'byName', options: name },
    properties: Object.entries(properties).map(([id, value]) => ({ id, value })),
  });
  const shown = panelOf('table', {
    defaults: { unit: 'string', thresholds: neutral, noValue: 'всё в порядке' },
    overrides: [
      override('portal_id', { 'custom.hideFrom.viz': true }),
      override('portal', {
        displayName: 'Портал',
        links: [
          { title: 'Портал', url: '/d/fw-portal?var-portal=${__data.fields.portal_id}&${__url_time_range}' },
          { title: 'Консоль', url: '${console}/portals/${__data.fields.portal_id}', targetBlank: true },
        ],
      }),
      override('standing', {
        displayName: 'Состояние',
        'custom.cellOptions': { type: 'color-background' },
        'custom.width': 110,
        noValue: '–',
        color: { mode: 'thresholds' },
        mappings: [{ type: 'value', options: { 2: { text: 'критично', color: 'red', index: 0 } } }],
        thresholds: { mode: 'absolute', steps: [{ value: null, color: 'transparent' }] },
      }),
      override('share', {
        displayName: 'Доля',
        unit: 'percentunit',
        decimals: 1,
        min: 0,
        max: 1,
        noValue: '–',
        'custom.cellOptions': { type: 'gauge' },
        color: { mode: 'fixed', fixedColor: 'blue' },
      }),
    ],
  });
  const columns = [
    column('portal_id', 'a b', 'c'),
    column('portal', 'Ромашка', 'Василёк'),
    { name: 'standing', type: 'number' as const, values: [2, null] },
    { name: 'share', type: 'number' as const, values: [0.257, null] },
  ];
  const page = shownPanel(shown, ...columns);

  test('has headers, units, colours and bars by the settings of its columns, and leaves hidden ones out', () => {
    expect([...page.matchAll(/<th[^>]*title="([^"]*)"/g)].map(([, header]) => header)).toEqual([
      'Портал',
      'Состояние',
      'Доля',
    ]);
    expect(page).toContain('<col width="110" />');
    expect(page).toMatch(/<td class="right on-red" title="критично">/);
    expect(page).toContain('width="25.70%"');
    expect(page).toContain('25.7%');
  });
  test('leaves what is missing without a colour and with an empty bar', () => {
    expect(page).toMatch(/<td class="right on-transparent" title="–">/);
    expect(page).toContain('width="0.00%"');
  });
  test('puts the values of the row into its links', () => {
    expect(page).toContain('href="/d/fw-portal?var-portal=a%20b&amp;from=now-7d&amp;to=now"');
    expect(page).toContain('href="http://127.0.0.1:4400/portals/a%20b"');
  });
  test('without rows says why instead of its headers', () => {
    const empty = shownPanel(shown, ...columns.map((each) => ({ ...each, values: [] })));
    expect(empty).toContain('<p class="nothing">всё в порядке</p>');
    expect(empty).not.toContain('<th');
  });
  test('is sorted by the header that it names', () => {
    const sorted = panelOf('table', {
      defaults: { unit: 'string' },
      options: { sortBy: [{ displayName: 'n', desc: true }] },
    });
    const cells = [...shownPanel(sorted, column('n', 2, 10, 1)).matchAll(/<td[^>]*title="(\d+)"/g)].map(([, n]) => n);
    expect(cells).toEqual(['10', '2', '1']);
  });
});

describe('a chart over time', () => {
  const override = (name: string, color: string, dashed: boolean) => ({
    matcher: { id: 'byName', options: name },
    properties: [
      { id: 'displayName', value: `Ряд ${name}` },
      { id: 'color', value: { mode: 'fixed', fixedColor: color } },
      ...(dashed ? [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } }] : []),
    ],
  });
  const two = panelOf('timeseries', {
    defaults: { unit: 'percentunit', decimals: 0, min: 0, custom: { drawStyle: 'line', fillOpacity: 0 } },
    overrides: [override('due', 'gray', true), override('sold', 'green', false)],
  });
  const page = shownPanel(two, times(2, 3, 4), column('due', 0.1, 0.2, 0.4), column('sold', 0.1, 0.3, 0.9));

  test('names its series below, dashed ones dashed', () => {
    expect(page).toMatch(/line-gray"[^>]*stroke-dasharray[^]*<span>Ряд due<\/span>/);
    expect(page).toMatch(/line-green"[^]*<span>Ряд sold<\/span>/);
  });
  test('draws them in their colours with their unit at the axis', () => {
    const svg = chartIn(page);
    expect(svg).toMatch(/<path[^>]*stroke="#808080"[^>]*stroke-dasharray="8,8"/);
    expect(svg).toMatch(/stroke="#56A64B"/i);
    expect(svg).toContain('>80%</text>');
  });
  test('is drawn for dark pages in the colours of these', () => {
    const [, dark = ''] = /prefers-color-scheme: dark[^]*?base64,([^"]+)"/.exec(page) ?? [];
    expect(Buffer.from(dark, 'base64').toString()).toMatch(/stroke="#73BF69"/i);
  });
  test('is a picture that is well-formed: no quote breaks its attributes', () => {
    expect(chartIn(page)).toMatch(/^<svg [^]*<\/svg>$/);
    expect(chartIn(page)).not.toMatch(/="[^"]*"[^\s/>?]/);
  });
  test.each([
    [
      'no rows',
      [
        { ...times(), type: 'time' as const },
        { name: 'sold', type: 'number' as const, values: [] },
      ],
    ],
    ['nothing but nulls', [times(2), { name: 'sold', type: 'number' as const, values: [null] }]],
    ['no columns', []],
  ])('without a point (%s) says why', (_case, columns) => {
    expect(shownPanel(two, ...columns)).toContain('<p class="nothing">нет данных</p>');
  });
  test('has its limits as dashed lines where the panel says so', () => {
    const limits = { thresholds: limited, custom: { drawStyle: 'line', thresholdsStyle: { mode: 'dashed' } } };
    const svg = chartIn(shownPanel(panelOf('timeseries', { defaults: limits }), times(2, 4), column('n', 1, 9)));
    expect(svg).toMatch(/<path[^>]*stroke="#E02F44"[^>]*stroke-dasharray/i);
  });
  test('marks what happened, and says in its names what the marks are', () => {
    const marks = [{ name: 'Изменения', paint: 'purple', marks: [{ at: at(3), text: 'Этап' }] }];
    const answer = { state: 'answered' as const, answers: [[times(2, 4), column('sold', 1, 2)]] };
    const marked = answeredPanel(two, answer, { ...view, marks });
    expect(marked).toContain('<span>Изменения</span>');
    expect(chartIn(marked)).toMatch(/stroke="#A352CC"/i);
  });
});

test('a bar chart names its series and writes its categories', () => {
  const page = shownPanel(bars, column('name', '0–10 %', '10–20 %'), column('people', 3, 5));
  expect(page).toContain('<span>people</span>');
  expect(chartIn(page)).toContain('>0–10 %</text>');
  expect(shownPanel(bars, column('name'), column('people'))).toContain('<p class="nothing">нет данных</p>');
});

test('a state timeline has a stretch from each instant to the next, the last to the end', () => {
  const page = shownPanel(timeline, times(1, 3), column('state', 'ждёт', 'вживую'));
  const stretches = [...page.matchAll(/x="([\d.]+)%"\s+width="([\d.]+)%"/g)].map(([, x, width]) => [x, width]);
  expect(stretches).toEqual([
    ['0.00', '28.57'],
    ['28.57', '71.43'],
  ]);
});

test('a query that failed is said in its panel, with what the database said', () => {
  const page = answeredPanel(stat, { state: 'failed', message: 'column "<b>" does not exist' });
  expect(page).toContain('Эту панель не удалось заполнить.');
  expect(page).toContain('column &quot;&lt;b&gt;&quot; does not exist');
});

test('panels that ask Prometheus say that they are not here', () => {
  expect(answeredPanel(chart, { state: 'prometheus' })).toContain('Эта панель спрашивает Prometheus');
});

test('a kind of panel that is not drawn says so', () => {
  expect(shownPanel(panelOf('heatmap'))).toContain('Панелей вида «heatmap» в предпросмотре нет.');
});

test('a panel that cannot be drawn takes nothing else away', () => {
  const broken = panelOf('table', { overrides: [{ matcher: { id: 'no such matcher' }, properties: [] }] });
  expect(shownPanel(broken, column('n', 1))).toContain('class="failed"');
});
