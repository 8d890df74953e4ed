import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type AnnotationQuery, AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { READ_MODELS } from './datasources.js';
import { say } from './language.js';
import { rows } from './queries.js';
import { selected } from './selected.js';

export type Annotation = Builder<AnnotationQuery>;

/** Marks on every chart where the configuration of the selected portals changed: figures before and after differ for that reason. */
export const configurationChanges = (): Annotation =>
  new AnnotationQueryBuilder()
    .name(say('Configuration changes', 'Изменения настроек'))
    .datasource({ ...READ_MODELS })
    .iconColor('purple')
    .enable(true)
    .target(
      rows(`
        SELECT occurred_at AS "time", text AS "text", concat_ws(',', change, pipeline_name, stage_name) AS "tags"
        FROM grafana.configuration_change
        WHERE ${selected.portal()} AND $__timeFilter(occurred_at)
        ORDER BY occurred_at
        LIMIT 500
      `).refId('configuration'),
    );
