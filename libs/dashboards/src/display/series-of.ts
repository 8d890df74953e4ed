import type { DataFrame, Field } from '@grafana/data';
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Language } from '../authoring/language.js';
import { formattedValueToString, getFieldDisplayName } from './grafana-data.js';
import { seriesColour } from './palette.js';
import { frameOf, type LabelledColumn } from './panel-frame.js';
import type { ShownColumn } from './shown.js';

/** A series as a chart draws it. */
export interface ShownSeries {
  /** What the legend calls it. */
  name: string;
  /** The name of its colour, see `paints`. */
  paint: string;
  draw: 'line' | 'bars';
  isDashed: boolean;
  isStepped: boolean;
  isStacked: boolean;
  /** 0 to 100. */
  fillOpacity: number;
  lineWidth: number;
  axis: 'left' | 'right';
  min: number | null;
  max: number | null;
  /** One value an instant or category, null where there is none. */
  values: readonly (number | null)[];
  /** The least difference that its texts still tell; 0 where that depends on the value. */
  leastStep: number;
  /** A value of its axis as text. */
  format: (value: number) => string;
}

/** Series with the instants, in milliseconds since 1970, that they share. */
export interface ShownTimeSeries {
  times: readonly number[];
  series: readonly ShownSeries[];
}

interface DrawSettings {
  drawStyle?: string;
  lineInterpolation?: string;
  lineWidth?: number;
  fillOpacity?: number;
  lineStyle?: { fill?: string };
  stacking?: { mode?: string };
  axisPlacement?: string;
  hideFrom?: { viz?: boolean };
}

const drawSettings = (field: Field): DrawSettings => (field.config.custom ?? {}) as DrawSettings;

/**
 * The answer to a question for series as a chart shows it: texts of a row are labels that name a series of their own, or its
 * whole name where the column is called "metric".
 */
export function seriesOf(panel: Panel, columns: readonly ShownColumn[], language: Language): ShownTimeSeries {
  const { times, labelled } = widened(columns);
  const frame = frameOf(panel, [{ name: 'time', type: 'time', values: times }, ...labelled], language);
  return { times, series: drawn(frame, frame.fields.slice(1)) };
}

/** The bars of an answer by category: the texts of the column that the panel names, else of the first. */
export function barsOf(
  panel: Panel,
  columns: readonly ShownColumn[],
  language: Language,
): { categories: readonly string[]; series: readonly ShownSeries[] } {
  const { xField } = (panel.options ?? {}) as { xField?: string };
  const frame = frameOf(panel, columns, language);
  const names = frame.fields.find((field) => field.name === xField) ?? frame.fields.find(isText);
  const categories = (names?.values ?? []).map((value: unknown) => formattedText(names, value));
  return { categories, series: drawn(frame, frame.fields.filter(isNumber)) };
}

const isText = (field: Field): boolean => (field.type as string) === 'string';
const isNumber = (field: Field): boolean => (field.type as string) === 'number';

function formattedText(field: Field | undefined, value: unknown): string {
  const display = field?.display?.(value);
  return display ? formattedValueToString(display) : '';
}

function drawn(frame: DataFrame, fields: readonly Field[]): ShownSeries[] {
  const visible = fields.filter((field) => drawSettings(field).hideFrom?.viz !== true);
  return visible.map((field, index) => {
    const settings = drawSettings(field);
    const { color, min, max } = field.config;
    return {
      name: getFieldDisplayName(field, frame, [frame]),
      paint: color?.mode === 'fixed' && color.fixedColor !== undefined ? color.fixedColor : seriesColour(index),
      draw: settings.drawStyle === 'bars' ? 'bars' : 'line',
      isDashed: settings.lineStyle?.fill === 'dash',
      isStepped: settings.lineInterpolation === 'stepAfter',
      isStacked: settings.stacking?.mode === 'normal',
      fillOpacity: settings.fillOpacity ?? 0,
      lineWidth: settings.lineWidth ?? 1,
      axis: settings.axisPlacement === 'right' ? 'right' : 'left',
      min: min ?? null,
      max: max ?? null,
      values: field.values.map((value: unknown) => (typeof value === 'number' ? value : null)),
      leastStep: leastStepOf(field),
      format: (value) => formattedText(field, value),
    };
  });
}

/** Units of which the decimals say how finely a value is written, and what one of them is. */
const WRITTEN_PLAINLY: Readonly<Record<string, number>> = { none: 1, locale: 1, percent: 1, percentunit: 0.01 };

function leastStepOf({ config: { unit = 'none', decimals } }: Field): number {
  const one = WRITTEN_PLAINLY[unit];
  return one === undefined || typeof decimals !== 'number' ? 0 : one * 10 ** -decimals;
}

/** One column a series over the instants of all. */
function widened(columns: readonly ShownColumn[]): { times: number[]; labelled: LabelledColumn[] } {
  const time = columns.find(({ name }) => name === 'time');
  const texts = columns.filter((column) => column !== time && column.type === 'string');
  const numbers = columns.filter((column) => column !== time && column.type === 'number');
  const instants = (time?.values ?? []).map(Number);
  const times = [...new Set(instants)].sort((one, other) => one - other);
  const at = new Map(times.map((instant, index) => [instant, index]));
  const bySeries = new Map<string, LabelledColumn & { values: unknown[] }>();
  for (const [row, instant] of instants.entries()) {
    const labels = Object.fromEntries(texts.map(({ name, values }) => [name, textOf(values[row])]));
    for (const { name, values } of numbers) {
      const key = JSON.stringify([name, labels]);
      const series = bySeries.get(key) ?? seriesColumn(name, labels, times.length);
      bySeries.set(key, series);
      series.values[at.get(instant) ?? 0] = values[row];
    }
  }
  return { times, labelled: [...bySeries.values()] };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function seriesColumn(
  name: string,
  { metric, ...labels }: Record<string, string>,
  length: number,
): LabelledColumn & { values: unknown[] } {
  const isNamed = metric !== undefined;
  return {
    name: isNamed ? metric : name,
    type: 'number',
    values: Array.from({ length }, () => null),
    ...(Object.keys(labels).length > 0 && { labels }),
  };
}
