import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { evenLine, head, line, section } from '../authoring/layout.js';
import { consoleLink } from '../authoring/links.js';
import { barChart } from '../authoring/panels/bar-chart.js';
import { barGauge } from '../authoring/panels/bar-gauge.js';
import { stat } from '../authoring/panels/stat.js';
import { table } from '../authoring/panels/table.js';
import { rows } from '../authoring/queries.js';
import { variable } from '../authoring/variables.js';
import { of } from './conditions.js';
import { figuresAsOf } from './figures-as-of.js';

const scored = `${of.portal('score.')} AND ${of.month('score.')} AND ${of.seller('score.user_id')}`;
const noPoints = (): string => say('no points', 'нет баллов');

const scoreStat = (title: string, what: string, figure: string, unit: 'locale' | 'percentunit') =>
  stat({
    title,
    description: { what, source: 'grafana.score' },
    unit,
    decimals: 0,
    noValue: noPoints(),
    query: rows(`SELECT ${figure} AS "figure" FROM grafana.score score WHERE ${scored} HAVING count(*) > 0`),
  });

const distribution = () =>
  barChart({
    title: say('How many are how far', 'Сколько человек докуда дошли'),
    description: {
      what: say('People by tenths of their target.', 'Люди по десятым долям их цели.'),
      source: 'grafana.score',
    },
    unit: 'locale',
    decimals: 0,
    x: 'share',
    series: { people: say('people', 'человек') },
    noValue: noPoints(),
    query: rows(`
      SELECT CASE WHEN tenth = 12 THEN '120 % +' ELSE (tenth * 10) || '–' || (tenth * 10 + 10) || ' %' END AS "share",
             count(*) AS "people"
      FROM (SELECT least(floor(greatest(score.ratio, 0) * 10)::int, 12) AS tenth FROM grafana.score score WHERE ${scored}) counted
      GROUP BY tenth ORDER BY tenth LIMIT 20
    `),
  });

const ratios = () =>
  barGauge({
    title: say('Points of the target', 'Баллы от цели'),
    description: {
      what: say(
        'Points of each person as a share of the target of their scheme.',
        'Баллы каждого как доля цели его схемы.',
      ),
      source: 'grafana.score, grafana.seller',
    },
    unit: 'percentunit',
    decimals: 0,
    noValue: noPoints(),
    query: rows(`
      SELECT coalesce(seller.name, score.user_id) AS "seller", score.ratio AS "ratio"
      FROM grafana.score score LEFT JOIN grafana.seller seller USING (portal_id, user_id)
      WHERE ${scored} ORDER BY score.ratio DESC, score.user_id LIMIT 50
    `),
  });

const people = () =>
  table({
    title: say('Points and thresholds', 'Баллы и пороги'),
    description: {
      what: say(
        'Points so far, the threshold reached, the next one, and what is missing to it. What they bring in money is in the console alone.',
        'Баллы, достигнутый порог, следующий и сколько до него не хватает. Сколько это денег, видно только в консоли.',
      ),
      source: 'grafana.score, grafana.seller',
    },
    noValue: noPoints(),
    query: rows(`
      SELECT coalesce(seller.name, score.user_id) AS "seller", score.points AS "points", score.target AS "target",
             score.ratio AS "ratio", score.reached AS "reached", score.next_threshold AS "next", score.points_missing AS "missing"
      FROM grafana.score score LEFT JOIN grafana.seller seller USING (portal_id, user_id)
      WHERE ${scored} ORDER BY score.ratio DESC, score.user_id LIMIT 500
    `),
    columns: {
      seller: {
        header: say('Seller', 'Продавец'),
        links: [consoleLink('/portals/${portal}/pay?month=${month}', say('Pay', 'Оплата'))],
      },
      points: { header: say('Points', 'Баллы'), unit: 'locale', decimals: 1, width: 100 },
      target: { header: say('Target', 'Цель'), unit: 'locale', decimals: 0, width: 100 },
      ratio: {
        header: say('Of the target', 'От цели'),
        unit: 'percentunit',
        decimals: 1,
        cell: 'gauge',
        min: 0,
        max: 1.2,
      },
      reached: { header: say('Threshold reached', 'Достигнутый порог'), unit: 'percentunit', decimals: 0, width: 150 },
      next: { header: say('Next', 'Следующий'), unit: 'percentunit', decimals: 0, width: 110 },
      missing: { header: say('Points missing', 'Не хватает баллов'), unit: 'locale', decimals: 0, width: 150 },
    },
  });

const made = () =>
  table({
    title: say('What points are made of', 'Из чего баллы'),
    description: {
      what: say(
        'Actions, those within the caps, and the points they bring.',
        'Действия, из них в пределах лимитов, и баллы за них.',
      ),
      source: 'grafana.score_indicator, grafana.seller',
    },
    noValue: noPoints(),
    query: rows(`
      SELECT coalesce(seller.name, part.user_id) AS "seller", part.indicator AS "indicator", part.actions AS "actions",
             part.credited AS "credited", part.points AS "points"
      FROM grafana.score_indicator part LEFT JOIN grafana.seller seller USING (portal_id, user_id)
      WHERE ${of.portal('part.')} AND ${of.month('part.')} AND ${of.seller('part.user_id')}
      ORDER BY "seller", part.user_id, part.points DESC, part.indicator_id LIMIT 1000
    `),
    columns: {
      seller: { header: say('Seller', 'Продавец') },
      indicator: { header: say('Indicator', 'Показатель') },
      actions: { header: say('Actions', 'Действия'), unit: 'locale', decimals: 0 },
      credited: { header: say('Credited', 'Засчитано'), unit: 'locale', decimals: 0 },
      points: { header: say('Points', 'Баллы'), unit: 'locale', decimals: 1 },
    },
  });

/** Points of people against the thresholds of their schemes. */
export const score = (): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-score',
    title: say('Score', 'Баллы'),
    folder: say('Sales', 'Продажи'),
    audience: 'client',
    description: say(
      'How far are people from the thresholds of their schemes?',
      'Как далеко люди от порогов своих схем?',
    ),
    range: '30d',
    refresh: '15m',
    variables: [variable.portal(), variable.month(), variable.sellers()],
    sections: [
      head(
        evenLine(
          4,
          scoreStat(
            say('People with points', 'Людей с баллами'),
            say('People whom a scheme with points pays.', 'Люди, которым платит схема с баллами.'),
            'count(*)',
            'locale',
          ),
          scoreStat(
            say('On target', 'Выполнили цель'),
            say('Of these, with all points of the target.', 'Из них набрали все баллы цели.'),
            'count(*) FILTER (WHERE score.ratio >= 1)',
            'locale',
          ),
          scoreStat(
            say('Median of the target', 'Медиана от цели'),
            say('Half of the people have a larger share of their target.', 'У половины людей доля цели больше.'),
            'percentile_cont(0.5) WITHIN GROUP (ORDER BY score.ratio)',
            'percentunit',
          ),
          figuresAsOf(),
        ),
      ),
      section(say('Thresholds', 'Пороги'), line(10, [9, ratios()], [15, people()])),
      section(say('Distribution', 'Распределение'), line(9, [9, distribution()], [15, made()])),
    ],
  });
