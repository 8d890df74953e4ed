import { metricName as metric } from '@funnelwatch/observability';
import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { head, line, section } from '../authoring/layout.js';
import { linkTo } from '../authoring/links.js';
import { dataAsOf } from '../authoring/panels/data-as-of.js';
import { stat } from '../authoring/panels/stat.js';
import { table } from '../authoring/panels/table.js';
import { timeseries } from '../authoring/panels/timeseries.js';
import { promRange, rows } from '../authoring/queries.js';
import { selected } from '../authoring/selected.js';
import { limitsOf } from '../authoring/signal-limits.js';
import { duration } from '../authoring/units.js';
import { variable } from '../authoring/variables.js';

const toPortal = () => linkTo('fw-portal', { portal: 'portal_id' }, { title: say('Portal', 'Портал') });
const seeRunbook = (): string =>
  say(
    'The state of the portal says why; see the runbook of the alert.',
    'Состояние портала говорит почему; см. инструкцию тревоги.',
  );
const noPortals = (): string => say('no portals', 'порталов нет');

const worst = (title: string, what: string, signal: 'capture_lag' | 'certificate_age') =>
  stat({
    title,
    description: { what, source: 'grafana.signal', whenRed: seeRunbook() },
    unit: duration(),
    decimals: 0,
    noValue: noPortals(),
    limits: limitsOf(signal),
    query: rows(`
      SELECT max(value) AS "seconds" FROM grafana.signal WHERE signal = '${signal}' AND ${selected.portal()}
    `),
  });

const feeds = () =>
  table({
    title: say('Feeds (now)', 'Источники (сейчас)'),
    description: {
      what: say(
        'Through when each feed of a portal is complete, the furthest behind first.',
        'До какого момента полон каждый источник портала; сначала самые отстающие.',
      ),
      source: 'grafana.capture_feed, grafana.portal',
      whenRed: seeRunbook(),
    },
    noValue: say('nothing was read yet', 'ещё ничего не прочитано'),
    query: rows(`
      SELECT feed.portal_id::text AS "portal_id", portal.name AS "portal", feed.feed AS "feed",
             extract(epoch FROM feed.through)::float8 * 1000 AS "through", feed.age_seconds AS "age"
      FROM grafana.capture_feed feed JOIN grafana.portal portal USING (portal_id)
      WHERE ${selected.portal('feed.portal_id')}
      ORDER BY feed.age_seconds DESC, portal.name, feed.feed LIMIT 500
    `),
    columns: {
      portal_id: 'hidden',
      portal: { header: say('Portal', 'Портал'), links: [toPortal()] },
      feed: { header: say('Feed', 'Источник') },
      through: { header: say('Complete through', 'Полон до'), unit: 'dateTimeAsIso', width: 200 },
      age: { header: say('Age', 'Возраст'), unit: duration(), decimals: 0, limits: limitsOf('capture_lag') },
    },
  });

const budgets = () =>
  table({
    title: say('Limits of portals (now)', 'Лимиты порталов (сейчас)'),
    description: {
      what: say(
        "How much of a portal's own limits is in use: its request counter, and the operating seconds of the busiest method, of 480 in ten minutes.",
        'Сколько лимитов портала занято: счётчик запросов и секунды работы самого занятого метода из 480 за десять минут.',
      ),
      source: 'grafana.budget, grafana.portal',
      whenRed: say(
        'Capture slows down by itself. If it stays so, another program uses the webhook’s portal as well.',
        'Сбор данных замедляется сам. Если не проходит, портал занимает и другая программа.',
      ),
    },
    noValue: say('nothing was asked yet', 'запросов ещё не было'),
    query: rows(`
      SELECT budget.portal_id::text AS "portal_id", portal.name AS "portal", budget.used_share AS "used", budget.waiting AS "waiting",
             budget.sent AS "sent", budget.refused AS "refused", budget.busiest_method AS "method", budget.busiest_seconds AS "seconds",
             budget.paused_methods AS "paused"
      FROM grafana.budget budget JOIN grafana.portal portal USING (portal_id)
      WHERE ${selected.portal('budget.portal_id')}
      ORDER BY budget.used_share DESC NULLS LAST, portal.name LIMIT 500
    `),
    columns: {
      portal_id: 'hidden',
      portal: { header: say('Portal', 'Портал'), links: [toPortal()] },
      used: {
        header: say('Requests of the limit', 'Запросов от лимита'),
        unit: 'percentunit',
        decimals: 0,
        cell: 'gauge',
        min: 0,
        max: 1,
      },
      waiting: { header: say('Waiting', 'Ждут'), unit: 'locale', decimals: 0 },
      sent: { header: say('Sent', 'Отправлено'), unit: 'locale', decimals: 0 },
      refused: { header: say('Refused', 'Отказано'), unit: 'locale', decimals: 0 },
      method: { header: say('Busiest method', 'Самый занятый метод') },
      seconds: {
        header: say('Operating', 'Работы'),
        unit: 's',
        decimals: 0,
        limits: { worse: 'higher', warnAt: 384, criticalAt: 480 },
      },
      paused: {
        header: say('Paused methods', 'Методов на паузе'),
        unit: 'locale',
        decimals: 0,
        limits: { worse: 'higher', warnAt: 1 },
      },
    },
  });

const requests = () =>
  timeseries({
    title: say('Requests to portals', 'Запросы к порталам'),
    description: {
      what: say(
        'Requests a second by their outcome, of all portals.',
        'Запросов в секунду по исходу, по всем порталам.',
      ),
      source: metric('funnelwatch_portal_requests_total'),
    },
    unit: 'reqps',
    decimals: 2,
    stacked: true,
    noValue: say('no requests', 'запросов не было'),
    query: promRange(
      `sum by (outcome) (rate(${metric('funnelwatch_portal_requests_total')}[$__rate_interval]))`,
      '{{outcome}}',
    ),
  });

const answers = () =>
  timeseries({
    title: say('How long portals take to answer', 'Сколько отвечают порталы'),
    description: {
      what: say(
        'Time that 95 of 100 requests stay below, and half of them.',
        'Время, в которое укладываются 95 из 100 запросов, и половина.',
      ),
      source: metric('funnelwatch_portal_request_seconds_bucket'),
    },
    unit: 's',
    decimals: 2,
    noValue: say('no requests', 'запросов не было'),
    query: [
      promRange(
        `histogram_quantile(0.95, sum by (le) (rate(${metric('funnelwatch_portal_request_seconds_bucket')}[$__rate_interval])))`,
        'p95',
      ),
      promRange(
        `histogram_quantile(0.5, sum by (le) (rate(${metric('funnelwatch_portal_request_seconds_bucket')}[$__rate_interval])))`,
        'p50',
      ),
    ],
  });

const backfills = () =>
  table({
    title: say('First reading (now)', 'Чтение истории (сейчас)'),
    description: {
      what: say(
        'Listings of portals that are not read to their end yet, or cannot be.',
        'Списки порталов, которые ещё не дочитаны или недоступны.',
      ),
      source: 'grafana.backfill, grafana.portal',
    },
    noValue: say('everything was read', 'всё прочитано'),
    query: rows(`
      SELECT listing.portal_id::text AS "portal_id", portal.name AS "portal", listing.listing AS "listing", listing.state AS "state",
             listing.code AS "code", listing.done AS "done", listing.total AS "total", listing.share AS "share"
      FROM grafana.backfill listing JOIN grafana.portal portal USING (portal_id)
      WHERE ${selected.portal('listing.portal_id')} AND listing.state <> 'done'
      ORDER BY portal.name, listing.listing LIMIT 500
    `),
    columns: {
      portal_id: 'hidden',
      portal: { header: say('Portal', 'Портал'), links: [toPortal()] },
      listing: { header: say('Listing', 'Список') },
      state: { header: say('State', 'Состояние') },
      code: { header: say('Code', 'Код') },
      done: { header: say('Read', 'Прочитано'), unit: 'locale', decimals: 0 },
      total: { header: say('Of', 'Из'), unit: 'locale', decimals: 0 },
      share: { header: say('Share', 'Доля'), unit: 'percentunit', decimals: 0, cell: 'gauge', min: 0, max: 1 },
    },
  });

const failures = () =>
  table({
    title: say('Portals that cannot be read (now)', 'Порталы, которые нельзя прочесть (сейчас)'),
    description: {
      what: say('Why, and since when nothing was read.', 'Почему и с каких пор ничего не прочитано.'),
      source: 'grafana.portal',
      whenRed: say(
        'Restore the webhook in the portal, or hand in another one.',
        'Восстановите вебхук в портале или задайте другой.',
      ),
    },
    noValue: say('all portals can be read', 'все порталы читаются'),
    query: rows(`
      SELECT portal_id::text AS "portal_id", name AS "portal", connection_code AS "code", poll_age_seconds AS "age"
      FROM grafana.portal
      WHERE ${selected.portal()} AND status = 'active' AND (connection_state = 'failed' OR phase = 'failed')
      ORDER BY poll_age_seconds DESC NULLS LAST, name LIMIT 200
    `),
    columns: {
      portal_id: 'hidden',
      portal: { header: say('Portal', 'Портал'), links: [toPortal()] },
      code: { header: say('Code', 'Код') },
      age: {
        header: say('Not read for', 'Не читался'),
        unit: duration(),
        decimals: 0,
        limits: limitsOf('capture_lag'),
      },
    },
  });

/** Reading of portals: feeds, limits, errors. */
export const capture = (): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-capture',
    title: say('Capture', 'Сбор данных'),
    folder: say('Operations', 'Работа системы'),
    audience: 'staff',
    description: say('Is everything read from the portals, and in time?', 'Всё ли читается из порталов и вовремя?'),
    range: '24h',
    refresh: '1m',
    variables: [variable.portals()],
    sections: [
      head(
        line(
          4,
          [
            8,
            worst(
              say('Not read for, at most (now)', 'Не читался дольше всего (сейчас)'),
              say(
                'Time since the last successful poll of the portal furthest behind.',
                'Время с последнего успешного опроса самого отстающего портала.',
              ),
              'capture_lag',
            ),
          ],
          [
            8,
            worst(
              say('Not certified for, at most (now)', 'Полнота не подтверждена (сейчас)'),
              say(
                'Time since completeness of the portal furthest behind was last certified.',
                'Время с последнего сертификата полноты самого отстающего портала.',
              ),
              'certificate_age',
            ),
          ],
          [8, dataAsOf()],
        ),
      ),
      section(say('Feeds', 'Источники'), line(9, [12, feeds()], [12, failures()]), line(7, [24, backfills()])),
      section(say('Limits', 'Лимиты'), line(9, [24, budgets()])),
      section(say('Requests', 'Запросы'), line(8, [12, requests()], [12, answers()])),
    ],
  });
