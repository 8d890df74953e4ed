import { VisibilityMode, VizLegendOptionsBuilder } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/statetimeline';
import { type Mapping, mappingsOf } from '../value-mappings.js';
import { colour, framed, type PanelSpec } from './panel-spec.js';

export interface StateTimelineSpec extends PanelSpec {
  /** Every state that the query can bring, with its text and colour. */
  states: Mapping;
}

/**
 * Periods in which something was in a state, a band for each series.
 *
 * @throws AuthoringError
 */
export function stateTimeline(spec: StateTimelineSpec): PanelBuilder {
  const { states, ...rest } = spec;
  return framed(new PanelBuilder(), rest)
    .unit('string')
    .mappings(mappingsOf(states))
    .colorScheme(colour(FieldColorModeId.Thresholds))
    .showValue(VisibilityMode.Auto)
    .mergeValues(true)
    .fillOpacity(80)
    .legend(new VizLegendOptionsBuilder().showLegend(true));
}
