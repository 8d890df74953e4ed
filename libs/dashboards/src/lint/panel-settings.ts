import type { FieldConfigSource, Panel, ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';

/** Panels that show no data of their own. */
const withoutData = ['row', 'text', 'dashlist', 'news', 'annolist', 'alertlist', 'welcome'];

export const showsData = (panel: Panel): boolean => !withoutData.includes(panel.type);

/** One group of settings for fields: the defaults of a panel, or an override of it. */
export interface FieldSettings {
  /** Empty for the defaults. */
  ofFields: string;
  unit?: string;
  noValue?: string;
  thresholds?: { steps: { value: number | null; color: string }[] };
  colorMode?: string;
  /** How a table draws the cell. */
  cellType?: string;
  mappings: readonly ValueMapping[];
  links: readonly { title?: string; url?: string; placement?: string }[];
}

/** The defaults of a panel and its overrides, each as a group of its own. */
export function fieldSettingsOf(panel: Panel): FieldSettings[] {
  const source: FieldConfigSource = panel.fieldConfig ?? { defaults: {}, overrides: [] };
  return [
    settingsOf('', source.defaults),
    ...source.overrides.map(({ matcher, properties }) =>
      settingsOf(
        `${matcher.id} ${String(matcher.options ?? '')}`.trim(),
        Object.fromEntries(properties.map(({ id, value }) => [id, value as unknown])),
      ),
    ),
  ];
}

interface Settings {
  unit?: string;
  noValue?: string;
  thresholds?: FieldSettings['thresholds'];
  color?: { mode?: string };
  custom?: { cellOptions?: { type?: string } };
  'custom.cellOptions'?: { type?: string };
  mappings?: ValueMapping[];
  links?: FieldSettings['links'];
}

function settingsOf(ofFields: string, settings: Settings): FieldSettings {
  const { unit, noValue, thresholds, color, custom, mappings = [], links = [] } = settings;
  const cellType = (settings['custom.cellOptions'] ?? custom?.cellOptions)?.type;
  return { ofFields, unit, noValue, thresholds, colorMode: color?.mode, cellType, mappings, links };
}

/** An option of a panel by its path; undefined where it is not set. */
export function optionOf(panel: Panel, ...path: string[]): unknown {
  let value: unknown = panel.options;
  for (const key of path) {
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  }
  return value;
}
