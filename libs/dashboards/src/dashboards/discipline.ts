import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { evenLine, head, line, section } from '../authoring/layout.js';
import { consoleLink } from '../authoring/links.js';
import { dataAsOf } from '../authoring/panels/data-as-of.js';
import { stat } from '../authoring/panels/stat.js';
import { table } from '../authoring/panels/table.js';
import { timeseries } from '../authoring/panels/timeseries.js';
import { rows, series } from '../authoring/queries.js';
import type { Mapping } from '../authoring/value-mappings.js';
import { variable } from '../authoring/variables.js';
import { of, wilson, zone } from './conditions.js';

const began = `${of.portal()} AND ${of.seller('person_id')} AND ${of.range('started_at')}`;
const toQueue = () => consoleLink('/portals/${portal}/queue', say('Queue', 'Очередь'));
const allWell = (): string => say('none', 'нет');

/** Weeks whose checks the console counts: those that begin within the range, and the one that it begins in. */
const checksOfRange = `
  SELECT rule_id, person_id, week, checks FROM grafana.rule_check
  WHERE ${of.portal()} AND ${of.seller('person_id')}
    AND week >= ($__timeFrom()::timestamptz AT TIME ZONE ${zone})::date - 6
    AND week < ($__timeTo()::timestamptz AT TIME ZONE ${zone})::date`;

const queueStat = (title: string, what: string, condition: string, whenRed: string) =>
  stat({
    title,
    description: { what, source: 'grafana.violation', whenRed },
    unit: 'locale',
    decimals: 0,
    noValue: allWell(),
    limits: { worse: 'higher', warnAt: 1 },
    links: [toQueue()],
    query: rows(`
      SELECT count(*) FILTER (WHERE ${condition}) AS "cases" FROM grafana.violation
      WHERE ${of.portal()} AND ${of.seller('person_id')} AND status IN ('open', 'disputed') AND mode = 'active'
    `),
  });

const openCases = () =>
  stat({
    title: say('In the queue (now)', 'В очереди (сейчас)'),
    description: {
      what: say('Cases that wait for a verdict.', 'Случаи, ждущие вердикта.'),
      source: 'grafana.violation',
    },
    unit: 'locale',
    decimals: 0,
    noValue: allWell(),
    links: [toQueue()],
    query: rows(`
      SELECT count(*) FILTER (WHERE is_in_queue) AS "cases" FROM grafana.violation
      WHERE ${of.portal()} AND ${of.seller('person_id')} AND status = 'open' AND mode = 'active'
    `),
  });

const rateStat = () =>
  stat({
    title: say('Violations of checks', 'Нарушений от проверок'),
    description: {
      what: say(
        'Violations that began within the range, of the opportunities to violate. What was voided or judged false or acceptable is no violation.',
        'Нарушения, начавшиеся за период, от возможностей нарушить. Отменённое, ложное и допустимое не считается.',
      ),
      source: 'grafana.violation, grafana.rule_check',
    },
    unit: 'percentunit',
    decimals: 2,
    noValue: say('nothing was checked', 'проверок не было'),
    query: rows(`
      WITH checked AS (${checksOfRange})
      SELECT least((SELECT count(*) FROM grafana.violation WHERE ${began} AND is_violation)::float8, sum(checks)) / nullif(sum(checks), 0)
             AS "rate"
      FROM checked
    `),
  });

const repeats = () =>
  stat({
    title: say('Repeated after feedback', 'Повторов после обратной связи'),
    description: {
      what: say(
        'Cases on which feedback was sent within the range and the same person violated the same rule again within 14 days.',
        'Доля случаев с обратной связью за период, после которой тот же человек нарушил то же правило за 14 дней.',
      ),
      source: 'grafana.feedback',
    },
    unit: 'percentunit',
    decimals: 1,
    noValue: say('no feedback', 'обратной связи не было'),
    query: rows(`
      SELECT (count(*) FILTER (WHERE is_repeated))::float8 / nullif(count(*), 0) AS "repeated"
      FROM (SELECT DISTINCT ON (case_id) case_id, is_repeated FROM grafana.feedback
            WHERE ${of.portal()} AND ${of.seller('person_id')} AND ${of.range('sent_at')} ORDER BY case_id, sent_at) told
    `),
  });

const byWeek = () =>
  timeseries({
    title: say('Violations of checks by week', 'Нарушений от проверок по неделям'),
    description: {
      what: say('The same by week of the portal.', 'То же по неделям портала.'),
      source: 'grafana.violation, grafana.rule_check',
    },
    unit: 'percentunit',
    decimals: 1,
    noValue: say('nothing was checked', 'проверок не было'),
    series: { rate: { name: say('violations of checks', 'нарушений от проверок'), color: 'orange' } },
    query: series(`
      WITH checked AS (SELECT week, sum(checks) AS checks FROM (${checksOfRange}) all_checks GROUP BY week),
      violated AS (
        SELECT date_trunc('week', started_at AT TIME ZONE ${zone})::date AS week, count(*) AS violations
        FROM grafana.violation WHERE ${began} AND is_violation GROUP BY 1
      )
      SELECT checked.week::timestamp AT TIME ZONE ${zone} AS "time",
             least(coalesce(violated.violations, 0)::float8, checked.checks) / nullif(checked.checks, 0) AS "rate"
      FROM checked LEFT JOIN violated USING (week) ORDER BY 1
    `),
  });

const sla = () =>
  table({
    title: say('Verdicts by their deadline', 'Вердикты в срок'),
    description: {
      what: say(
        'Verdicts given within the range, and those given by the deadline, by severity.',
        'Вердикты, вынесенные за период, и вынесенные в срок, по критичности.',
      ),
      source: 'grafana.violation',
      whenRed: say(
        'More curators, or fewer rules at once: see the runbook of the queue.',
        'Больше кураторов или меньше правил сразу: см. инструкцию по очереди.',
      ),
    },
    noValue: say('no verdicts', 'вердиктов не было'),
    query: rows(`
      SELECT severity AS "severity", count(*) FILTER (WHERE ${of.range('verdict_at')}) AS "verdicts",
             count(*) FILTER (WHERE ${of.range('verdict_at')} AND verdict_at <= due_at) AS "in_time",
             (count(*) FILTER (WHERE ${of.range('verdict_at')} AND verdict_at <= due_at))::float8
               / nullif(count(*) FILTER (WHERE ${of.range('verdict_at')}), 0) AS "share",
             count(*) FILTER (WHERE is_overdue) AS "overdue"
      FROM grafana.violation
      WHERE ${of.portal()} AND ${of.seller('person_id')} AND mode = 'active'
      GROUP BY severity ORDER BY severity LIMIT 10
    `),
    columns: {
      severity: { header: say('Severity', 'Критичность'), width: 110 },
      verdicts: { header: say('Verdicts', 'Вердиктов'), unit: 'locale', decimals: 0 },
      in_time: { header: say('In time', 'В срок'), unit: 'locale', decimals: 0 },
      share: {
        header: say('Share', 'Доля'),
        unit: 'percentunit',
        decimals: 1,
        limits: { worse: 'lower', warnAt: 0.95, criticalAt: 0.8 },
      },
      overdue: {
        header: say('Overdue (now)', 'Просрочено (сейчас)'),
        unit: 'locale',
        decimals: 0,
        limits: { worse: 'higher', warnAt: 1 },
      },
    },
  });

const ratesTable = (
  title: string,
  what: string,
  key: 'rule_id' | 'person_id',
  name: string,
  from: string,
  column: object,
) =>
  table({
    title,
    description: { what, source: 'grafana.violation, grafana.rule_check' },
    noValue: say('nothing was checked', 'проверок не было'),
    query: rows(`
      WITH checked AS (SELECT ${key}, sum(checks) AS checks FROM (${checksOfRange}) all_checks GROUP BY 1),
      violated AS (SELECT ${key}, count(*) AS violations FROM grafana.violation WHERE ${began} AND is_violation GROUP BY 1),
      counted AS (
        SELECT ${key}, coalesce(checked.checks, 0)::float8 AS checks, coalesce(violated.violations, 0) AS violations,
               least(coalesce(violated.violations, 0)::float8, coalesce(checked.checks, 0)) AS hits
        FROM checked FULL JOIN violated USING (${key})
      )
      SELECT counted.${key} AS "id", ${name} AS "name", violations AS "violations", checks AS "checks",
             hits / nullif(checks, 0) AS "rate", ${wilson('low', 'hits', 'checks')} AS "low", ${wilson('high', 'hits', 'checks')} AS "high"
      FROM counted ${from}
      ORDER BY violations DESC, counted.${key} LIMIT 200
    `),
    columns: {
      id: 'hidden',
      name: column,
      violations: { header: say('Violations', 'Нарушений'), unit: 'locale', decimals: 0, width: 120 },
      checks: { header: say('Checks', 'Проверок'), unit: 'locale', decimals: 0, width: 110 },
      rate: { header: say('Share', 'Доля'), unit: 'percentunit', decimals: 2, width: 100 },
      low: { header: say('Not below', 'Не ниже'), unit: 'percentunit', decimals: 2, width: 100 },
      high: { header: say('Not above', 'Не выше'), unit: 'percentunit', decimals: 2, width: 100 },
    },
  });

const agreement = () =>
  table({
    title: say('Agreement of curators', 'Согласие кураторов'),
    description: {
      what: say(
        'How alike curators decide the same cases: all rules together and each of them, where at least five cases were decided twice.',
        'Насколько одинаковы вердикты кураторов по одним и тем же случаям: вместе и по правилам, где по два вердикта хотя бы у пяти.',
      ),
      source: 'grafana.agreement',
      whenRed: say(
        'Calibrate: decide the same cases together and write down why.',
        'Проведите калибровку: разберите одни и те же случаи вместе и запишите почему.',
      ),
    },
    noValue: say('nothing decided twice', 'вторых вердиктов нет'),
    query: rows(`
      SELECT rule_id AS "rule", pairs AS "pairs", alike AS "alike", observed AS "observed", kappa AS "kappa", pabak AS "pabak"
      FROM grafana.agreement
      WHERE ${of.portal()} AND month = (SELECT max(known.month) FROM grafana.agreement known WHERE ${of.portal('known.')})
      ORDER BY rule_id LIMIT 200
    `),
    columns: {
      rule: { header: say('Rule', 'Правило'), mapping: { '': { text: say('all', 'все') } } },
      pairs: { header: say('Decided twice', 'По два вердикта'), unit: 'locale', decimals: 0 },
      alike: { header: say('Alike', 'Одинаково'), unit: 'locale', decimals: 0 },
      observed: { header: say('Share', 'Доля'), unit: 'percentunit', decimals: 0 },
      kappa: {
        header: 'κ',
        unit: 'none',
        decimals: 2,
        limits: { worse: 'lower', warnAt: 0.6, criticalAt: 0.4, floor: -1 },
      },
      pabak: { header: 'PABAK', unit: 'none', decimals: 2 },
    },
  });

/** Violations, the queue of curators and how it is worked off. */
export const discipline = (ruleTitles: Mapping): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-discipline',
    title: say('Discipline and queue', 'Дисциплина и очередь'),
    folder: say('Sales', 'Продажи'),
    audience: 'client',
    description: say(
      'How well is the standard kept, and does the queue keep its deadlines?',
      'Как соблюдается регламент и держит ли очередь сроки?',
    ),
    range: '30d',
    refresh: '5m',
    variables: [variable.portal(), variable.sellers()],
    sections: [
      head(
        evenLine(
          4,
          openCases(),
          queueStat(
            say('Overdue (now)', 'Просрочено (сейчас)'),
            say('Cases in the queue beyond their deadline.', 'Случаи в очереди после срока.'),
            'is_overdue',
            say('Decide them first: they stand on top of the queue.', 'Решите их первыми: они вверху очереди.'),
          ),
          queueStat(
            say('Disputed (now)', 'Оспорено (сейчас)'),
            say('Cases that employees dispute.', 'Случаи, оспоренные сотрудниками.'),
            `status = 'disputed'`,
            say('Another curator than the first decides.', 'Решает другой куратор, не первый.'),
          ),
          rateStat(),
          repeats(),
          dataAsOf(),
        ),
      ),
      section(say('Standard', 'Регламент'), line(9, [12, byWeek()], [12, sla()])),
      section(
        say('By rule and person', 'По правилам и людям'),
        line(10, [
          24,
          ratesTable(
            say('Rules', 'Правила'),
            say(
              'Violations of checks by rule, with the 95 % interval by Wilson.',
              'Нарушения от проверок по правилам с 95 % интервалом Вильсона.',
            ),
            'rule_id',
            'counted.rule_id',
            '',
            {
              header: say('Rule', 'Правило'),
              mapping: ruleTitles,
              links: [consoleLink('/portals/${portal}/discipline?rule={id}', say('Discipline', 'Дисциплина'))],
            },
          ),
        ]),
        line(10, [
          24,
          ratesTable(
            say('People', 'Люди'),
            say('The same by person.', 'То же по людям.'),
            'person_id',
            `coalesce(seller.name, nullif(counted.person_id, ''), '—')`,
            `LEFT JOIN grafana.seller seller ON ${of.portal('seller.')} AND seller.user_id = counted.person_id`,
            {
              header: say('Person', 'Сотрудник'),
              links: [consoleLink('/portals/${portal}/discipline?person={id}', say('Discipline', 'Дисциплина'))],
            },
          ),
        ]),
      ),
      section(say('Curators', 'Кураторы'), line(9, [24, agreement()])),
    ],
  });
