import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { evenLine, head, line, section } from '../authoring/layout.js';
import { consoleLink } from '../authoring/links.js';
import { dataAsOf } from '../authoring/panels/data-as-of.js';
import { stat } from '../authoring/panels/stat.js';
import { table } from '../authoring/panels/table.js';
import { timeseries } from '../authoring/panels/timeseries.js';
import { rows, series } from '../authoring/queries.js';
import { limitsOf } from '../authoring/signal-limits.js';
import { duration, type Unit } from '../authoring/units.js';
import { variable } from '../authoring/variables.js';
import { of, startOf } from './conditions.js';
import { signalNames } from './signal-names.js';
import { figureSql, secondsSql, standingSql } from './signals-sql.js';
import { standings } from './standings.js';

const seeRunbook = (): string =>
  say('See the runbook of the alert of that name.', 'См. инструкцию тревоги с этим названием.');

const ofPortal = (
  title: string,
  what: string,
  column: string,
  unit: Unit,
  signal: 'capture_lag' | 'certificate_age' | 'unexplained',
  noValue: string,
) =>
  stat({
    title,
    description: { what, source: 'grafana.portal', whenRed: seeRunbook() },
    unit,
    decimals: 0,
    noValue,
    limits: limitsOf(signal),
    query: rows(`SELECT ${column} AS "figure" FROM grafana.portal WHERE ${of.portal()} LIMIT 1`),
  });

const state = () =>
  stat({
    title: say('Capture (now)', 'Сбор данных (сейчас)'),
    description: {
      what: say('What capture of the portal is doing.', 'Чем занят сбор данных портала.'),
      source: 'grafana.portal',
    },
    unit: 'string',
    decimals: 0,
    reads: 'text',
    noValue: say('no portal', 'нет портала'),
    mapping: {
      waiting: { text: say('waiting', 'ждёт') },
      configuration: { text: say('configuration', 'настройка') },
      backfill: { text: say('first reading', 'читается история'), color: 'blue' },
      live: { text: say('live', 'читается'), color: 'green' },
      paused: { text: say('paused', 'на паузе') },
      failed: { text: say('failed', 'нет связи'), color: 'red' },
    },
    query: rows(`
      SELECT CASE WHEN status = 'paused' THEN 'paused' WHEN connection_state = 'failed' THEN 'failed' ELSE phase END AS "state"
      FROM grafana.portal WHERE ${of.portal()} LIMIT 1
    `),
  });

const overdue = () =>
  stat({
    title: say('Overdue in the queue (now)', 'Просрочено в очереди (сейчас)'),
    description: {
      what: say('Cases that wait for a verdict beyond their deadline.', 'Случаи, ждущие вердикта после срока.'),
      source: 'grafana.queue',
      whenRed: seeRunbook(),
    },
    unit: 'locale',
    decimals: 0,
    noValue: say('none', 'нет'),
    limits: limitsOf('cases_overdue'),
    links: [consoleLink('/portals/${portal}/queue', say('Queue', 'Очередь'))],
    query: rows(`SELECT overdue AS "cases" FROM grafana.queue WHERE ${of.portal()} LIMIT 1`),
  });

const watched = () =>
  table({
    title: say('What is watched (now)', 'За чем следим (сейчас)'),
    description: {
      what: say(
        'Every figure of the portal that has a bound, those beyond it first.',
        'Все показатели портала с границами; сначала вышедшие за них.',
      ),
      source: 'grafana.signal',
      whenRed: seeRunbook(),
    },
    noValue: say('no portal', 'нет портала'),
    query: rows(`
      SELECT ${standingSql('signal', 'value')} AS "standing", signal AS "signal", subject AS "subject",
             ${secondsSql('signal', 'value')} AS "seconds", ${figureSql('signal', 'value')} AS "figure"
      FROM grafana.signal WHERE ${of.portal()}
      ORDER BY 1 DESC, signal, subject LIMIT 200
    `),
    columns: {
      standing: { header: say('State', 'Состояние'), mapping: standings(), cell: 'background', width: 90 },
      signal: {
        header: say('What', 'Что'),
        mapping: Object.fromEntries(Object.entries(signalNames()).map(([name, text]) => [name, { text }])),
      },
      subject: { header: say('Of', 'Где'), width: 90 },
      seconds: { header: say('For', 'Сколько'), unit: duration(), decimals: 0, width: 110 },
      figure: { header: say('Figure', 'Значение'), unit: 'locale', decimals: 1, width: 90 },
    },
  });

const evidence = () => {
  const [plan, monitoring, analysis] = [
    say('Plan', 'План'),
    say('Monitoring', 'Мониторинг'),
    say('Analysis', 'Анализ'),
  ];
  return table({
    title: say('Evidence for the next phase (now)', 'Готовность к следующему этапу (сейчас)'),
    description: {
      what: say(
        'What the phases rest on: plan issued, data certified day by day, rules judged, queue in time, violations becoming few.',
        'На чём стоят этапы: план выпущен, полнота подтверждена каждый день, правила проверяются, очередь в срок, нарушений становится мало.',
      ),
      source:
        'grafana.plan_month, grafana.certificate, grafana.portal, grafana.queue, grafana.violation, grafana.rule_check',
    },
    noValue: say('no portal', 'нет портала'),
    query: rows(`
      SELECT 1 AS "place", '${plan}' AS "phase", '${say('months with a plan', 'месяцев с планом')}' AS "evidence",
             count(DISTINCT month)::float8 AS "value", NULL::float8 AS "share"
      FROM grafana.plan_money WHERE ${of.portal()}
      UNION ALL
      SELECT 2, '${monitoring}', '${say('days certified of 14', 'дней с полнотой из 14')}',
             count(DISTINCT day)::float8, count(DISTINCT day)::float8 / 14
      FROM grafana.certificate WHERE ${of.portal()} AND unexplained = 0 AND certified_at > now() - interval '14 days'
      UNION ALL
      SELECT 3, '${monitoring}', '${say('rules are judged', 'правила проверяются')}',
             (count(*) FILTER (WHERE rules_frozen_code IS NULL))::float8, (count(*) FILTER (WHERE rules_frozen_code IS NULL))::float8
      FROM grafana.portal WHERE ${of.portal()}
      UNION ALL
      SELECT 4, '${monitoring}', '${say('cases in time', 'случаев в срок')}',
             sum(open - overdue)::float8, sum(open - overdue)::float8 / nullif(sum(open), 0)
      FROM grafana.queue WHERE ${of.portal()}
      UNION ALL
      SELECT 5, '${analysis}', '${say('checks kept, 4 weeks', 'проверок без нарушения')}',
             greatest(sum(checks) - (SELECT count(*) FROM grafana.violation
               WHERE ${of.portal()} AND is_violation AND started_at > now() - interval '28 days'), 0),
             greatest(1 - (SELECT count(*) FROM grafana.violation
               WHERE ${of.portal()} AND is_violation AND started_at > now() - interval '28 days') / nullif(sum(checks), 0), 0)
      FROM grafana.rule_check WHERE ${of.portal()} AND week > (now() - interval '35 days')::date
      ORDER BY 1 LIMIT 10
    `),
    columns: {
      place: 'hidden',
      phase: { header: say('Phase', 'Этап'), width: 110 },
      evidence: { header: say('Evidence', 'Свидетельство') },
      value: { header: say('So far', 'Сейчас'), unit: 'locale', decimals: 0, width: 80 },
      share: {
        header: say('Share', 'Доля'),
        unit: 'percentunit',
        decimals: 0,
        cell: 'gauge',
        min: 0,
        max: 1,
        width: 140,
      },
    },
  });
};

const certificates = () =>
  timeseries({
    title: say('Records held beside the portal’s count', 'Записей у нас и у портала'),
    description: {
      what: say(
        'What the portal said it holds and what is held, at each certificate of completeness.',
        'Сколько записей назвал портал и сколько у нас, по каждому сертификату полноты.',
      ),
      source: 'grafana.certificate',
    },
    unit: 'locale',
    decimals: 0,
    min: null,
    noValue: say('not certified within the range', 'за период не подтверждалась'),
    series: {
      expected: { name: say('the portal counts', 'считает портал'), color: 'gray', dashed: true },
      held: { name: say('held', 'у нас'), color: 'green' },
      unexplained: { name: say('unexplained', 'необъяснено'), color: 'red', unit: 'locale' },
    },
    query: series(`
      SELECT certified_at AS "time", expected::float8 AS "expected", held::float8 AS "held", unexplained::float8 AS "unexplained"
      FROM grafana.certificate WHERE ${of.portal()} AND scope = 'all' AND ${of.range('certified_at')}
      ORDER BY 1 LIMIT 2000
    `),
  });

const feeds = () =>
  table({
    title: say('Feeds (now)', 'Источники (сейчас)'),
    description: {
      what: say('Through when each feed is complete.', 'До какого момента полон каждый источник.'),
      source: 'grafana.capture_feed',
      whenRed: seeRunbook(),
    },
    noValue: say('nothing was read yet', 'ещё ничего не прочитано'),
    query: rows(`
      SELECT feed AS "feed", extract(epoch FROM through)::float8 * 1000 AS "through", age_seconds AS "age"
      FROM grafana.capture_feed WHERE ${of.portal()} ORDER BY age_seconds DESC, feed LIMIT 50
    `),
    columns: {
      feed: { header: say('Feed', 'Источник') },
      through: { header: say('Complete through', 'Полон до'), unit: 'dateTimeAsIso' },
      age: { header: say('Age', 'Возраст'), unit: duration(), decimals: 0, limits: limitsOf('capture_lag') },
    },
  });

const cases = () =>
  timeseries({
    title: say('Cases opened and decided', 'Случаи: открыто и вердиктов'),
    description: {
      what: say(
        "By day of the portal's zone: cases that rules opened, and verdicts.",
        'По дням в поясе портала: случаи, открытые правилами, и вердикты по ним.',
      ),
      source: 'grafana.violation',
    },
    unit: 'locale',
    decimals: 0,
    draw: 'bars',
    noValue: say('no cases', 'случаев не было'),
    series: {
      opened: { name: say('opened', 'открыто'), color: 'orange' },
      decided: { name: say('decided', 'вердиктов'), color: 'green' },
    },
    query: series(`
      SELECT ${startOf('day', 'told.at')} AS "time", sum(told.opened)::float8 AS "opened", sum(told.decided)::float8 AS "decided"
      FROM (SELECT recorded_at AS at, 1 AS opened, 0 AS decided FROM grafana.violation
            WHERE ${of.portal()} AND mode = 'active' AND ${of.range('recorded_at')}
            UNION ALL
            SELECT verdict_at, 0, 1 FROM grafana.violation
            WHERE ${of.portal()} AND mode = 'active' AND ${of.range('verdict_at')}) told
      GROUP BY 1 ORDER BY 1
    `),
  });

/** One client: freshness, completeness, evidence for the next phase, queue. */
export const portal = (): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-portal',
    title: say('Portal', 'Портал'),
    folder: say('Operations', 'Работа системы'),
    audience: 'staff',
    description: say(
      'How does this client stand: fresh, complete, in time?',
      'Как дела у этого клиента: свежо, полно, в срок?',
    ),
    range: '7d',
    refresh: '1m',
    variables: [variable.portal()],
    sections: [
      head(
        evenLine(
          4,
          state(),
          ofPortal(
            say('Not read for (now)', 'Не читался (сейчас)'),
            say('Time since the last successful poll.', 'Время с последнего успешного опроса.'),
            'ceil(poll_age_seconds)',
            duration(),
            'capture_lag',
            say('not read yet', 'ещё не читался'),
          ),
          ofPortal(
            say('Not certified for (now)', 'Полнота не подтверждена (сейчас)'),
            say('Time since completeness was last certified.', 'Время с последнего сертификата полноты.'),
            'ceil(certificate_age_seconds)',
            duration(),
            'certificate_age',
            say('never certified', 'не подтверждалась'),
          ),
          ofPortal(
            say('Unexplained (now)', 'Необъяснено (сейчас)'),
            say(
              'Records that the last certificate could not account for.',
              'Записей, которые последний сертификат полноты не объяснил.',
            ),
            'unexplained',
            'locale',
            'unexplained',
            say('never certified', 'не подтверждалась'),
          ),
          overdue(),
          dataAsOf(),
        ),
      ),
      section(say('State', 'Состояние'), line(10, [13, watched()], [11, evidence()])),
      section(say('Completeness', 'Полнота'), line(9, [14, certificates()], [10, feeds()])),
      section(say('Queue', 'Очередь'), line(8, [24, cases()])),
    ],
  });
