import {
  FieldTextAlignment,
  TableCellBackgroundDisplayMode,
  TableCellDisplayMode,
  TableCellHeight,
  type TableCellOptions,
  BarGaugeDisplayMode,
  BarGaugeValueMode,
} from '@grafana/grafana-foundation-sdk/common';
import {
  type DynamicConfigValue,
  FieldColorModeId,
  MappingType,
  SpecialValueMatch,
  type ValueMapping,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/table';
import { AuthoringError } from '../authoring-error.js';
import type { DataLink } from '../links.js';
import { type Limits, thresholdsOf } from '../thresholds.js';
import type { Unit } from '../units.js';
import { type Mapping, mappingsOf } from '../value-mappings.js';
import { isPattern, override } from './overrides.js';
import { colour, framed, type PanelSpec } from './panel-spec.js';

/** How a column is shown. Text needs a header alone. */
export interface Column {
  header?: string;
  /** The unit of figures; text unless given. */
  unit?: Unit;
  decimals?: number;
  /** Pixels. */
  width?: number;
  align?: 'left' | 'right' | 'center';
  mapping?: Mapping;
  limits?: Limits;
  /** What limits, mappings and scales colour: the text (as long as nothing else is said), the cell, or a bar in it. */
  cell?: 'text' | 'background' | 'gauge';
  /** Colours that run from `min` to `max` instead of limits: a matrix of cohorts. */
  scale?: 'blues' | 'greens' | 'reds' | 'purples';
  min?: number;
  max?: number;
  links?: readonly DataLink[];
  /** What stands in a cell without a value; a dash unless given. That of the table says why there are no rows. */
  noValue?: string;
}

export interface TableSpec extends PanelSpec {
  /** By the column of the query, or by a pattern of its name between slashes. Hidden ones are still there for links. */
  columns: Readonly<Record<string, Column | 'hidden'>>;
  sortBy?: { column: string; descending?: boolean };
}

const SCALES: Record<NonNullable<Column['scale']>, FieldColorModeId> = {
  blues: FieldColorModeId.ContinuousBlues,
  greens: FieldColorModeId.ContinuousGreens,
  reds: FieldColorModeId.ContinuousReds,
  purples: FieldColorModeId.ContinuousPurples,
};

const CELLS: Record<NonNullable<Column['cell']>, TableCellOptions> = {
  text: { type: TableCellDisplayMode.ColorText },
  background: { type: TableCellDisplayMode.ColorBackground, mode: TableCellBackgroundDisplayMode.Basic },
  gauge: {
    type: TableCellDisplayMode.Gauge,
    mode: BarGaugeDisplayMode.Basic,
    valueDisplayMode: BarGaugeValueMode.Text,
  },
};

/** A scale has a colour for its lowest value and would give it to what is missing. */
const NOTHING: ValueMapping = {
  type: MappingType.SpecialValue,
  options: { match: SpecialValueMatch.NullAndNan, result: { text: '–', color: 'transparent' } },
};

const property = (id: string, value: unknown): DynamicConfigValue[] => (value === undefined ? [] : [{ id, value }]);

function colouring({ limits, mapping, cell, scale }: Column): DynamicConfigValue[] {
  if (!limits && !mapping && !cell && !scale) return [];
  const shown = cell ?? (scale ? 'background' : 'text');
  const plainGauge = shown === 'gauge' && !limits && !scale;
  const mode = scale ? SCALES[scale] : FieldColorModeId.Thresholds;
  return [
    ...property('custom.cellOptions', CELLS[shown]),
    ...property('color', plainGauge ? { mode: FieldColorModeId.Fixed, fixedColor: 'blue' } : { mode }),
    // A missing value must not light up a whole cell.
    ...property('thresholds', thresholdsOf(limits, shown === 'background' ? 'transparent' : 'text')),
  ];
}

function propertiesOf(column: Column): DynamicConfigValue[] {
  const { header, unit, decimals, width, align, mapping, scale, min, max, links, noValue = '–' } = column;
  return [
    ...property('displayName', header),
    ...property('noValue', noValue),
    ...property('unit', unit),
    ...property('decimals', decimals),
    ...property('custom.width', width),
    ...property('custom.align', align),
    ...property('mappings', mapping ? mappingsOf(mapping) : scale && [NOTHING]),
    ...property('min', min),
    ...property('max', max),
    ...colouring(column),
    ...property('links', links && links.map((link) => ({ ...link }))),
  ];
}

// Grafana 13 hides a column of a table by where it is hidden from; `hidden` of older ones is no longer known.
const HIDDEN: DynamicConfigValue[] = [{ id: 'custom.hideFrom.viz', value: true }];

/** Grafana sorts by what stands in the header. */
function sortedBy({ title, columns, sortBy }: TableSpec): { displayName: string; desc: boolean }[] {
  if (!sortBy) return [];
  const column = columns[sortBy.column];
  if (column === undefined || column === 'hidden') {
    throw new AuthoringError(
      'SORT_COLUMN',
      `"${title}" sorts by "${sortBy.column}", which is no column that it shows.`,
    );
  }
  return [{ displayName: column.header ?? sortBy.column, desc: sortBy.descending ?? false }];
}

function checkHeaders({ title, columns, sortBy }: TableSpec): void {
  const headers = Object.entries(columns).flatMap(([name, column]) =>
    column === 'hidden' || isPattern(name) ? [] : [column.header ?? name],
  );
  const twice = headers.find((header, index) => headers.indexOf(header) !== index);
  if (twice !== undefined) throw new AuthoringError('HEADER_TWICE', `"${title}" has two columns "${twice}".`);
  const given = Object.entries(columns).find(
    ([name, column]) => column !== 'hidden' && isPattern(name) && column.header,
  );
  if (given) throw new AuthoringError('HEADER_TWICE', `"${title}" gives one header to all columns of ${given[0]}.`);
  if (sortBy && isPattern(sortBy.column)) {
    throw new AuthoringError('SORT_COLUMN', `"${title}" sorts by a pattern of columns.`);
  }
}

/**
 * Rows with their columns in the order of the query. Columns that are not described are shown as they come.
 *
 * @throws AuthoringError SORT_COLUMN, HEADER_TWICE, WHEN_RED_MISSING and those of limits
 */
export function table(spec: TableSpec): PanelBuilder {
  const columns = Object.entries(spec.columns);
  checkHeaders(spec);
  const alarming = columns.some(([, column]) => column !== 'hidden' && column.limits !== undefined);
  if (alarming && !spec.description.whenRed?.trim()) {
    throw new AuthoringError('WHEN_RED_MISSING', `"${spec.title}" has limits and does not say what to do beyond them.`);
  }
  const builder = framed(new PanelBuilder(), spec)
    .unit('string')
    .colorScheme(colour(FieldColorModeId.Thresholds))
    .align(FieldTextAlignment.Auto)
    .cellHeight(TableCellHeight.Sm)
    .showHeader(true)
    .sortBy(sortedBy(spec).map((each) => ({ build: () => each })));
  for (const [name, column] of columns) {
    override(builder, name, column === 'hidden' ? HIDDEN : propertiesOf(column));
  }
  return builder;
}
