import { BigValueColorMode, BigValueGraphMode, BigValueTextMode } from '@grafana/grafana-foundation-sdk/common';
import { FieldColorModeId } from '@grafana/grafana-foundation-sdk/dashboard';
import { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import type { Mapping } from '../value-mappings.js';
import { colour, type FigureSpec, figured } from './panel-spec.js';

export interface StatSpec extends FigureSpec {
  /** What values are shown as, a status for instance. */
  mapping?: Mapping;
  /** `text` reads columns of text too; figures alone otherwise. */
  reads?: 'figures' | 'text';
  /** A faint curve of the series behind the figure. */
  sparkline?: boolean;
}

/**
 * One large figure: the last one of the query that is there. Coloured by its limits or mapping, else in the colour of text.
 *
 * @throws AuthoringError
 */
export function stat(spec: StatSpec): PanelBuilder {
  const coloured = spec.limits !== undefined || spec.mapping !== undefined;
  return figured(new PanelBuilder(), spec, spec.mapping)
    .colorScheme(colour(FieldColorModeId.Thresholds))
    .colorMode(coloured ? BigValueColorMode.Value : BigValueColorMode.None)
    .graphMode(spec.sparkline === true ? BigValueGraphMode.Area : BigValueGraphMode.None)
    .textMode(BigValueTextMode.Value)
    .reduceOptions({
      build: () => ({ calcs: ['lastNotNull'], fields: spec.reads === 'text' ? '/.*/' : '', values: false }),
    });
}
