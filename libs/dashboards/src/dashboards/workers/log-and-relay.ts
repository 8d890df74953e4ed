import { metricName } from '@funnelwatch/observability';
import { say } from '../../authoring/language.js';
import { stat } from '../../authoring/panels/stat.js';
import { table } from '../../authoring/panels/table.js';
import { timeseries } from '../../authoring/panels/timeseries.js';
import { promNow, promRange, rows } from '../../authoring/queries.js';
import type { Limits } from '../../authoring/thresholds.js';

const holes = metricName('funnelwatch_log_holes');
const lagSeconds = metricName('funnelwatch_relay_lag_seconds');
const relayed = metricName('funnelwatch_relay_events_total');
const guard = metricName('funnelwatch_kafka_guard_total');

/** As the alert RelayLagHigh of Prometheus. */
const relayLimits: Limits = { worse: 'higher', warnAt: 60 };
const whenLate = (): string =>
  say(
    'see docs/runbooks/relay-lag-high.md. Figures stay right meanwhile: projectors read from the log.',
    'см. docs/runbooks/relay-lag-high.md. Цифры при этом верны: витрины читают из журнала.',
  );

export const holesNow = (): ReturnType<typeof stat> =>
  stat({
    title: say('Holes in the log (now)', 'Дыр в журнале (сейчас)'),
    description: {
      what: say(
        'Positions that the log gave out and does not hold. No program of Funnelwatch can make one.',
        'Позиции, которые журнал выдал и не хранит. Ни одна программа Funnelwatch такого сделать не может.',
      ),
      source: holes,
      whenRed: say(
        'see docs/runbooks/log-damaged.md: stop writing, verify, restore.',
        'см. docs/runbooks/log-damaged.md: остановите запись, проверьте, восстановите.',
      ),
    },
    unit: 'none',
    decimals: 0,
    noValue: say('not counted', 'не подсчитано'),
    limits: { worse: 'higher', criticalAt: 1 },
    // The comparison drops NaN, which stands for "was not counted".
    query: promNow(`max(${holes} >= 0)`),
  });

export const relayNow = (): ReturnType<typeof stat> =>
  stat({
    title: say('Relay lag (now)', 'Отставание передачи (сейчас)'),
    description: {
      what: say(
        'Age of the oldest event that Kafka has not acknowledged, over all buckets.',
        'Возраст старейшего события, не подтверждённого Kafka, по всем корзинам.',
      ),
      source: 'grafana.relay_lag.seconds',
      whenRed: whenLate(),
    },
    unit: 's',
    decimals: 0,
    noValue: say('no Kafka here', 'Kafka здесь нет'),
    limits: relayLimits,
    query: rows(`
      SELECT max(seconds)::float8 AS "lag"
      FROM grafana.relay_lag
    `),
  });

export const relayOverTime = (): ReturnType<typeof timeseries> =>
  timeseries({
    title: say('Relay lag', 'Отставание передачи'),
    description: {
      what: say(
        'Age of the oldest event that Kafka has not acknowledged, the bucket furthest behind.',
        'Возраст старейшего события, не подтверждённого Kafka, самая отставшая корзина.',
      ),
      source: lagSeconds,
      whenRed: whenLate(),
    },
    unit: 's',
    decimals: 0,
    noValue: say('no Kafka here', 'Kafka здесь нет'),
    limits: relayLimits,
    query: promRange(`max(${lagSeconds})`, say('relay', 'передача')),
  });

export const relayedOverTime = (): ReturnType<typeof timeseries> =>
  timeseries({
    title: say('Events sent to Kafka', 'Передано в Kafka'),
    description: {
      what: say(
        'Events a second that the brokers acknowledged, over all buckets.',
        'Событий в секунду, подтверждённых брокерами, по всем корзинам.',
      ),
      source: relayed,
    },
    unit: 'eps',
    decimals: 1,
    noValue: say('no Kafka here', 'Kafka здесь нет'),
    query: promRange(`sum(rate(${relayed}[$__rate_interval]))`, say('events', 'события')),
  });

export const guardOverTime = (): ReturnType<typeof timeseries> =>
  timeseries({
    title: say('What projectors put right of Kafka', 'Что исправлено за Kafka'),
    description: {
      what: say(
        'Messages a second that were dropped, fetched from the log instead, or made a projector join anew, by reason. Duplicates, gaps and late messages are everyday.',
        'Сообщений в секунду, которые отброшены, прочитаны вместо того из журнала или заставили процесс войти в группу заново, по причинам. Повторы, пропуски и опоздания обычны.',
      ),
      source: guard,
    },
    unit: 'ops',
    decimals: 2,
    noValue: say('no Kafka here', 'Kafka здесь нет'),
    stacked: true,
    query: promRange(`sum by (reason) (rate(${guard}[$__rate_interval]))`, '{{reason}}'),
  });

export const relayByBucket = (): ReturnType<typeof table> =>
  table({
    title: say('Relay by bucket (now)', 'Передача по корзинам (сейчас)'),
    description: {
      what: say(
        'How far Kafka is behind the log in each bucket, the furthest first.',
        'Насколько Kafka отстаёт от журнала в каждой корзине, самая отставшая первой.',
      ),
      source: 'grafana.relay_lag',
      whenRed: whenLate(),
    },
    noValue: say('no Kafka here', 'Kafka здесь нет'),
    query: rows(`
      SELECT bucket, seconds, events, position, head
      FROM grafana.relay_lag
      ORDER BY seconds DESC, bucket
      LIMIT 500
    `),
    columns: {
      bucket: { header: say('Bucket', 'Корзина'), unit: 'none', width: 90 },
      seconds: { header: say('Lag', 'Отставание'), unit: 's', decimals: 0, limits: relayLimits },
      events: { header: say('Events behind', 'Не применено'), unit: 'short', decimals: 0 },
      position: { header: say('Kafka has up to', 'В Kafka до'), unit: 'none', decimals: 0 },
      head: { header: say('Log ends at', 'Журнал до'), unit: 'none', decimals: 0 },
    },
    sortBy: { column: 'seconds', descending: true },
  });
