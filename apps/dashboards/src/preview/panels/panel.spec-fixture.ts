import type { ShownColumn } from '@funnelwatch/dashboards/display';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelAnswer } from '../asking/ask-dashboard.js';
import type { Choice } from '../asking/choices.js';
import { textsIn } from '../texts.js';
import { panelHtml } from './panel.js';
import type { View } from './view.js';

/** Names as portals have them, and as somebody would have them who means harm. */
export const hostileNames = [
  `"><script>alert(1)</script>`,
  `О'Нил "Звезда" & <b>Ко</b>`,
  'Щукина-Ёлкина',
  'Я'.repeat(300),
  '${console}/javascript:alert(1)',
];

/** How such a name is written in a page. */
export const written = (name: string): string =>
  name
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');

export const column = (name: string, ...values: unknown[]): ShownColumn => ({
  name,
  type: values.some((value) => typeof value === 'number') ? 'number' : 'string',
  values,
});

const consoleChoice: Choice = {
  name: 'console',
  label: 'Console',
  isHidden: true,
  isMulti: false,
  includesAll: false,
  options: [],
  chosen: ['http://127.0.0.1:4400'],
};
const portalChoice: Choice = { ...consoleChoice, name: 'portal', label: 'Portal', isHidden: false, chosen: ['p1'] };

const from = new Date('2026-11-01T00:00:00Z');
const to = new Date('2026-11-08T00:00:00Z');
const range = { name: '7d', from, to, intervalMs: 600_000 } as const;

export const view: View = {
  language: 'ru',
  texts: textsIn('ru'),
  range,
  scope: { choices: [portalChoice, consoleChoice], range },
  marks: [],
};

interface Settings {
  title?: string;
  description?: string;
  defaults?: object;
  overrides?: object[];
  options?: object;
}

/** A panel as it stands in the JSON of a dashboard. */
export const panelOf = (type: string, settings: Settings = {}): Panel =>
  ({
    type,
    id: 1,
    title: settings.title ?? 'Title',
    description: settings.description,
    gridPos: { x: 0, y: 0, w: 12, h: 8 },
    fieldConfig: { defaults: { noValue: 'нет данных', ...settings.defaults }, overrides: settings.overrides ?? [] },
    options: settings.options ?? {},
  }) as unknown as Panel;

/** A panel with what a query answered, as it stands in a page. */
export const shownPanel = (panel: Panel, ...columns: ShownColumn[]): string =>
  answeredPanel(panel, { state: 'answered', answers: [columns] });

export const answeredPanel = (panel: Panel, answer: PanelAnswer, by: View = view): string =>
  panelHtml({ panel, answer }, by).markup;

/** The picture of a chart in a page that is taken on narrow light ones. */
export function chartIn(page: string): string {
  const encoded = /<img[^>]*src="data:image\/svg\+xml;base64,([^"]+)"/.exec(page)?.[1] ?? '';
  return Buffer.from(encoded, 'base64').toString('utf8');
}
