import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { head, line, section } from '../authoring/layout.js';
import { consoleLink, linkTo } from '../authoring/links.js';
import { dataAsOf } from '../authoring/panels/data-as-of.js';
import { stat } from '../authoring/panels/stat.js';
import { table } from '../authoring/panels/table.js';
import { rows } from '../authoring/queries.js';
import { selected } from '../authoring/selected.js';
import { limitsOf } from '../authoring/signal-limits.js';
import { duration } from '../authoring/units.js';
import { variable } from '../authoring/variables.js';
import { signalNames } from './signal-names.js';
import { figureSql, secondsSql, standingSql } from './signals-sql.js';
import { standings } from './standings.js';

const toPortal = () => linkTo('fw-portal', { portal: 'portal_id' }, { title: say('Portal', 'Портал') });
const allWell = (): string => say('all is well', 'всё в порядке');

const countOf = (title: string, what: string, standing: 1 | 2) =>
  stat({
    title,
    description: {
      what,
      source: 'grafana.signal',
      whenRed: say('Open the gravest one in the table below.', 'Откройте самое тяжёлое в таблице ниже.'),
    },
    unit: 'locale',
    decimals: 0,
    noValue: allWell(),
    limits: standing === 2 ? { worse: 'higher', criticalAt: 1 } : { worse: 'higher', warnAt: 1 },
    query: rows(`
      SELECT count(*) FILTER (WHERE ${standingSql('signal', 'value')} = ${standing}) AS "count"
      FROM grafana.signal WHERE portal_id IS NULL OR ${selected.portal()}
    `),
  });

const portalsStat = (title: string, what: string, condition: string, whenRed?: string) =>
  stat({
    title,
    description: { what, source: 'grafana.portal', ...(whenRed && { whenRed }) },
    unit: 'locale',
    decimals: 0,
    noValue: say('no portals', 'порталов нет'),
    ...(whenRed && { limits: { worse: 'higher', criticalAt: 1 } as const }),
    query: rows(
      `SELECT count(*) FILTER (WHERE ${condition}) AS "portals" FROM grafana.portal WHERE ${selected.portal()}`,
    ),
  });

const attention = () =>
  table({
    title: say('What needs somebody (now)', 'Что требует внимания (сейчас)'),
    description: {
      what: say(
        'Everything that is beyond its bound now, the gravest first: portals, plans, queues, read models.',
        'Всё, что вышло за границы сейчас, самое тяжёлое первым: порталы, планы, очереди, витрины.',
      ),
      source: 'grafana.signal',
      whenRed: say('Open the portal; each alert has a runbook.', 'Откройте портал; у каждой тревоги есть инструкция.'),
    },
    noValue: allWell(),
    query: rows(`
      WITH stood AS (
        SELECT signal.signal, signal.portal_id, signal.portal, signal.subject, signal.value, ${standingSql('signal.signal', 'signal.value')} AS standing
        FROM grafana.signal signal WHERE signal.portal_id IS NULL OR ${selected.portal('signal.portal_id')}
      )
      SELECT standing AS "standing", portal_id::text AS "portal_id", nullif(portal, '') AS "portal", signal AS "signal",
             subject AS "subject",
             ${secondsSql('signal', 'value')} AS "seconds", ${figureSql('signal', 'value')} AS "figure"
      FROM stood WHERE standing > 0
      ORDER BY standing DESC, signal, value DESC, portal LIMIT 200
    `),
    columns: {
      standing: { header: say('State', 'Состояние'), mapping: standings(), cell: 'background', width: 110 },
      portal_id: 'hidden',
      portal: { header: say('Portal', 'Портал'), links: [toPortal()] },
      signal: {
        header: say('What', 'Что'),
        mapping: Object.fromEntries(Object.entries(signalNames()).map(([name, text]) => [name, { text }])),
      },
      subject: { header: say('Of', 'Где') },
      seconds: { header: say('For', 'Сколько'), unit: duration(), decimals: 0, width: 200 },
      figure: { header: say('Figure', 'Значение'), unit: 'locale', decimals: 1, width: 110 },
    },
  });

const portals = () =>
  table({
    title: say('Portals (now)', 'Порталы (сейчас)'),
    description: {
      what: say(
        'Each portal: how fresh and complete its data is, its queue, and its plan of the month.',
        'Каждый портал: свежесть и полнота данных, очередь и план месяца.',
      ),
      source: 'grafana.portal, grafana.queue, grafana.plan_money',
      whenRed: say('Open the portal.', 'Откройте портал.'),
    },
    noValue: say('no portals', 'порталов нет'),
    query: rows(`
      WITH worst AS (
        SELECT portal_id, max(${standingSql('signal', 'value')}) AS standing FROM grafana.signal
        WHERE ${selected.portal()} GROUP BY portal_id
      ), money AS (
        SELECT money.portal_id, sum(money.sold_kopecks)::float8 / nullif(sum(money.target_kopecks), 0) AS share, max(money.elapsed) AS elapsed
        FROM grafana.plan_money money JOIN grafana.portal portal USING (portal_id) JOIN grafana.figures_run run USING (portal_id)
        WHERE ${selected.portal('money.portal_id')} AND money.user_id = ''
          AND money.month = to_char(coalesce(run.as_of, run.published_at) AT TIME ZONE portal.zone, 'YYYY-MM')
        GROUP BY money.portal_id
      )
      SELECT portal.portal_id::text AS "portal_id", portal.name AS "portal", worst.standing AS "standing",
             CASE WHEN portal.status = 'paused' THEN 'paused' WHEN portal.connection_state = 'failed' THEN 'failed'
                  ELSE portal.phase END AS "phase",
             ceil(portal.data_age_seconds) AS "data_age", ceil(portal.certificate_age_seconds) AS "certificate_age",
             portal.unexplained AS "unexplained", queue.open AS "open", queue.overdue AS "overdue", money.share AS "share",
             money.elapsed AS "elapsed"
      FROM grafana.portal portal LEFT JOIN worst USING (portal_id) LEFT JOIN grafana.queue queue USING (portal_id)
      LEFT JOIN money USING (portal_id)
      WHERE ${selected.portal('portal.portal_id')}
      ORDER BY worst.standing DESC, portal.name, portal.portal_id LIMIT 500
    `),
    columns: {
      portal_id: 'hidden',
      portal: {
        header: say('Portal', 'Портал'),
        links: [toPortal(), consoleLink('/portals/{portal_id}/funnel', say('Console', 'Консоль'))],
      },
      standing: { header: say('State', 'Состояние'), mapping: standings(), cell: 'background', width: 110 },
      phase: { header: say('Capture', 'Сбор данных'), mapping: phases(), width: 160 },
      data_age: {
        header: say('Data age', 'Возраст данных'),
        unit: duration(),
        decimals: 0,
        limits: limitsOf('capture_lag'),
      },
      certificate_age: {
        header: say('Certified', 'Полнота'),
        unit: duration(),
        decimals: 0,
        limits: limitsOf('certificate_age'),
      },
      unexplained: {
        header: say('Unexplained', 'Необъяснено'),
        unit: 'locale',
        decimals: 0,
        limits: limitsOf('unexplained'),
      },
      open: { header: say('Queue', 'Очередь'), unit: 'locale', decimals: 0 },
      overdue: { header: say('Overdue', 'Просрочено'), unit: 'locale', decimals: 0, limits: limitsOf('cases_overdue') },
      share: { header: say('Plan', 'План'), unit: 'percentunit', decimals: 0 },
      elapsed: { header: say('Time', 'Время'), unit: 'percentunit', decimals: 0 },
    },
  });

const phases = () => ({
  waiting: { text: say('waiting', 'ждёт') },
  configuration: { text: say('configuration', 'настройка') },
  backfill: { text: say('first reading', 'читается история'), color: 'blue' as const },
  live: { text: say('live', 'читается'), color: 'green' as const },
  paused: { text: say('paused', 'на паузе') },
  failed: { text: say('failed', 'нет связи'), color: 'red' as const },
});

const state = () =>
  line(
    4,
    [
      5,
      countOf(
        say('Critical (now)', 'Критично (сейчас)'),
        say('Figures beyond their critical bound.', 'Показатели за критической границей.'),
        2,
      ),
    ],
    [
      5,
      countOf(
        say('Warnings (now)', 'Предупреждения (сейчас)'),
        say('Figures beyond their first bound.', 'Показатели за первой границей.'),
        1,
      ),
    ],
    [
      5,
      portalsStat(
        say('Portals read', 'Читаются'),
        say('Portals that are read live.', 'Порталы, изменения которых читаются.'),
        `status = 'active' AND connection_state <> 'failed' AND phase = 'live'`,
      ),
    ],
    [
      5,
      portalsStat(
        say('Connection broken', 'Связь порвана'),
        say('Portals that cannot be read.', 'Порталы, которые нельзя прочесть.'),
        `status = 'active' AND connection_state = 'failed'`,
        say(
          'The code in the table of portals says why; hand in a new webhook.',
          'Код в таблице порталов говорит почему; задайте новый вебхук.',
        ),
      ),
    ],
    [4, dataAsOf()],
  );

/** All portals: which one needs somebody. */
export const fleet = (): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-fleet',
    title: say('Fleet', 'Все порталы'),
    folder: say('Operations', 'Работа системы'),
    audience: 'staff',
    description: say('Which portal needs me?', 'Какому порталу я нужен?'),
    range: '24h',
    refresh: '1m',
    variables: [variable.portals()],
    sections: [
      head(state()),
      section(say('Attention', 'Внимание'), line(9, [24, attention()])),
      section(say('Portals', 'Порталы'), line(12, [24, portals()])),
    ],
  });
