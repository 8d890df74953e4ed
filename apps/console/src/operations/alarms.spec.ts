import { existsSync } from 'node:fs';
import { describe, expect, it, test } from '@jest/globals';
import type { OperationsSummary, Signal } from '../api/schema.js';
import { en } from '../i18n/en.js';
import type { Translate } from '../i18n/i18n.js';
import type { Language } from '../i18n/language.js';
import { fillMessage } from '../i18n/message.js';
import { ru } from '../i18n/ru.js';
import { alarmAdvice, alarmReason, alarmText } from './alarm-words.js';
import { alarmsOf, runbooks, standingOf } from './alarms.js';
import type { Alarm } from './alarms.js';
import { bucket, calm, portal, signal } from './operations.spec-fixture.js';

const say: Record<Language, Translate> = {
  ru: (key, values) => fillMessage(ru[key], 'ru', values),
  en: (key, values) => fillMessage(en[key], 'en', values),
};
/** Spaces that do not break are as good as any. */
const plain = (text: string) => text.replaceAll(/[\u00a0\u202f]/g, ' ');
const told = (alarm: Alarm | undefined, language: Language) =>
  alarm === undefined ? '' : plain(alarmText(alarm, say[language], language));

const hour = 3600;
const inSeconds = { unit: 'seconds' } as const;
const ofInstallation = { portalId: null, portalName: null };

/** What is said of each signal that there is. */
const sentences: Record<Signal['signal'], [Partial<Signal>, string, string]> = {
  capture_lag: [
    { ...inSeconds, value: 1260, warnAt: 900, criticalAt: hour },
    'Последний успешный опрос был 21 мин назад, допускается 15 мин.',
    'The last successful poll was 21 mins ago; 15 mins is allowed.',
  ],
  capture_silent: [
    { ...inSeconds, value: 420, criticalAt: 300, standing: 'critical' },
    'О портале ничего не записано уже 7 мин, допускается 5 мин.',
    'Nothing has been written about the portal for 7 mins; 5 mins is allowed.',
  ],
  connection_broken: [
    { standing: 'critical', criticalAt: 0 },
    'Портал не принимает наши запросы.',
    'The portal does not accept our requests.',
  ],
  certificate_age: [
    { ...inSeconds, value: 60 * hour, warnAt: 26 * hour, criticalAt: 50 * hour, standing: 'critical' },
    'Полнота не подтверждалась 2 дн. 12 ч, допускается 2 дн. 2 ч.',
    'Completeness has not been confirmed for 2 days 12 hrs; 2 days 2 hrs is allowed.',
  ],
  unexplained: [
    { unit: 'count', value: 4 },
    'Последняя сверка не объясняет 4 расхождения с порталом.',
    'The last count leaves 4 differences from the portal unexplained.',
  ],
  visibility_lost: [
    { unit: 'count', value: 2, standing: 'critical', criticalAt: 0 },
    'Сразу пропало больше записей, чем удаляют: затронуты 2 вида.',
    'More records vanished at once than anybody deletes: 2 kinds are affected.',
  ],
  rules_frozen: [{}, 'Правила не проверяются: их часы стоят.', 'Rules are not judged: their clock stands still.'],
  cases_overdue: [
    { unit: 'count', value: 3 },
    '3 случая в очереди просрочены, старейший — на 5 ч.',
    '3 cases in the queue are overdue, the oldest for 5 hrs.',
  ],
  cases_near_due: [
    { unit: 'count', value: 21 },
    'У 21 случая в очереди прошло три четверти срока.',
    'Three quarters of the time of 21 cases in the queue have passed.',
  ],
  plan_pace: [
    { unit: 'times', value: 2.25, warnAt: 1.5, subject: 'Отдел продаж' },
    'План «Отдел продаж»: в оставшиеся дни нужно в 2,3 раза больше, чем получалось, допускается 1,5.',
    'Plan “Отдел продаж”: the days left ask for 2.3 times what the days gone brought; 1.5 is allowed.',
  ],
  figures_age: [
    { ...inSeconds, value: 900, warnAt: 600 },
    'Цифры планов и баллов для отчётов не обновлялись 15 мин, допускается 10 мин.',
    'Figures of plans and points for reports have not been renewed for 15 mins; 10 mins is allowed.',
  ],
  outbox_overdue: [
    { ...inSeconds, value: 2 * hour, warnAt: hour, subject: 'task' },
    'Сообщения в портал не уходят (задача): старейшее ждёт 2 ч, допускается 1 ч.',
    'Messages do not leave for the portal (a task): the oldest has waited 2 hrs, 1 hr is allowed.',
  ],
  read_model_lag: [
    { ...inSeconds, ...ofInstallation, value: 90, warnAt: 60, criticalAt: 600, subject: 'plan:7' },
    'Цифры «plan» отстают от журнала на 1 мин 30 с, допускается 1 мин; корзины: 7.',
    'Figures “plan” are 1 min 30 secs behind the log, 1 min is allowed; buckets 7.',
  ],
  read_model_stopped: [
    { ...ofInstallation, standing: 'critical', criticalAt: 0, subject: 'funnel:7' },
    'Обработка «funnel» остановлена, корзины: 7.',
    'Processing of “funnel” has stopped in buckets 7.',
  ],
  quarantine_age: [
    { ...inSeconds, value: 90, criticalAt: hour },
    'События портала в карантине, старейшее ждёт 1 мин 30 с; цифры их не учитывают.',
    'Events of the portal are in quarantine, the oldest for 1 min 30 secs; figures do not include them.',
  ],
};

const overdue = { open: 9, overdue: 3, nearDue: 0, disputed: 0, oldestOverdueSeconds: 5 * hour };
const known = [portal('Ромашка', { portalId: 'p1', connectionCode: 'TOKEN_EXPIRED', queue: overdue })];

test.each(Object.entries(sentences))('%s is said in both languages', (name, [figures, russian, english]) => {
  const alarms = alarmsOf([signal(name as Signal['signal'], figures)], calm, known);
  expect([alarms.length, told(alarms[0], 'ru'), told(alarms[0], 'en')]).toEqual([1, russian, english]);
  for (const language of ['ru', 'en'] as const) {
    expect(alarms.map((alarm) => alarmAdvice(alarm, say[language]))[0]).toMatch(/^[А-ЯA-Z].*\.$/);
  }
});

test('why a portal is refused or its rules are not judged is told by the code', () => {
  const reasonOf = (name: Signal['signal'], rulesFrozenCode: string | null = null) =>
    alarmsOf([signal(name)], calm, [portal('p1', { connectionCode: 'TOKEN_EXPIRED', rulesFrozenCode })]).map((alarm) =>
      alarmReason(alarm, say.en, 'en'),
    )[0];
  expect(reasonOf('connection_broken')).toBe(en['problem.TOKEN_EXPIRED']);
  expect(reasonOf('rules_frozen', 'FACTS_SET_ASIDE')).toBe(en['queue.frozen.FACTS_SET_ASIDE']);
  expect(reasonOf('rules_frozen', 'NEWER')).toContain('NEWER');
  expect(reasonOf('capture_lag')).toBeNull();
});

test('a plan of which nothing was sold has no figure, and a portal that is not known yet no age', () => {
  const [plan] = alarmsOf([signal('plan_pace', { unit: 'times', value: 99, subject: 'А' })], calm, []);
  expect(told(plan, 'ru')).toBe('План «А»: прошедшие рабочие дни не принесли почти ничего.');
  const [cases] = alarmsOf([signal('cases_overdue', { unit: 'count', value: 1 })], calm, []);
  expect(told(cases, 'ru')).toBe('1 случай в очереди просрочен.');
});

describe('alarms', () => {
  it('are none when all is well, also before holes were counted', () => {
    expect(alarmsOf([], calm, known)).toEqual([]);
    expect(alarmsOf([signal('unexplained', { standing: 'well' })], calm, known)).toEqual([]);
    expect(alarmsOf([], { ...calm, holes: { count: null, countedAt: null } }, [])).toEqual([]);
  });

  it('name what the summary alone knows of, beside signals, critical first', () => {
    const summary: OperationsSummary = {
      ...calm,
      lag: [
        { ...bucket, projection: 'funnel@2', bucket: 7, status: 'stopped', worker: null },
        { ...bucket, projection: 'funnel@2', bucket: 8, status: 'stopped', worker: null },
        { ...bucket, bucket: 5, worker: null },
        { ...bucket, projection: 'plan', bucket: 5, worker: null },
      ],
      holes: { count: 2, countedAt: calm.at },
      quarantine: { poison: 1, queued: 3, oldestSeconds: 90 },
    };
    const signals = [
      signal('cases_near_due', { value: 1, unit: 'count' }),
      signal('connection_broken', { standing: 'critical' }),
    ];
    const alarms = alarmsOf(signals, summary, []);
    expect(alarms.map((alarm) => [alarm.standing, told(alarm, 'ru')])).toEqual([
      ['critical', 'В журнале не хватает 2 событий.'],
      ['critical', 'Построение «funnel@2» остановлено, корзины: 7–8.'],
      ['critical', 'Портал не принимает наши запросы.'],
      ['warning', 'В карантине 4 события, старейшее ждёт 1 мин 30 с; цифры их не учитывают.'],
      ['warning', 'Никто не обрабатывает корзины: 5.'],
      ['warning', 'У 1 случая в очереди прошло три четверти срока.'],
    ]);
    expect(told(alarms[0], 'en')).toBe('2 events are missing in the log.');
    expect(told(alarms[1], 'en')).toBe('Building “funnel@2” has stopped in buckets 7–8.');
    expect(told(alarms[3], 'en')).toBe(
      '4 events are in quarantine, the oldest for 1 min 30 secs; figures do not include them.',
    );
    expect(told(alarms[4], 'en')).toBe('Nobody works on buckets 5.');
  });

  it('tell of quarantine once, by the portals that have events in it', () => {
    const summary = { ...calm, quarantine: { poison: 1, queued: 0, oldestSeconds: 90 } };
    const ofPortal = signal('quarantine_age', { ...inSeconds, value: 90, criticalAt: hour });
    expect(alarmsOf([ofPortal], summary, known).map(({ kind }) => kind)).toEqual(['quarantine_age']);
  });

  it('draw buckets of a read model together by how they stand, with the greatest figure, and the relay apart', () => {
    const lag = (subject: string, value: number, standing: Signal['standing'] = 'warning') =>
      signal('read_model_lag', {
        ...{ ...ofInstallation, ...inSeconds, subject, value, standing, warnAt: 60, criticalAt: 600 },
      });
    const signals = [lag('funnel:3', 70), lag('funnel:5', 90), lag('funnel:6', 700, 'critical'), lag('relay:3', 80)];
    const alarms = alarmsOf(signals, calm, []);
    expect(alarms.map(({ kind, standing, value, buckets, limit }) => [kind, standing, value, buckets, limit])).toEqual([
      ['read_model_lag', 'critical', 700, [6], 600],
      ['read_model_lag', 'warning', 90, [3, 5], 60],
      ['relay_lag', 'warning', 80, [3], 60],
    ]);
    expect(told(alarms[2], 'ru')).toBe(
      'Передача в Kafka отстаёт от журнала на 1 мин 20 с, допускается 1 мин; корзины: 3.',
    );
    expect(told(alarms[2], 'en')).toBe(
      'The relay to Kafka is 1 min 20 secs behind the log, 1 min is allowed; buckets 3.',
    );
  });

  it('have a key each, and the portal they are about', () => {
    const signals = [
      signal('outbox_overdue', { subject: 'task' }),
      signal('outbox_overdue', { subject: 'notification' }),
      signal('unexplained', { portalId: 'p2', portalName: 'Лотос' }),
      signal('unexplained'),
    ];
    const alarms = alarmsOf(signals, calm, []);
    expect(new Set(alarms.map(({ key }) => key)).size).toBe(4);
    expect(alarms.map((alarm) => alarm.portal?.name)).toEqual(['Лотос', 'Ромашка', 'Ромашка', 'Ромашка']);
  });
});

test('a portal is marked by the worst of the signals that are asked about', () => {
  const signals = [signal('capture_lag'), signal('capture_silent', { standing: 'critical' }), signal('unexplained')];
  expect(standingOf(signals, 'p1', 'capture_lag', 'capture_silent')).toBe('critical');
  expect(standingOf(signals, 'p1', 'unexplained')).toBe('warning');
  expect(standingOf(signals, 'p1', 'certificate_age')).toBeUndefined();
  expect(standingOf(signals, 'p2', 'capture_lag')).toBeUndefined();
});

test('there is a page to read about each alarm', () => {
  const folder = new URL('../../../../docs/runbooks/', import.meta.url);
  const missing = Object.values(runbooks).filter((name) => !existsSync(new URL(`${name}.md`, folder)));
  expect(missing).toEqual([]);
});
