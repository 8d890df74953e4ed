import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { evenLine, head, line, section } from '../authoring/layout.js';
import { consoleLink } from '../authoring/links.js';
import { dataAsOf } from '../authoring/panels/data-as-of.js';
import { stat } from '../authoring/panels/stat.js';
import { table } from '../authoring/panels/table.js';
import { timeseries } from '../authoring/panels/timeseries.js';
import { rows, series } from '../authoring/queries.js';
import { variable } from '../authoring/variables.js';
import { of, startOf, zone } from './conditions.js';

const currency = `(SELECT portal.currency FROM grafana.portal portal WHERE ${of.portal('portal.')})`;
const inRange = `${of.portal()} AND ${of.range('entered_at')}`;
/** The month that the data has reached in the zone of the portal. */
const thisMonth = `(SELECT to_char(coalesce(run.as_of, run.published_at) AT TIME ZONE ${zone}, 'YYYY-MM') FROM grafana.figures_run run WHERE ${of.portal('run.')})`;
const deals = `pipeline_id LIKE 'deal:%'`;

const soldOfMonth = () =>
  stat({
    title: say('Sold of the plan of the month', 'Выполнение плана месяца'),
    description: {
      what: say(
        'Sold of the targets of all plans of this month.',
        'Доля проданного от целей всех планов этого месяца.',
      ),
      source: 'grafana.plan_money',
    },
    unit: 'percentunit',
    decimals: 0,
    noValue: say('no plan', 'нет плана'),
    links: [consoleLink('/portals/${portal}/plan', say('Plan', 'План'))],
    query: rows(`
      SELECT sum(sold_kopecks)::float8 / nullif(sum(target_kopecks), 0) AS "share" FROM grafana.plan_money
      WHERE ${of.portal()} AND month = ${thisMonth} AND user_id = '' HAVING count(*) > 0
    `),
  });

const passed = () =>
  stat({
    title: say('Working time of the month', 'Рабочее время месяца'),
    description: {
      what: say(
        'How much of the working time of this month has passed: the plan should be as far.',
        'Сколько рабочего времени месяца прошло: план должен быть там же.',
      ),
      source: 'grafana.plan_money',
    },
    unit: 'percentunit',
    decimals: 0,
    noValue: say('no plan', 'нет плана'),
    query: rows(`
      SELECT max(elapsed) AS "elapsed" FROM grafana.plan_money
      WHERE ${of.portal()} AND month = ${thisMonth} AND user_id = '' HAVING count(*) > 0
    `),
  });

const figure = (title: string, what: string, counted: string, sum = 'count(*)') =>
  stat({
    title,
    description: { what, source: 'grafana.visit' },
    unit: 'locale',
    decimals: 0,
    noValue: say('nothing', 'ничего'),
    links: [consoleLink('/portals/${portal}/funnel?view=flow', say('Funnel', 'Воронка'))],
    query: rows(`SELECT ${sum} AS "figure" FROM grafana.visit WHERE ${inRange} AND ${deals} AND ${counted}`),
  });

const byWeek = () =>
  timeseries({
    title: say('Sold by week', 'Продано по неделям'),
    description: {
      what: say(
        'Amount of deals won, by week of the portal, in its currency.',
        'Сумма выигранных сделок по неделям портала, в его валюте.',
      ),
      source: 'grafana.visit',
    },
    unit: 'locale',
    decimals: 0,
    draw: 'bars',
    noValue: say('nothing was sold', 'продаж не было'),
    series: { sold: { name: say('sold', 'продано'), color: 'green' } },
    query: series(`
      SELECT ${startOf('week', 'entered_at')} AS "time",
             sum(amount_kopecks)::float8 / 100 AS "sold"
      FROM grafana.visit WHERE ${inRange} AND ${deals} AND is_won AND currency = ${currency}
      GROUP BY 1 ORDER BY 1
    `),
  });

const pipelines = () =>
  table({
    title: say('Pipelines', 'Воронки'),
    description: {
      what: say(
        'What moved within the range by pipeline, and what is open now.',
        'Движение за период по воронкам и открытое сейчас.',
      ),
      source: 'grafana.visit, grafana.standing, grafana.pipeline',
    },
    noValue: say('nothing moved', 'движений не было'),
    query: rows(`
      WITH entered AS (
        SELECT pipeline_id, count(*) AS created FROM grafana.entry WHERE ${inRange} AND is_first_in_pipeline GROUP BY pipeline_id
      ), decided AS (
        SELECT pipeline_id, count(*) FILTER (WHERE is_won) AS won, count(*) FILTER (WHERE is_lost) AS lost,
               sum(amount_kopecks) FILTER (WHERE is_won AND currency = ${currency})::float8 / 100 AS sold
        FROM grafana.visit WHERE ${inRange} AND left_at IS NULL AND semantics IN ('S', 'F') GROUP BY pipeline_id
      ), open AS (
        SELECT pipeline_id, count(*) AS open FROM grafana.standing JOIN grafana.stage USING (portal_id, pipeline_id, stage_id)
        WHERE ${of.portal()} AND semantics = 'P' GROUP BY pipeline_id
      )
      SELECT pipeline.pipeline_id AS "pipeline_id", pipeline.name AS "pipeline", coalesce(entered.created, 0) AS "created",
             coalesce(decided.won, 0) AS "won", coalesce(decided.lost, 0) AS "lost",
             decided.won::float8 / nullif(decided.won + decided.lost, 0) AS "win_rate",
             coalesce(decided.sold, 0) AS "sold", coalesce(open.open, 0) AS "open"
      FROM grafana.pipeline pipeline LEFT JOIN entered USING (pipeline_id) LEFT JOIN decided USING (pipeline_id) LEFT JOIN open USING (pipeline_id)
      WHERE ${of.portal('pipeline.')} AND (NOT pipeline.is_removed OR entered.created > 0 OR decided.won + decided.lost > 0)
      ORDER BY pipeline.kind, pipeline.sort, pipeline.pipeline_id LIMIT 100
    `),
    columns: {
      pipeline_id: 'hidden',
      pipeline: {
        header: say('Pipeline', 'Воронка'),
        links: [consoleLink('/portals/${portal}/funnel?pipeline={pipeline_id}', say('Funnel', 'Воронка'))],
      },
      created: { header: say('Created', 'Создано'), unit: 'locale', decimals: 0 },
      won: { header: say('Won', 'Выиграно'), unit: 'locale', decimals: 0 },
      lost: { header: say('Lost', 'Проиграно'), unit: 'locale', decimals: 0 },
      win_rate: { header: say('Won of decided', 'Выиграно из решённых'), unit: 'percentunit', decimals: 0 },
      sold: { header: say('Sold', 'Продано'), unit: 'locale', decimals: 0 },
      open: { header: say('Open (now)', 'Открыто (сейчас)'), unit: 'locale', decimals: 0 },
    },
  });

const plans = () =>
  table({
    title: say('Plans of the month', 'Планы месяца'),
    description: {
      what: say(
        'Each plan of this month: money, and the chance to make its number of sales.',
        'Каждый план этого месяца: деньги и вероятность набрать число продаж.',
      ),
      source: 'grafana.plan_money, grafana.plan_pace',
      whenRed: say(
        'Open the plan and look which indicator is behind.',
        'Откройте план и посмотрите, какой показатель отстаёт.',
      ),
    },
    noValue: say('no plan', 'нет плана'),
    query: rows(`
      SELECT money.month AS "month", money.plan_name AS "plan", money.sold_kopecks::float8 / 100 AS "sold",
             money.target_kopecks::float8 / 100 AS "target",
             money.sold_kopecks::float8 / nullif(money.target_kopecks, 0) AS "share", pace.chance AS "chance"
      FROM grafana.plan_money money
      LEFT JOIN grafana.plan_pace pace
        ON pace.portal_id = money.portal_id AND pace.month = money.month AND pace.plan_id = money.plan_id AND pace.user_id = ''
       AND pace.indicator_id = ''
      WHERE ${of.portal('money.')} AND money.user_id = '' AND money.month = ${thisMonth}
      ORDER BY "target" DESC, money.plan_id LIMIT 50
    `),
    columns: {
      month: 'hidden',
      plan: {
        header: say('Plan', 'План'),
        links: [
          {
            title: say('Pace', 'Темп'),
            url: '/d/fw-plan?var-portal=${portal}&var-month=${__data.fields.month}&${__url_time_range}',
            targetBlank: false,
          },
        ],
      },
      sold: { header: say('Sold', 'Продано'), unit: 'locale', decimals: 0 },
      target: { header: say('Target', 'Цель'), unit: 'locale', decimals: 0 },
      share: {
        header: say('Of the target', 'От цели'),
        unit: 'percentunit',
        decimals: 0,
        cell: 'gauge',
        min: 0,
        max: 1,
      },
      chance: {
        header: say('Chance', 'Вероятность'),
        unit: 'percentunit',
        decimals: 0,
        limits: { worse: 'lower', warnAt: 0.5, criticalAt: 0.2 },
      },
    },
  });

const order = () =>
  stat({
    title: say('Violations decided real', 'Подтверждённых нарушений'),
    description: {
      what: say(
        'Cases that began within the range and were judged real.',
        'Случаи, начавшиеся за период и признанные нарушениями.',
      ),
      source: 'grafana.violation',
    },
    unit: 'locale',
    decimals: 0,
    noValue: say('none', 'нет'),
    links: [consoleLink('/portals/${portal}/discipline', say('Discipline', 'Дисциплина'))],
    query: rows(`
      SELECT count(*) AS "cases" FROM grafana.violation
      WHERE ${of.portal()} AND ${of.range('started_at')} AND is_violation AND verdict = 'real'
    `),
  });

/** For the owner: money, plan, pipelines and order on one page. */
export const business = (): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-business',
    title: say('Business overview', 'Обзор бизнеса'),
    folder: say('Sales', 'Продажи'),
    audience: 'client',
    description: say('Does the business sell as planned, and in order?', 'Продаёт ли бизнес по плану и по регламенту?'),
    range: '90d',
    refresh: '15m',
    variables: [variable.portal()],
    sections: [
      head(
        evenLine(
          4,
          figure(
            say('Sold', 'Продано'),
            say(
              'Amount of deals won within the range, in the currency of the portal.',
              'Сумма сделок, выигранных за период, в валюте портала.',
            ),
            `is_won AND currency = ${currency}`,
            'coalesce(sum(amount_kopecks), 0)::float8 / 100',
          ),
          figure(
            say('Deals won', 'Выиграно сделок'),
            say('Deals won within the range.', 'Сделки, выигранные за период.'),
            'is_won',
          ),
          soldOfMonth(),
          passed(),
          order(),
          dataAsOf(),
        ),
      ),
      section(say('Money', 'Деньги'), line(9, [12, byWeek()], [12, plans()])),
      section(say('Pipelines', 'Воронки'), line(9, [24, pipelines()])),
    ],
  });
