import {
  BarGaugeDisplayMode,
  BarGaugeNamePlacement,
  BarGaugeValueMode,
  VizOrientation,
} from '@grafana/grafana-foundation-sdk/common';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { colour, type FigureSpec, figured } from './panel-spec.js';

export interface BarGaugeSpec extends FigureSpec {
  /** The length of a full bar; the largest value unless given, which in a funnel is its first stage. */
  max?: number;
  /** Bars beyond this many are left out. */
  limit?: number;
}

/**
 * Horizontal bars, one for each row of the query and in its order: a funnel by stages. The query brings one column of text,
 * the name, and one of figures.
 *
 * @throws AuthoringError
 */
export function barGauge(spec: BarGaugeSpec): PanelBuilder {
  const { limit = 50 } = spec;
  const builder = figured(new PanelBuilder(), spec)
    .colorScheme(spec.limits ? colour(FieldColorModeId.Thresholds) : colour(FieldColorModeId.Fixed, 'blue'))
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .valueMode(BarGaugeValueMode.Text)
    .namePlacement(BarGaugeNamePlacement.Left)
    .showUnfilled(true)
    .min(0)
    .reduceOptions({ build: () => ({ calcs: ['lastNotNull'], fields: '', values: true, limit }) });
  return spec.max === undefined ? builder : builder.max(spec.max);
}
