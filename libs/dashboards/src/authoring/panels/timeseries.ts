import {
  AxisPlacement,
  GraphDrawStyle,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import { type DynamicConfigValue, FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { Unit } from '../units.js';
import type { Colour } from '../value-mappings.js';
import { override } from './overrides.js';
import { colour, type FigureSpec, figured } from './panel-spec.js';

/** How one series differs from the others of its panel. */
interface SeriesLook {
  name?: string;
  color?: Colour;
  dashed?: boolean;
  draw?: 'line' | 'bars';
  /** A unit of its own, on an axis at the right. */
  unit?: Unit;
}

export interface TimeSeriesSpec extends FigureSpec {
  draw?: 'line' | 'steps' | 'bars';
  stacked?: boolean;
  /** 0..100, how opaque the area below a line is. */
  fill?: number;
  /** The lowest value of the axis; 0 unless given, `null` to let the data decide. */
  min?: number | null;
  max?: number;
  /** Looks by the name of the series, or by a pattern of it between slashes. */
  series?: Readonly<Record<string, SeriesLook>>;
}

function propertiesOf({ name, color, dashed, draw, unit }: SeriesLook): DynamicConfigValue[] {
  return [
    ...(name === undefined ? [] : [{ id: 'displayName', value: name }]),
    ...(color === undefined ? [] : [{ id: 'color', value: { mode: 'fixed', fixedColor: color } }]),
    ...(dashed === true
      ? [
          { id: 'custom.lineStyle', value: { fill: 'dash', dash: [8, 8] } },
          { id: 'custom.fillOpacity', value: 0 },
        ]
      : []),
    ...(draw === undefined ? [] : [{ id: 'custom.drawStyle', value: draw }]),
    ...(unit === undefined
      ? []
      : [
          { id: 'unit', value: unit },
          { id: 'custom.axisPlacement', value: AxisPlacement.Right },
        ]),
  ];
}

/**
 * Series over time with their names listed below and all of them under the pointer. Limits are dashed lines.
 *
 * @throws AuthoringError
 */
export function timeseries(spec: TimeSeriesSpec): PanelBuilder {
  const { draw = 'line', fill = 10, stacked = false, min = 0 } = spec;
  const builder = figured(new PanelBuilder(), spec)
    .colorScheme(colour(FieldColorModeId.PaletteClassic))
    .drawStyle(draw === 'bars' ? GraphDrawStyle.Bars : GraphDrawStyle.Line)
    .lineInterpolation(draw === 'steps' ? LineInterpolation.StepAfter : LineInterpolation.Linear)
    .lineWidth(draw === 'bars' ? 0 : 1)
    .fillOpacity(draw === 'bars' ? 80 : fill)
    .showPoints(VisibilityMode.Auto)
    .stacking({ build: () => ({ mode: stacked ? StackingMode.Normal : StackingMode.None, group: 'A' }) })
    .thresholdsStyle({
      build: () => ({ mode: spec.limits ? GraphThresholdsStyleMode.Dashed : GraphThresholdsStyleMode.Off }),
    })
    .legend(
      new VizLegendOptionsBuilder()
        .displayMode(LegendDisplayMode.List)
        .placement(LegendPlacement.Bottom)
        .showLegend(true)
        .calcs([]),
    )
    .tooltip({ build: () => ({ mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending }) });
  if (min !== null) builder.min(min);
  if (spec.max !== undefined) builder.max(spec.max);
  for (const [name, look] of Object.entries(spec.series ?? {})) override(builder, name, propertiesOf(look));
  return builder;
}
