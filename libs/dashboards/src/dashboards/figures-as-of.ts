import { say } from '../authoring/language.js';
import { dataAsOf } from '../authoring/panels/data-as-of.js';
import { rows } from '../authoring/queries.js';
import { of } from './conditions.js';

/** Up to when plans and points are complete: they are written once a minute, after the portal was read. */
export const figuresAsOf = () =>
  dataAsOf(
    rows(`
      SELECT extract(epoch FROM min(as_of))::float8 * 1000 AS "data_as_of"
      FROM grafana.figures_run WHERE ${of.portal()}
    `),
    {
      what: say(
        'What happened in the portal until then is in these figures; they are written once a minute.',
        'Всё, что было в портале до этого момента, вошло в эти цифры; они записываются раз в минуту.',
      ),
      source: 'grafana.figures_run',
    },
  );
