import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { evenLine, head, line, section } from '../authoring/layout.js';
import { consoleLink } from '../authoring/links.js';
import { stat } from '../authoring/panels/stat.js';
import { table } from '../authoring/panels/table.js';
import { timeseries } from '../authoring/panels/timeseries.js';
import { rows, series } from '../authoring/queries.js';
import { variable } from '../authoring/variables.js';
import { figuresAsOf } from './figures-as-of.js';
import { of } from './conditions.js';

const planned = `${of.portal()} AND ${of.month()}`;
const toPlan = () => consoleLink('/portals/${portal}/plan?month=${month}', say('Plan', 'План'));
const noPlan = (): string => say('no plan', 'нет плана');

const teamMoney = (figure: string): string => `
  SELECT ${figure} AS "figure" FROM grafana.plan_money WHERE ${planned} AND user_id = '' HAVING count(*) > 0`;

const moneyStat = (
  title: string,
  what: string,
  figure: string,
  unit: 'locale' | 'percentunit' = 'locale',
  decimals = 0,
) =>
  stat({
    title,
    description: { what, source: 'grafana.plan_money' },
    unit,
    decimals,
    noValue: noPlan(),
    links: [toPlan()],
    query: rows(teamMoney(figure)),
  });

const chance = () =>
  stat({
    title: say('Chance to make the sales', 'Вероятность выполнить продажи'),
    description: {
      what: say(
        'Chance that the number of sales of the plan is reached at a steady rate; of several plans the least.',
        'Вероятность набрать план по числу продаж при неизменном темпе; из нескольких планов — наименьшая.',
      ),
      source: 'grafana.plan_pace',
      whenRed: say(
        'Look which indicator is behind below, and who.',
        'Посмотрите ниже, какой показатель отстаёт и у кого.',
      ),
    },
    unit: 'percentunit',
    decimals: 0,
    noValue: noPlan(),
    limits: { worse: 'lower', warnAt: 0.5, criticalAt: 0.2 },
    links: [toPlan()],
    query: rows(`
      SELECT min(chance) AS "chance" FROM grafana.plan_pace
      WHERE ${planned} AND user_id = '' AND indicator_id = '' HAVING count(*) > 0
    `),
  });

const paceColumns = () => ({
  norm: { header: say('Norm', 'Норма'), unit: 'locale', decimals: 0, width: 90 } as const,
  done: { header: say('Done', 'Сделано'), unit: 'locale', decimals: 0, width: 90 } as const,
  today: { header: say('On the last day', 'За последний день'), unit: 'locale', decimals: 0, width: 130 } as const,
  due: { header: say('Due by now', 'Должно быть'), unit: 'locale', decimals: 1, width: 110 } as const,
  of_due: {
    header: say('Done of due', 'К должному'),
    unit: 'percentunit',
    decimals: 0,
    width: 120,
    limits: { worse: 'lower', warnAt: 1, criticalAt: 0.7 },
  } as const,
  to_go: { header: say('To go', 'Осталось'), unit: 'locale', decimals: 0, width: 100 } as const,
  per_day: { header: say('A working day', 'В рабочий день'), unit: 'locale', decimals: 0, width: 120 } as const,
  run_rate: { header: say('At this rate', 'При этом темпе'), unit: 'locale', decimals: 1, width: 120 } as const,
  chance: { header: say('Chance', 'Вероятность'), unit: 'percentunit', decimals: 0, width: 110 } as const,
});

const paceFigures = `norm::float8 AS "norm", done AS "done", today AS "today", due AS "due", done / nullif(due, 0) AS "of_due",
             to_go::float8 AS "to_go", per_day AS "per_day", run_rate AS "run_rate", chance AS "chance"`;

const whenBehind = (): string =>
  say(
    'Talk to those whose rows below are red: what is left of the norm is said for each working day.',
    'Поговорите с теми, чьи строки ниже красные: остаток нормы сказан на каждый рабочий день.',
  );

const team = () =>
  table({
    title: say('The team by indicator', 'Команда по показателям'),
    description: {
      what: say(
        'Norm of the month, what was done of it, what is due by the working time that has passed, and what is left.',
        'Норма месяца, сделанное, должное по прошедшему рабочему времени и остаток.',
      ),
      source: 'grafana.plan_pace',
      whenRed: whenBehind(),
    },
    noValue: noPlan(),
    query: rows(`
      SELECT plan_name AS "plan", indicator AS "indicator", ${paceFigures}
      FROM grafana.plan_pace WHERE ${planned} AND user_id = ''
      ORDER BY plan_name, plan_id, place LIMIT 200
    `),
    columns: {
      plan: { header: say('Plan', 'План') },
      indicator: { header: say('Indicator', 'Показатель') },
      ...paceColumns(),
    },
  });

const people = () =>
  table({
    title: say('Sellers by indicator', 'Продавцы по показателям'),
    description: {
      what: say('The same for each seller of the plan.', 'То же по каждому продавцу плана.'),
      source: 'grafana.plan_pace, grafana.seller',
      whenRed: whenBehind(),
    },
    noValue: noPlan(),
    query: rows(`
      SELECT pace.user_id AS "user_id", coalesce(seller.name, pace.user_id) AS "seller", pace.indicator AS "indicator", ${paceFigures}
      FROM grafana.plan_pace pace LEFT JOIN grafana.seller seller USING (portal_id, user_id)
      WHERE ${of.portal('pace.')} AND ${of.month('pace.')} AND pace.user_id <> '' AND ${of.seller('pace.user_id')}
      ORDER BY coalesce(seller.name, pace.user_id), pace.plan_id, pace.place LIMIT 1000
    `),
    columns: {
      user_id: 'hidden',
      seller: { header: say('Seller', 'Продавец') },
      indicator: { header: say('Indicator', 'Показатель') },
      ...paceColumns(),
    },
  });

const money = () =>
  table({
    title: say('Sales of sellers', 'Продажи продавцов'),
    description: {
      what: say(
        'Sold in the month beside each part of the target, in the currency of the portal.',
        'Продано за месяц рядом с частью цели каждого, в валюте портала.',
      ),
      source: 'grafana.plan_money, grafana.seller',
    },
    noValue: noPlan(),
    query: rows(`
      SELECT coalesce(seller.name, money.user_id) AS "seller", money.sold_kopecks::float8 / 100 AS "sold",
             money.target_kopecks::float8 / 100 AS "target",
             money.sold_kopecks::float8 / nullif(money.target_kopecks, 0) AS "share",
             greatest(money.target_kopecks - money.sold_kopecks, 0)::float8 / 100 AS "to_go"
      FROM grafana.plan_money money LEFT JOIN grafana.seller seller USING (portal_id, user_id)
      WHERE ${of.portal('money.')} AND ${of.month('money.')} AND money.user_id <> '' AND ${of.seller('money.user_id')}
      ORDER BY "sold" DESC, "seller" LIMIT 200
    `),
    columns: {
      seller: { header: say('Seller', 'Продавец') },
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
      to_go: { header: say('To go', 'Осталось'), unit: 'locale', decimals: 0 },
    },
  });

const burnUp = () =>
  timeseries({
    title: say('Sold beside what is due', 'Продано и должно быть'),
    description: {
      what: say(
        'Sold since the first of the month, and what of the target is due by the working time that has passed. Days of the month are shown whatever the range says, as far as it reaches.',
        'Продано с начала месяца и должная часть цели по прошедшему рабочему времени. Дни месяца видны в пределах выбранного периода.',
      ),
      source: 'grafana.plan_day',
    },
    unit: 'locale',
    decimals: 0,
    noValue: noPlan(),
    series: {
      sold: { name: say('sold', 'продано'), color: 'green' },
      due: { name: say('due', 'должно быть'), color: 'gray', dashed: true },
    },
    query: series(`
      SELECT day_end AS "time", sum(sold_kopecks)::float8 / 100 AS "sold", sum(due_kopecks)::float8 / 100 AS "due"
      FROM grafana.plan_day
      WHERE ${planned} AND due_kopecks IS NOT NULL AND ${of.range('day_end')}
      GROUP BY 1 ORDER BY 1
    `),
  });

/** How a month's plans are kept: money, indicators, sellers. */
export const planPace = (): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-plan',
    title: say('Plan pace', 'Темп плана'),
    folder: say('Sales', 'Продажи'),
    audience: 'client',
    description: say('Is the plan on pace, and who is behind in what?', 'Идёт ли план в темпе, и кто в чём отстаёт?'),
    range: '30d',
    refresh: '15m',
    variables: [variable.portal(), variable.month(), variable.sellers()],
    sections: [
      head(
        evenLine(
          4,
          moneyStat(
            say('Sold', 'Продано'),
            say('Sold in the month by the sellers of the plans.', 'Продано за месяц продавцами планов.'),
            'sum(sold_kopecks)::float8 / 100',
          ),
          moneyStat(
            say('Target', 'Цель'),
            say('Targets of the plans of the month.', 'Цели планов месяца.'),
            'sum(target_kopecks)::float8 / 100',
          ),
          moneyStat(
            say('Of the target', 'От цели'),
            say('Sold of the target.', 'Доля проданного от цели.'),
            'sum(sold_kopecks)::float8 / nullif(sum(target_kopecks), 0)',
            'percentunit',
            1,
          ),
          moneyStat(
            say('Working time passed', 'Рабочего времени прошло'),
            say('Share of the working time of the month that has passed.', 'Доля прошедшего рабочего времени месяца.'),
            'max(elapsed)',
            'percentunit',
            0,
          ),
          chance(),
          figuresAsOf(),
        ),
      ),
      section(say('Money', 'Деньги'), line(9, [14, burnUp()], [10, money()])),
      section(say('Indicators', 'Показатели'), line(8, [24, team()]), line(12, [24, people()])),
    ],
  });
