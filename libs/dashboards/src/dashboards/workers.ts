import { defineDashboard, type DefinedDashboard } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';
import { evenLine, foldedSection, head, line, section } from '../authoring/layout.js';
import { queryVariable } from '../authoring/variables.js';
import * as lag from './workers/lag.js';
import * as log from './workers/log-and-relay.js';
import * as quarantine from './workers/quarantine.js';
import * as work from './workers/work.js';

const projection = (): ReturnType<typeof queryVariable> =>
  queryVariable('projection', {
    label: say('Read models', 'Витрины'),
    selection: 'many',
    sql: `
    SELECT DISTINCT projection AS "__value", projection AS "__text"
    FROM grafana.feed_lag
    ORDER BY projection
    LIMIT 200`,
  });

/** Do workers keep up: how far read models are behind the log, what they set aside, and who works on what. */
export const workers = (): DefinedDashboard =>
  defineDashboard({
    uid: 'fw-workers',
    title: say('Workers', 'Рабочие процессы'),
    folder: say('Operations', 'Работа системы'),
    audience: 'staff',
    description: say(
      'Do the workers keep up with the log, and is anything set aside or stopped?',
      'Успевают ли рабочие процессы за журналом, не отложено и не остановлено ли что-нибудь?',
    ),
    tags: ['operations'],
    range: '24h',
    refresh: '1m',
    variables: [projection()],
    sections: [
      head(
        evenLine(
          4,
          lag.secondsNow(),
          lag.eventsNow(),
          lag.stoppedNow(),
          quarantine.countNow(),
          quarantine.oldestNow(),
          lag.asOf(),
        ),
      ),
      section(
        say('Lag', 'Отставание'),
        line(8, [12, lag.secondsOverTime()], [12, lag.eventsOverTime()]),
        line(8, [12, lag.appliedOverTime()], [12, lag.batchTime()]),
        line(10, [24, lag.byBucket()]),
      ),
      section(say('Quarantine', 'Карантин'), line(9, [8, quarantine.overTime()], [16, quarantine.rows()])),
      section(say('Work', 'Работа'), line(9, [10, work.workersAndBuckets()], [14, work.rebuilds()])),
      section(
        say('Log and relay', 'Журнал и передача'),
        line(8, [6, log.holesNow()], [6, log.relayNow()], [12, log.relayOverTime()]),
      ),
      foldedSection(
        say('Kafka in detail', 'Kafka подробно'),
        line(8, [12, log.relayedOverTime()], [12, log.guardOverTime()]),
        line(10, [24, log.relayByBucket()]),
      ),
    ],
  });
