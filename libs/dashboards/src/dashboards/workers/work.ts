import { say } from '../../authoring/language.js';
import { table } from '../../authoring/panels/table.js';
import { rows } from '../../authoring/queries.js';
import { workerName } from './worker-name.js';

export const workersAndBuckets = (): ReturnType<typeof table> =>
  table({
    title: say('Workers and their buckets (now)', 'Процессы и их корзины (сейчас)'),
    description: {
      what: say(
        'Workers that are alive, with the buckets that they hold. A bucket that nobody holds is taken within seconds; a worker without buckets has found none free.',
        'Живые процессы и корзины, которые они держат. Ничью корзину забирают за секунды; процесс без корзин не нашёл свободных.',
      ),
      source: 'grafana.worker',
    },
    noValue: say('no worker is alive', 'живых процессов нет'),
    query: rows(`
      WITH working AS (
        SELECT group_name, worker, count(bucket) AS buckets, range_agg(int4range(bucket, bucket + 1)) AS held
        FROM grafana.worker GROUP BY group_name, worker
      )
      SELECT group_name, ${workerName('worker')} AS worker, buckets,
             (SELECT string_agg(CASE WHEN upper(run) - lower(run) = 1 THEN lower(run)::text
                                     ELSE lower(run) || '–' || upper(run) - 1 END, ', ' ORDER BY lower(run))
              FROM unnest(held) run) AS held
      FROM working
      ORDER BY group_name, working.worker
      LIMIT 500
    `),
    columns: {
      group_name: { header: say('Read model', 'Витрина'), width: 110 },
      worker: { header: say('Worker', 'Процесс') },
      buckets: { header: say('Buckets', 'Корзин'), unit: 'none', decimals: 0, width: 80 },
      held: { header: say('Which', 'Какие'), width: 90, noValue: say('none', 'нет') },
    },
  });

export const rebuilds = (): ReturnType<typeof table> =>
  table({
    title: say('Generations and rebuilds (now)', 'Поколения и перестройки (сейчас)'),
    description: {
      what: say(
        'Generations of read models: the one that serves and those built beside it, with how much of the log they hold. The new one takes over by itself when its rows are the same.',
        'Поколения витрин: действующее и строящиеся рядом, с долей журнала в них. Новое сменит старое само, когда его строки совпадут.',
      ),
      source: 'grafana.rebuild',
      whenRed: say(
        'the new generation differed from the one that serves, which goes on serving; the reason is in its row.',
        'новое поколение разошлось с действующим, и действует прежнее; причина в строке.',
      ),
    },
    noValue: say('no read model is known', 'витрин нет'),
    query: rows(`
      SELECT projection, generation, state, share, done, total, events_per_second, seconds_left, requested_at, failure
      FROM grafana.rebuild
      ORDER BY requested_at DESC NULLS LAST, projection, generation
      LIMIT 100
    `),
    columns: {
      projection: { header: say('Read model', 'Витрина') },
      generation: { header: say('Generation', 'Поколение'), unit: 'none', decimals: 0, width: 100 },
      state: {
        header: say('State', 'Состояние'),
        width: 100,
        mapping: {
          building: { text: say('building', 'строится'), color: 'blue' },
          serving: { text: say('serving', 'действует'), color: 'green' },
          retired: { text: say('retired', 'в запасе'), color: 'text' },
          failed: { text: say('failed', 'не удалось'), color: 'red' },
        },
      },
      share: {
        header: say('Built', 'Построено'),
        unit: 'percentunit',
        decimals: 1,
        width: 140,
        cell: 'gauge',
        min: 0,
        max: 1,
      },
      done: { header: say('Events done', 'Событий готово'), unit: 'short', decimals: 1, width: 110 },
      total: { header: say('Events in all', 'Событий всего'), unit: 'short', decimals: 1, width: 110 },
      events_per_second: { header: say('Speed', 'Скорость'), unit: 'eps', decimals: 0, width: 100 },
      seconds_left: { header: say('Time left', 'Осталось'), unit: 's', decimals: 0, width: 100 },
      requested_at: { header: say('Asked for', 'Запрошено'), width: 170 },
      failure: { header: say('Why it failed', 'Почему не удалось') },
    },
  });
