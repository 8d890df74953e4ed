import { PanelBuilder } from '@grafana/grafana-foundation-sdk/barchart';
import {
  SortOrder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { override } from './overrides.js';
import { colour, type FigureSpec, figured } from './panel-spec.js';

export interface BarChartSpec extends FigureSpec {
  /** The column that names the groups of bars; every column of figures is a series. */
  x: string;
  stacked?: boolean;
  horizontal?: boolean;
  /** Names of series by their columns. */
  series?: Readonly<Record<string, string>>;
}

/**
 * Bars by category.
 *
 * @throws AuthoringError
 */
export function barChart(spec: BarChartSpec): PanelBuilder {
  const builder = figured(new PanelBuilder(), spec)
    .colorScheme(colour(FieldColorModeId.PaletteClassic))
    .xField(spec.x)
    .orientation(spec.horizontal === true ? VizOrientation.Horizontal : VizOrientation.Vertical)
    .stacking(spec.stacked === true ? StackingMode.Normal : StackingMode.None)
    .showValue(VisibilityMode.Auto)
    .min(0)
    .legend(new VizLegendOptionsBuilder().showLegend(true))
    .tooltip({ build: () => ({ mode: TooltipDisplayMode.Multi, sort: SortOrder.Descending }) });
  for (const [column, name] of Object.entries(spec.series ?? {})) {
    override(builder, column, [{ id: 'displayName', value: name }]);
  }
  return builder;
}
