import { metricName } from '@funnelwatch/observability';
import { say } from '../../authoring/language.js';
import { dataAsOf } from '../../authoring/panels/data-as-of.js';
import { stat } from '../../authoring/panels/stat.js';
import { table } from '../../authoring/panels/table.js';
import { timeseries } from '../../authoring/panels/timeseries.js';
import { promRange, rows } from '../../authoring/queries.js';
import { limitsOf } from '../../authoring/signal-limits.js';
import { inProjection, OF_PROJECTION } from './of-projection.js';
import { workerName } from './worker-name.js';

const lagSeconds = metricName('funnelwatch_projection_lag_seconds');
const lagEvents = metricName('funnelwatch_projection_lag_events');
const applied = metricName('funnelwatch_projection_events_total');
const batches = metricName('funnelwatch_projection_batch_seconds_bucket');

const whenBehind = (): string =>
  say(
    'see docs/runbooks/projection-lag-high.md: run more workers where they advance, else look at their log.',
    'см. docs/runbooks/projection-lag-high.md: если процессы продвигаются, запустите ещё, иначе смотрите их журнал.',
  );
const whenStopped = (): string =>
  say(
    'see docs/runbooks/projection-stopped.md: `funnelwatch verify` tells a damaged log from an older one.',
    'см. docs/runbooks/projection-stopped.md: `funnelwatch verify` отличит повреждённый журнал от более старого.',
  );

export const secondsNow = (): ReturnType<typeof stat> =>
  stat({
    title: say('Lag (now)', 'Отставание (сейчас)'),
    description: {
      what: say(
        'Age of the oldest event that a selected read model has not applied, over all buckets.',
        'Возраст старейшего события, не применённого выбранными витринами, по всем корзинам.',
      ),
      source: 'grafana.feed_lag.seconds',
      whenRed: whenBehind(),
    },
    unit: 's',
    decimals: 0,
    noValue: say('no read model is known', 'витрин нет'),
    limits: limitsOf('read_model_lag'),
    query: rows(`
      SELECT max(seconds) AS "lag"
      FROM grafana.feed_lag
      WHERE ${inProjection()}
    `),
  });

export const eventsNow = (): ReturnType<typeof stat> =>
  stat({
    title: say('Events behind (now)', 'Не применено событий (сейчас)'),
    description: {
      what: say(
        'Events in the log that the selected read models have not applied, added up over them and all buckets.',
        'События журнала, не применённые выбранными витринами, в сумме по ним и по всем корзинам.',
      ),
      source: 'grafana.feed_lag.events',
    },
    unit: 'short',
    decimals: 0,
    noValue: say('no read model is known', 'витрин нет'),
    query: rows(`
      SELECT sum(events)::float8 AS "events"
      FROM grafana.feed_lag
      WHERE ${inProjection()}
    `),
  });

export const stoppedNow = (): ReturnType<typeof stat> =>
  stat({
    title: say('Stopped buckets (now)', 'Остановлено корзин (сейчас)'),
    description: {
      what: say(
        'Buckets of the selected read models that do not go on because going on would be wrong.',
        'Корзины выбранных витрин, которые не идут дальше, потому что это было бы ошибкой.',
      ),
      source: 'grafana.feed_lag.status',
      whenRed: whenStopped(),
    },
    unit: 'none',
    decimals: 0,
    noValue: say('no read model is known', 'витрин нет'),
    limits: limitsOf('read_model_stopped'),
    query: rows(`
      SELECT CASE WHEN count(*) > 0 THEN count(*) FILTER (WHERE status = 'stopped') END AS "stopped"
      FROM grafana.feed_lag
      WHERE ${inProjection()}
    `),
  });

export const asOf = (): ReturnType<typeof dataAsOf> =>
  dataAsOf(
    rows(`
      SELECT (extract(epoch FROM now())::float8 - max(seconds)) * 1000 AS "data_as_of"
      FROM grafana.feed_lag
      WHERE ${inProjection()}
    `),
    {
      what: say(
        'What was appended to the log until then is in every selected read model.',
        'Всё, что записано в журнал до этого момента, есть в каждой выбранной витрине.',
      ),
      source: 'grafana.feed_lag.seconds',
    },
  );

export const secondsOverTime = (): ReturnType<typeof timeseries> =>
  timeseries({
    title: say('Lag in seconds', 'Отставание в секундах'),
    description: {
      what: say(
        'Age of the oldest event not yet applied, the bucket furthest behind of each read model.',
        'Возраст старейшего неприменённого события, самая отставшая корзина каждой витрины.',
      ),
      source: lagSeconds,
      whenRed: whenBehind(),
    },
    unit: 's',
    decimals: 0,
    noValue: say('no worker reports', 'нет данных от процессов'),
    limits: limitsOf('read_model_lag'),
    query: promRange(`max by (projection) (${lagSeconds}${OF_PROJECTION})`, '{{projection}}'),
  });

export const eventsOverTime = (): ReturnType<typeof timeseries> =>
  timeseries({
    title: say('Lag in events', 'Отставание в событиях'),
    description: {
      what: say(
        'Events not yet applied, added up over the buckets of each read model.',
        'Неприменённые события, в сумме по корзинам каждой витрины.',
      ),
      // Every worker reports all buckets: what one bucket lags is taken once.
      source: lagEvents,
    },
    unit: 'short',
    decimals: 0,
    noValue: say('no worker reports', 'нет данных от процессов'),
    query: promRange(
      `sum by (projection) (max by (projection, bucket) (${lagEvents}${OF_PROJECTION}))`,
      '{{projection}}',
    ),
  });

export const appliedOverTime = (): ReturnType<typeof timeseries> =>
  timeseries({
    title: say('Events applied', 'Применено событий'),
    description: {
      what: say(
        'Events applied a second by all workers. Standing still while there is lag means that nobody works.',
        'Событий в секунду всеми процессами. Ноль при отставании значит, что никто не работает.',
      ),
      source: applied,
    },
    unit: 'eps',
    decimals: 1,
    noValue: say('no worker reports', 'нет данных от процессов'),
    query: promRange(`sum by (projection) (rate(${applied}${OF_PROJECTION}[$__rate_interval]))`, '{{projection}}'),
  });

export const batchTime = (): ReturnType<typeof timeseries> =>
  timeseries({
    title: say('Time of a batch (95 %)', 'Время пачки (95 %)'),
    description: {
      what: say(
        'In 95 of 100 batches no more passes from the beginning of the transaction until it is committed. Beyond 10 s another worker may take the bucket.',
        'В 95 из 100 пачек от начала транзакции до её фиксации проходит не больше. После 10 с корзину может забрать другой процесс.',
      ),
      source: batches,
      whenRed: say(
        'look at the database: locks, disk, or a read model whose tables have grown.',
        'смотрите базу: блокировки, диск, выросшие таблицы витрины.',
      ),
    },
    unit: 's',
    decimals: 2,
    noValue: say('no batch was committed', 'пачек не было'),
    limits: { worse: 'higher', criticalAt: 10 },
    query: promRange(
      `histogram_quantile(0.95, sum by (projection, le) (rate(${batches}${OF_PROJECTION}[$__rate_interval])))`,
      '{{projection}}',
    ),
  });

export const byBucket = (): ReturnType<typeof table> =>
  table({
    title: say('Lag by read model and bucket (now)', 'Отставание по витринам и корзинам (сейчас)'),
    description: {
      what: say(
        'Every bucket of every selected read model with who holds it, the one furthest behind first. A name with @ is a generation being built.',
        'Каждая корзина каждой выбранной витрины и кто её держит, самая отставшая первой. Имя с @ — строящееся поколение.',
      ),
      source: 'grafana.feed_lag and grafana.worker',
      whenRed: whenBehind(),
    },
    noValue: say('no read model is known', 'витрин нет'),
    query: rows(`
      SELECT lag.projection, lag.bucket, lag.status, lag.error_code, lag.seconds, lag.events, lag.position, lag.head,
             ${workerName('holder.worker')} AS worker
      FROM grafana.feed_lag lag
      LEFT JOIN grafana.worker holder ON holder.group_name = lag.projection AND holder.bucket = lag.bucket
      WHERE ${inProjection('lag.projection')}
      ORDER BY lag.seconds DESC, lag.projection, lag.bucket
      LIMIT 1000
    `),
    columns: {
      projection: { header: say('Read model', 'Витрина'), width: 200 },
      bucket: { header: say('Bucket', 'Корзина'), unit: 'none', width: 90 },
      status: {
        header: say('State', 'Состояние'),
        width: 110,
        mapping: {
          running: { text: say('running', 'работает'), color: 'green' },
          stopped: { text: say('stopped', 'остановлена'), color: 'red' },
        },
      },
      error_code: { header: say('Why it stopped', 'Почему остановилась') },
      seconds: {
        header: say('Lag', 'Отставание'),
        unit: 's',
        decimals: 0,
        width: 110,
        limits: limitsOf('read_model_lag'),
      },
      events: { header: say('Events behind', 'Не применено'), unit: 'short', decimals: 0, width: 130 },
      position: { header: say('Applied up to', 'Применено до'), unit: 'none', decimals: 0, width: 130 },
      head: { header: say('Log ends at', 'Журнал до'), unit: 'none', decimals: 0, width: 130 },
      worker: { header: say('Held by', 'Держит'), noValue: say('nobody', 'никто') },
    },
    sortBy: { column: 'seconds', descending: true },
  });
