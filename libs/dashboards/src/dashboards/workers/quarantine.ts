import { metricName } from '@funnelwatch/observability';
import { say } from '../../authoring/language.js';
import { consoleLink } from '../../authoring/links.js';
import { stat } from '../../authoring/panels/stat.js';
import { table } from '../../authoring/panels/table.js';
import { timeseries } from '../../authoring/panels/timeseries.js';
import { promRange, rows as rowsOf } from '../../authoring/queries.js';
import { limitsOf } from '../../authoring/signal-limits.js';
import { inProjection, OF_PROJECTION } from './of-projection.js';

const events = metricName('funnelwatch_quarantine_events');

const whenRed = (): string =>
  say(
    'see docs/runbooks/quarantine-old.md: when the cause is gone, `funnelwatch quarantine retry --all` applies them in order.',
    'см. docs/runbooks/quarantine-old.md: когда причина устранена, `funnelwatch quarantine retry --all` применит их по порядку.',
  );

export const countNow = (): ReturnType<typeof stat> =>
  stat({
    title: say('In quarantine (now)', 'В карантине (сейчас)'),
    description: {
      what: say(
        'Events that the selected read models set aside, and those of the same records that wait behind them.',
        'События, отложенные выбранными витринами, и события тех же записей, ждущие за ними.',
      ),
      source: 'grafana.quarantine',
      whenRed: whenRed(),
    },
    unit: 'none',
    decimals: 0,
    noValue: say('unknown', 'неизвестно'),
    limits: { worse: 'higher', warnAt: 1 },
    query: rowsOf(`
      SELECT count(*) AS "events"
      FROM grafana.quarantine
      WHERE ${inProjection()}
    `),
  });

export const oldestNow = (): ReturnType<typeof stat> =>
  stat({
    title: say('Oldest in quarantine (now)', 'Старейшее в карантине (сейчас)'),
    description: {
      what: say(
        'Time since the first of them was set aside; 0 while there is none. Its records are shown as they were before.',
        'Сколько прошло с первого отложенного; 0, пока таких нет. Его записи показаны такими, какими были до него.',
      ),
      source: 'grafana.quarantine.age_seconds',
      whenRed: whenRed(),
    },
    unit: 's',
    decimals: 0,
    noValue: say('unknown', 'неизвестно'),
    limits: limitsOf('quarantine_age'),
    query: rowsOf(`
      SELECT coalesce(max(age_seconds), 0)::float8 AS "age"
      FROM grafana.quarantine
      WHERE ${inProjection()}
    `),
  });

export const overTime = (): ReturnType<typeof timeseries> =>
  timeseries({
    title: say('Events in quarantine', 'Событий в карантине'),
    description: {
      what: say(
        'Events set aside and those that wait behind them, by read model.',
        'Отложенные события и ждущие за ними, по витринам.',
      ),
      source: events,
    },
    unit: 'none',
    decimals: 0,
    noValue: say('no worker reports', 'нет данных от процессов'),
    draw: 'steps',
    query: promRange(`max by (projection) (${events}${OF_PROJECTION})`, '{{projection}}'),
  });

export const rows = (): ReturnType<typeof table> =>
  table({
    title: say('Quarantine (now)', 'Карантин (сейчас)'),
    description: {
      what: say(
        'What could not be applied, the oldest first; at most 200. Ids and codes only.',
        'Что не удалось применить, старейшее первым; не больше 200. Только идентификаторы и коды.',
      ),
      source: 'grafana.quarantine',
      whenRed: whenRed(),
    },
    noValue: say('nothing is set aside', 'ничего не отложено'),
    query: rowsOf(`
      SELECT aside.projection, coalesce(portal.name, aside.portal_id::text) AS portal, aside.portal_id::text AS portal_id,
             aside.stream_id, aside.event_type, aside.status, aside.reason_code, aside.attempts, aside.age_seconds,
             aside.bucket, aside.position
      FROM grafana.quarantine aside
      LEFT JOIN grafana.portal_key portal ON portal.portal_id = aside.portal_id
      WHERE ${inProjection('aside.projection')}
      ORDER BY aside.age_seconds DESC, aside.bucket, aside.position
      LIMIT 200
    `),
    columns: {
      projection: { header: say('Read model', 'Витрина'), width: 150 },
      portal: { header: say('Portal', 'Портал'), links: [consoleLink('/portals/{portal_id}/funnel')] },
      portal_id: 'hidden',
      stream_id: { header: say('Record', 'Запись') },
      event_type: { header: say('Event', 'Событие') },
      status: {
        header: say('State', 'Состояние'),
        width: 100,
        mapping: {
          poison: { text: say('set aside', 'отложено'), color: 'red' },
          queued: { text: say('waits', 'ждёт'), color: 'orange' },
        },
      },
      reason_code: { header: say('Reason', 'Причина') },
      attempts: { header: say('Attempts', 'Попыток'), unit: 'none', width: 90 },
      age_seconds: {
        header: say('Age', 'Возраст'),
        unit: 's',
        decimals: 0,
        width: 110,
        limits: limitsOf('quarantine_age'),
      },
      bucket: { header: say('Bucket', 'Корзина'), unit: 'none', width: 80 },
      position: { header: say('Position', 'Позиция'), unit: 'none', decimals: 0, width: 110 },
    },
    sortBy: { column: 'age_seconds', descending: true },
  });
