import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { evenLine, head, line, section } from '../authoring/layout.js';
import { consoleLink } from '../authoring/links.js';
import { barGauge } from '../authoring/panels/bar-gauge.js';
import { dataAsOf } from '../authoring/panels/data-as-of.js';
import { stat } from '../authoring/panels/stat.js';
import { table } from '../authoring/panels/table.js';
import { timeseries } from '../authoring/panels/timeseries.js';
import { rows, series } from '../authoring/queries.js';
import { variable } from '../authoring/variables.js';
import { cohortSql, mostRanks } from './cohort-sql.js';
import { of, quarterHour, startOf } from './conditions.js';

const inPipeline = `${of.portal()} AND ${of.pipeline()} AND ${of.seller()}`;
const entered = `${inPipeline} AND ${of.range('entered_at')}`;
const baseCurrency = `currency = (SELECT portal.currency FROM grafana.portal portal WHERE ${of.portal('portal.')})`;
const toFunnel = () => consoleLink('/portals/${portal}/funnel?pipeline=${pipeline}', say('Funnel', 'Воронка'));
const noMoves = (): string => say('nothing moved', 'движений не было');

const standingStat = (title: string, what: string, figure: string, isMoney = false) =>
  stat({
    title,
    description: { what, source: 'grafana.standing' },
    unit: 'locale',
    decimals: 0,
    noValue: say('no objects', 'нет объектов'),
    links: [toFunnel()],
    query: rows(`
      SELECT coalesce(${figure}, 0)${isMoney ? '::float8 / 100' : ''} AS "figure"
      FROM grafana.standing JOIN grafana.stage USING (portal_id, pipeline_id, stage_id)
      WHERE ${inPipeline} AND semantics = 'P'
    `),
  });

const flowStat = (title: string, what: string, counted: string, sum = 'count(*)') =>
  stat({
    title,
    description: { what, source: 'grafana.visit' },
    unit: 'locale',
    decimals: 0,
    noValue: noMoves(),
    links: [toFunnel()],
    query: rows(`
      SELECT ${sum} AS "figure" FROM grafana.visit WHERE ${entered} AND ${counted}
    `),
  });

const standing = () =>
  barGauge({
    title: say('Where objects stand (now)', 'Где стоят объекты (сейчас)'),
    description: {
      what: say(
        'Objects that count by the stage they stand in, whatever the range of the dashboard.',
        'Учитываемые объекты по стадиям, на которых они стоят, независимо от выбранного периода.',
      ),
      source: 'grafana.standing, grafana.stage',
    },
    unit: 'locale',
    decimals: 0,
    noValue: say('no objects', 'нет объектов'),
    links: [toFunnel()],
    query: rows(`
      SELECT stage.name AS "stage", count(standing.object_id) AS "objects"
      FROM grafana.stage stage
      LEFT JOIN (SELECT object_id, stage_id FROM grafana.standing WHERE ${inPipeline}) standing USING (stage_id)
      WHERE ${of.portal('stage.')} AND ${of.pipeline('stage.')}
      GROUP BY stage.place, stage.name, stage.stage_id
      ORDER BY stage.place, stage.stage_id LIMIT 50
    `),
  });

const reached = () =>
  barGauge({
    title: say('How far a cohort came', 'Докуда дошла когорта'),
    description: {
      what: say(
        `Objects that entered the first stage within the range, by the furthest stage they or a later one reached to date. Definition "reached"; at most ${mostRanks} stages.`,
        `Объекты, вошедшие на первую стадию за период, по тому, докуда они дошли к сегодняшнему дню. Определение «дошли»; не более ${mostRanks} стадий.`,
      ),
      source: 'grafana.visit, grafana.stage',
    },
    unit: 'locale',
    decimals: 0,
    noValue: say('nobody entered', 'никто не вошёл'),
    links: [toFunnel()],
    query: rows(cohortSql('chain')),
  });

const steps = () =>
  table({
    title: say('Conversions of a cohort', 'Конверсии когорты'),
    description: {
      what: say(
        'Of the objects that reached a stage within the range, how many reached the next one to date, with the 95 % interval by Wilson. Below five objects there are too few to say.',
        'Сколько объектов, дошедших до стадии за период, дошли и до следующей к сегодняшнему дню, с 95 % интервалом Вильсона. Меньше пяти объектов — слишком мало.',
      ),
      source: 'grafana.visit, grafana.stage',
    },
    noValue: say('nobody entered', 'никто не вошёл'),
    query: rows(cohortSql('steps')),
    columns: {
      from: { header: say('From', 'Со стадии') },
      to: { header: say('To', 'На стадию') },
      n: { header: say('n', 'Объектов'), unit: 'locale', decimals: 0, width: 90 },
      converted: { header: say('Reached', 'Дошли'), unit: 'locale', decimals: 0, width: 90 },
      share: {
        header: say('Conversion', 'Конверсия'),
        unit: 'percentunit',
        decimals: 1,
        cell: 'gauge',
        min: 0,
        max: 1,
      },
      low: { header: say('Not below', 'Не ниже'), unit: 'percentunit', decimals: 1, width: 90 },
      high: { header: say('Not above', 'Не выше'), unit: 'percentunit', decimals: 1, width: 90 },
      said: { header: ' ', width: 150, noValue: ' ' },
    },
  });

const flow = () =>
  table({
    title: say('Moves of the range by stage', 'Движение за период по стадиям'),
    description: {
      what: say(
        'First entries and all entries into each stage within the range, and the entries of a stage beside those of the one before: no probability, and it may be above 100 %.',
        'Первые входы и все входы на стадии за период, и отношение входов стадии к входам предыдущей: это не вероятность, оно может быть больше 100 %.',
      ),
      source: 'grafana.visit, grafana.stage',
    },
    noValue: noMoves(),
    query: rows(`
      WITH moved AS (
        SELECT stage_id, count(*) FILTER (WHERE is_first_entry) AS entries, count(*) AS visits
        FROM grafana.visit WHERE ${entered} GROUP BY stage_id
      )
      SELECT stage.name AS "stage", coalesce(moved.entries, 0) AS "entries", coalesce(moved.visits, 0) AS "visits",
             CASE WHEN stage.rank IS NOT NULL THEN coalesce(moved.entries, 0)::float8
               / nullif(lag(coalesce(moved.entries, 0)) OVER (ORDER BY stage.place), 0) END AS "ratio"
      FROM grafana.stage stage LEFT JOIN moved USING (stage_id)
      WHERE ${of.portal('stage.')} AND ${of.pipeline('stage.')}
      ORDER BY stage.place, stage.stage_id LIMIT 50
    `),
    columns: {
      stage: { header: say('Stage', 'Стадия') },
      entries: { header: say('First entries', 'Первые входы'), unit: 'locale', decimals: 0, width: 120 },
      visits: { header: say('All entries', 'Все входы'), unit: 'locale', decimals: 0, width: 120 },
      ratio: { header: say('To the stage before', 'К предыдущей'), unit: 'percentunit', decimals: 1, width: 150 },
    },
  });

const byDay = () =>
  timeseries({
    title: say('Entries by day', 'Входы по дням'),
    description: {
      what: say(
        "Created, won, lost and rolled back, by day of the portal's zone.",
        'Создано, выиграно, проиграно и возвращено назад по дням в поясе портала.',
      ),
      source: 'grafana.visit',
    },
    unit: 'locale',
    decimals: 0,
    draw: 'bars',
    stacked: true,
    noValue: noMoves(),
    series: {
      created: { name: say('created', 'создано'), color: 'blue' },
      won: { name: say('won', 'выиграно'), color: 'green' },
      lost: { name: say('lost', 'проиграно'), color: 'red' },
      rollbacks: { name: say('moved back', 'возвращено'), color: 'orange' },
    },
    query: series(`
      SELECT ${startOf('day', 'quarter')} AS "time", sum(created)::float8 AS "created", sum(won)::float8 AS "won",
             sum(lost)::float8 AS "lost", sum(rollbacks)::float8 AS "rollbacks"
      FROM (SELECT ${quarterHour('entered_at')} AS quarter, count(*) FILTER (WHERE is_first_in_pipeline) AS created,
                   count(*) FILTER (WHERE is_won) AS won, count(*) FILTER (WHERE is_lost) AS lost,
                   count(*) FILTER (WHERE is_rollback) AS rollbacks
            FROM grafana.visit WHERE ${entered} GROUP BY 1) moved
      GROUP BY 1 ORDER BY 1
    `),
  });

const sellers = () =>
  table({
    title: say('Sellers', 'Продавцы'),
    description: {
      what: say(
        'What moved within the range, by the person responsible now, and what they have open now.',
        'Движение за период по нынешнему ответственному и сколько у него открыто сейчас.',
      ),
      source: 'grafana.visit, grafana.standing, grafana.seller',
    },
    noValue: noMoves(),
    query: rows(`
      WITH created AS (
        SELECT seller_id, count(*) AS created FROM grafana.entry WHERE ${entered} AND is_first_in_pipeline GROUP BY seller_id
      ), decided AS (
        SELECT seller_id, count(*) FILTER (WHERE is_won) AS won, count(*) FILTER (WHERE is_lost) AS lost,
               sum(amount_kopecks) FILTER (WHERE is_won AND ${baseCurrency})::float8 / 100 AS sold
        FROM grafana.visit WHERE ${entered} AND left_at IS NULL AND semantics IN ('S', 'F') GROUP BY seller_id
      ), open AS (
        SELECT seller_id, count(*) AS open FROM grafana.standing JOIN grafana.stage USING (portal_id, pipeline_id, stage_id)
        WHERE ${inPipeline} AND semantics = 'P' GROUP BY seller_id
      )
      SELECT seller_id AS "seller_id", coalesce(seller.name, seller_id) AS "seller", coalesce(created.created, 0) AS "created",
             coalesce(decided.won, 0) AS "won", coalesce(decided.lost, 0) AS "lost", coalesce(decided.sold, 0) AS "sold",
             coalesce(open.open, 0) AS "open"
      FROM created FULL JOIN decided USING (seller_id) FULL JOIN open USING (seller_id)
      LEFT JOIN grafana.seller seller ON ${of.portal('seller.')} AND seller.user_id = seller_id
      ORDER BY "sold" DESC, "won" DESC, seller_id LIMIT 200
    `),
    columns: {
      seller_id: 'hidden',
      seller: {
        header: say('Seller', 'Продавец'),
        links: [
          consoleLink('/portals/${portal}/funnel?pipeline=${pipeline}&seller={seller_id}', say('Funnel', 'Воронка')),
        ],
      },
      created: { header: say('Created', 'Создано'), unit: 'locale', decimals: 0, width: 110 },
      won: { header: say('Won', 'Выиграно'), unit: 'locale', decimals: 0, width: 110 },
      lost: { header: say('Lost', 'Проиграно'), unit: 'locale', decimals: 0, width: 110 },
      sold: { header: say('Sold', 'Продано'), unit: 'locale', decimals: 0, width: 150 },
      open: { header: say('Open (now)', 'Открыто (сейчас)'), unit: 'locale', decimals: 0, width: 140 },
    },
  });

/** The funnel of one pipeline under its three definitions: where objects stand, what moved, how far a cohort came. */
export const funnel = (): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-funnel',
    title: say('Funnel', 'Воронка'),
    folder: say('Sales', 'Продажи'),
    audience: 'client',
    description: say(
      'Where do objects stand, what moved, and how far do they come?',
      'Где стоят объекты, что двигалось и докуда доходят?',
    ),
    range: '90d',
    refresh: '15m',
    variables: [variable.portal(), variable.pipeline(), variable.sellers()],
    sections: [
      head(
        evenLine(
          4,
          standingStat(
            say('Open (now)', 'Открыто (сейчас)'),
            say('Objects in stages in process.', 'Объекты на стадиях в работе.'),
            'count(*)',
          ),
          standingStat(
            say('Open amount (now)', 'Сумма открытых (сейчас)'),
            say('Their amount in the currency of the portal.', 'Их сумма в валюте портала.'),
            `sum(amount_kopecks) FILTER (WHERE ${baseCurrency})`,
            true,
          ),
          flowStat(
            say('Created', 'Создано'),
            say('Objects that entered the pipeline within the range.', 'Объекты, вошедшие в воронку за период.'),
            'is_first_in_pipeline',
          ),
          flowStat(
            say('Won', 'Выиграно'),
            say(
              'Objects that stand in a won stage since within the range.',
              'Объекты, выигранные за период и оставшиеся выигранными.',
            ),
            'is_won',
          ),
          flowStat(
            say('Sold', 'Продано'),
            say('Amount of what was won, in the currency of the portal.', 'Сумма выигранных в валюте портала.'),
            `is_won AND ${baseCurrency}`,
            'coalesce(sum(amount_kopecks), 0)::float8 / 100',
          ),
          dataAsOf(),
        ),
      ),
      section(say('Conversions', 'Конверсии'), line(10, [10, reached()], [14, steps()])),
      section(say('Moves', 'Движение'), line(10, [12, flow()], [12, byDay()])),
      section(say('Now', 'Сейчас'), line(10, [10, standing()], [14, sellers()])),
    ],
  });
