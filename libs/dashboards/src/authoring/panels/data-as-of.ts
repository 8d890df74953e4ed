import type { PanelBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { say } from '../language.js';
import { type Query, rows } from '../queries.js';
import { selected } from '../selected.js';
import { stat } from './stat.js';

/** How long ago the selected portals were read completely. The column is milliseconds since 1970. */
const portalsRead = (): Query =>
  rows(`
    SELECT extract(epoch FROM min(data_through))::float8 * 1000 AS "data_as_of"
    FROM grafana.portal
    WHERE ${selected.portal()}
  `);

/**
 * Up to when the figures of a dashboard are complete: of the selected portals the one furthest behind, or what `query` says
 * in one column of milliseconds since 1970.
 */
export const dataAsOf = (query?: Query, description?: { what: string; source: string }): PanelBuilder =>
  stat({
    title: say('Data as of (now)', 'Данные на момент (сейчас)'),
    description: description ?? {
      what: say(
        'Everything that happened in the selected portals until then is in the figures; of several portals the one furthest behind counts.',
        'Всё, что было на выбранных порталах до этого момента, вошло в цифры; из нескольких порталов считается самый отставший.',
      ),
      source: 'grafana.portal.data_through',
    },
    unit: 'dateTimeFromNow',
    decimals: 0,
    noValue: say('not read yet', 'ещё не прочитано'),
    query: query ?? portalsRead(),
  });
