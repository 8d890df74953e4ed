import type { FieldConfigSource, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type {
  DataFrame,
  DisplayProcessor,
  DisplayValue,
  Field,
  FieldConfig,
  FieldConfigSource as ShownConfig,
  FieldType,
  ThresholdsMode,
} from '@grafana/data';
import type { Language } from '../authoring/language.js';
import {
  createDataFrame,
  formattedValueToString,
  getDisplayProcessor,
  getFieldMatcher,
  setLocale,
  validateFieldConfig,
} from './grafana-data.js';
import { displayTheme, nameOfColour } from './palette.js';
import type { Shown, ShownColumn } from './shown.js';

/** A column with the labels that name a series. */
export interface LabelledColumn extends ShownColumn {
  labels?: Record<string, string>;
}

/** The answer with the settings of the panel on each column; what Grafana's registry of overrides would do. */
export function frameOf(panel: Panel, columns: readonly LabelledColumn[], language: Language): DataFrame {
  setLocale(language);
  const fields = columns.map(({ name, type, values, labels }) => ({
    name,
    type: type as FieldType,
    values: [...values],
    ...(labels && { labels }),
  }));
  const frame = createDataFrame({ fields });
  for (const field of frame.fields) {
    field.config = configOfField(configOf(panel), field, frame);
    // Matching by name has noted how the field is called without its settings.
    field.state = null;
    field.display = inLanguageOf(language, field.config, getDisplayProcessor({ field, theme: displayTheme }));
  }
  return frame;
}

/** The SDK and the library describe the same JSON by types of their own. */
export const configOf = (panel: Panel): ShownConfig =>
  structuredClone((panel.fieldConfig ?? { defaults: {}, overrides: [] }) satisfies FieldConfigSource) as ShownConfig;

function configOfField(source: ShownConfig, field: Field, frame: DataFrame): FieldConfig {
  const merged: Record<string, unknown> = { ...source.defaults };
  for (const { matcher, properties } of source.overrides) {
    if (!getFieldMatcher(matcher)(field, frame, [frame])) continue;
    for (const { id, value } of properties) put(merged, id.split('.'), value);
  }
  return settledConfig(merged);
}

/** `custom.hideFrom.viz` goes where its path says; what lay there before is copied, not changed. */
function put(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    into[first] = value;
    return;
  }
  const inner = { ...(into[first] as Record<string, unknown> | undefined) };
  put(inner, rest, value);
  into[first] = inner;
}

/** Thresholds that a panel leaves out are those of Grafana: green, and red from 80 on. */
export function settledConfig(config: FieldConfig): FieldConfig {
  const usual = [
    { value: -Infinity, color: 'green' },
    { value: 80, color: 'red' },
  ];
  const { mode = 'absolute' as ThresholdsMode, steps = usual } = config.thresholds ?? {};
  const settled: FieldConfig = {
    ...config,
    color: config.color ?? { mode: 'thresholds' },
    // JSON has no infinity: the first step is written as null.
    thresholds: { mode, steps: steps.map((step) => ({ ...step, value: (step.value as number | null) ?? -Infinity })) },
  };
  validateFieldConfig(settled);
  return settled;
}

/** Grafana writes such numbers by the locale of the browser, the library by that of the process. */
function inLanguageOf(
  language: Language,
  { unit, decimals }: FieldConfig,
  display: DisplayProcessor,
): DisplayProcessor {
  if (unit !== 'locale') return display;
  const digits = { maximumFractionDigits: decimals ?? undefined };
  return (value, adjacent) => {
    const shown = display(value, adjacent);
    const isWritten = shown.text === shown.numeric.toLocaleString(undefined, digits);
    return isWritten ? { ...shown, text: shown.numeric.toLocaleString(language, digits) } : shown;
  };
}

/** What the library says of a value, with the name of its colour. */
export function shown(field: string, config: FieldConfig, display: DisplayValue | undefined): Shown {
  if (!display) throw new Error(`Nothing displays ${field}`);
  const colour = display.color ?? '';
  return {
    field,
    text: formattedValueToString(display),
    suffix: display.suffix ?? '',
    colour,
    paint: nameOfColour(colour, config.color?.mode, display.percent),
    numeric: display.numeric,
    share: null,
  };
}

/** Says of each value how far it lies between the bounds of the settings, else the least and the most of them. */
export function withShares(values: readonly Shown[], { min, max }: FieldConfig): Shown[] {
  const numbers = values.flatMap(({ numeric }) => (Number.isFinite(numeric) ? [numeric] : []));
  const from = min ?? Math.min(...numbers);
  const to = max ?? Math.max(...numbers);
  const shareOf = (numeric: number): number | null => {
    if (!Number.isFinite(numeric)) return null;
    return to > from ? Math.min(1, Math.max(0, (numeric - from) / (to - from))) : 0;
  };
  return values.map((value) => ({ ...value, share: shareOf(value.numeric) }));
}
