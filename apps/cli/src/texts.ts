import type { DamageKind } from '@funnelwatch/event-log';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { Language } from './language.js';

export interface Texts {
  summary: string;
  help: Record<
    | 'portal'
    | 'check'
    | 'add'
    | 'list'
    | 'verify'
    | 'status'
    | 'migrate'
    | 'webhook'
    | 'name'
    | 'zone'
    | 'databaseUrl'
    | 'keyFile'
    | 'data'
    | 'json'
    | 'lang'
    | 'bucket'
    | 'new'
    | 'confirmDeletions'
    | 'set'
    | 'language'
    | 'days'
    | 'hours'
    | 'newWebhook'
    | 'pause'
    | 'resume'
    | 'remove'
    | 'removeYes'
    | 'rebuild'
    | 'readModel'
    | 'rebuildRate'
    | 'backup'
    | 'backupFolder'
    | 'backupKeys'
    | 'restore'
    | 'restoreFolder'
    | 'restoreKeys'
    | 'erasures'
    | 'verifyReadModels'
    | 'rebuildDetach'
    | 'rebuildStatus'
    | 'rebuildCancel'
    | 'rebuildRollBack'
    | 'rebuildDrop'
    | 'rebuildPortal'
    | 'rebuildStream'
    | 'portalId'
    | 'quarantine'
    | 'quarantineList'
    | 'quarantineRetry'
    | 'quarantineId'
    | 'projection'
    | 'all'
    | 'withLogins'
    | 'noRoles'
    | 'printRoles'
    | 'erase'
    | 'subject'
    | 'yes'
    | 'eraseKeys',
    string
  >;
  portalWorks: (host: string, userId: string, isAdministrator: boolean, serverTime: string, scopes: string) => string;
  notAdministrator: string;
  scopeMissing: (scope: string) => string;
  portalAdded: (host: string, portalId: string) => string;
  noPortals: string;
  portalSet: (portal: RegisteredPortal) => string;
  webhookReplaced: (name: string) => string;
  portalPaused: (name: string) => string;
  portalResumed: (name: string) => string;
  confirmRemoval: (name: string, host: string) => string;
  portalRemoved: (name: string) => string;
  connection: Record<'connecting' | 'connected' | 'failed', string>;
  phase: Record<'waiting' | 'configuration' | 'backfill' | 'live' | 'failed', string>;
  status: Record<'active' | 'paused' | 'removed', string>;
  backfill: (done: number, total: number) => string;
  visibilityLoss: (kind: string, held: number, missing: number) => string;
  generationState: Record<'building' | 'serving' | 'retired' | 'failed', string>;
  rebuildProgress: (done: number, total: number, perSecond: number, secondsLeft: number | null) => string;
  rebuildDiffers: (difference: string) => string;
  tableCopied: (table: string, rows: number, bytes: number) => string;
  backedUp: (folder: string, bytes: number, keysFolder: string) => string;
  restored: (madeAt: string, events: number, erased: number) => string;
  switchPostponed: (reason: string) => string;
  partProgress: (done: number, total: number) => string;
  partRebuilt: (part: { events: number; setAside: number; position: string; heldMs: number }) => string;
  deletionsConfirmed: (kind: string, missing: number) => string;
  nothingInDoubt: string;
  lastTick: (secondsAgo: number | null) => string;
  watermark: (through: string | null) => string;
  certificate: (day: string | null) => string;
  logPosition: (position: string) => string;
  databaseReady: (applied: number) => string;
  loginsReady: (logins: string) => string;
  eraseNeedsYes: (subject: string) => string;
  erased: (subject: string, linked: number, events: number) => string;
  readModelsNotTold: string;
  notRewritten: (tables: string) => string;
  listNotRenewed: string;
  topicReady: (topic: string, isNew: boolean) => string;
  bucketIntact: (bucket: number, from: number, through: number, events: number, erased: number) => string;
  bucketDamaged: (bucket: number, damages: number) => string;
  damage: Record<DamageKind, string>;
  checkpointAhead: (projection: string, bucket: number, position: number, head: number) => string;
  checkpointStopped: (projection: string, bucket: number, position: number, code: string) => string;
  certificateAge: (portal: string, minutes: number | null) => string;
  readModelCompared: (readModel: string, portals: number, wrong: number) => string;
  logIntact: (events: number) => string;
  logDamaged: string;
  quarantineEmpty: string;
  waitsBehind: string;
  quarantinedFor: (seconds: number, attempts: number) => string;
  retryRequested: (events: number) => string;
}

const en: Texts = {
  summary: 'Reads everything that happens in a Bitrix24 CRM and makes the sales process manageable.',
  help: {
    portal: 'connect portals',
    check: 'try a webhook and say what it may read; changes nothing',
    add: 'check a webhook and connect its portal',
    list: 'portals that are connected',
    verify: 'prove that the log has no hole and that nothing in it was changed',
    status: 'what is captured and how fresh it is',
    migrate: "bring the database to this program's version",
    webhook: 'address of the inbound webhook, or - to read it from the standard input',
    name: 'name to show for the portal',
    zone: 'time zone in which days are counted, such as Europe/Moscow',
    databaseUrl: 'address of the PostgreSQL database (DATABASE_URL)',
    keyFile: 'file with the master key (FUNNELWATCH_KEY_FILE)',
    data: 'data folder of a running `npm start` (FUNNELWATCH_DATA)',
    json: 'answer in JSON',
    lang: 'language of the answers, en or ru',
    bucket: 'one bucket only',
    new: 'only what came since the last verification',
    confirmDeletions: 'say that records which went out of sight were really deleted',
    set: 'change the name, the zone, the language or the working hours of a portal',
    language: 'ru or en',
    days: 'working days, such as 1-5 (Monday is 1)',
    hours: 'hours of a working day, such as 09:00-18:00',
    newWebhook: 'give a portal another webhook: a new code, or the address after a renaming',
    pause: 'stop reading a portal; all that is known stays',
    resume: 'go on reading a paused portal; nothing is left out',
    remove: 'take a portal out of every list and erase its webhook; its history stays in the log',
    removeYes: 'do it without asking',
    backup: 'copy everything that cannot be made again, while the system works',
    backupFolder: 'folder to make; must not exist',
    backupKeys: 'folder for copies of the keys, kept apart; copies older than 30 days are removed from it',
    restore: 'fill an empty, migrated database from a backup, while nothing runs on it',
    restoreFolder: 'folder of the backup',
    restoreKeys: 'folder with the copies of the keys',
    verifyReadModels: 'compare read models with what the log makes, too',
    erasures: 'list of erased people, when a newer one is kept elsewhere',
    rebuild: 'build a read model anew beside the one that serves, and let it take over',
    readModel: 'name of the read model, such as funnel',
    rebuildRate: 'most events a second',
    rebuildDetach: 'do not wait for the end',
    rebuildStatus: 'show generations and progress, change nothing',
    rebuildCancel: 'give up the build under way',
    rebuildRollBack: 'go back to the generation that served before',
    rebuildDrop: 'remove a generation that does not serve',
    rebuildPortal: 'only the rows of this portal, in what serves',
    rebuildStream: 'only the rows of this stream of the portal, such as deal:123',
    portalId: 'id of the portal, as `portal list` shows it',
    quarantine: 'events that a read model could not apply',
    quarantineList: 'what was set aside, why, and what waits behind it',
    quarantineRetry: 'try an event again, with all that waits in its stream',
    quarantineId: 'number of the event, as `quarantine list` shows it',
    projection: 'one read model only, such as funnel',
    all: 'everything in quarantine',
    withLogins:
      'also make the logins of the programs, with the passwords in this folder (files ingest_database_password, projector_…, api_…, operator_…, grafana_…)',
    noRoles: 'leave roles and their rights as they are',
    erase:
      'make everything that is known of a person or company unreadable for ever, with the texts of deals, activities and tasks linked to it; may be repeated, and completes what was interrupted',
    subject: 'whom to erase: contact:12, lead:5, company:7 or user:9, by the ids of the portal',
    yes: 'really do it: there is no way back',
    eraseKeys:
      'folder of the copies of keys (as in `backup`): the list of the erased in it is renewed, by which restores go',
    printRoles: 'print the SQL by which an administrator makes the roles, and do nothing else',
  },
  portalWorks: (host, userId, isAdministrator, serverTime, scopes) =>
    `${host} works. The webhook belongs to user ${userId}${isAdministrator ? ', an administrator' : ''}; it may read: ${scopes}. Portal time: ${serverTime}.`,
  notAdministrator:
    'Note: its owner is no administrator. What he may not read is not captured, and no certificate of completeness is issued.',
  scopeMissing: (scope) => `Note: the right “${scope}” is missing; what it covers is not captured.`,
  portalAdded: (host, portalId) => `${host} is connected (${portalId}). Reading begins as soon as Funnelwatch runs.`,
  portalSet: ({ name, zone, language, workingHours: { days, from, to } }) =>
    `${name}: zone ${zone}, language ${language}, working days ${days.join(', ')} from ${from} to ${to}.`,
  webhookReplaced: (name) => `${name} has its new webhook. Reading goes on where it was.`,
  portalPaused: (name) => `${name} is not being read any more. Resume with: funnelwatch portal resume`,
  portalResumed: (name) => `${name} is being read again, from where it was left.`,
  confirmRemoval: (name, host) =>
    `This takes ${name} (${host}) out of every list and erases its webhook; its history stays in the log. If that is meant, add --yes.`,
  portalRemoved: (name) =>
    `${name} was removed. Connected again under the same address, it carries on with its history.`,
  noPortals: 'No portal is connected. Connect one with: funnelwatch portal add <webhook>',
  connection: { connecting: 'connecting', connected: 'connected', failed: 'failed' },
  phase: {
    waiting: 'waiting to begin',
    configuration: 'reading the configuration',
    backfill: 'reading the history',
    live: 'live',
    failed: 'failed',
  },
  status: { active: 'active', paused: 'paused', removed: 'removed' },
  backfill: (done, total) => `history: ${done} of ${total} records read`,
  visibilityLoss: (kind, held, missing) =>
    `${missing} of ${held} records (${kind}) are no longer visible: check the rights of the webhook's owner. Nothing is taken for deleted until you say so: funnelwatch portal confirm-deletions.`,
  generationState: { building: 'is built', serving: 'serves', retired: 'served before', failed: 'differs' },
  rebuildProgress: (done, total, perSecond, secondsLeft) =>
    `${done} of ${total} events, ${perSecond} a second${secondsLeft === null ? '' : `, ${secondsLeft} s left`}`,
  tableCopied: (table, rows, bytes) => `${table}: ${rows} rows, ${(bytes / 1_048_576).toFixed(1)} MiB`,
  backedUp: (folder, bytes, keysFolder) =>
    `The backup is in ${folder} (${(bytes / 1_048_576).toFixed(1)} MiB), its keys are in ${keysFolder}. Keep the two and the master key apart.`,
  restored: (madeAt, events, erased) =>
    `Restored as of ${madeAt}: ${events} events, intact. ${erased} erased people stay erased. Read models are made anew when projectors start.`,
  rebuildDiffers: (difference) =>
    `The new rows are not those that serve, which go on serving: ${difference || 'the build was given up'}.`,
  switchPostponed: (reason) => `Nothing was switched: ${reason}. Try again.`,
  partProgress: (done, total) => `through position ${done} of ${total}`,
  partRebuilt: ({ events, setAside, position, heldMs }) =>
    `Made anew from ${events} events, at ${position}${setAside === 0 ? '' : `; ${setAside} of them cannot be applied and are in quarantine`}. Updates of the bucket waited for ${heldMs} ms.`,
  deletionsConfirmed: (kind, missing) =>
    `${missing} records (${kind}) will be asked for one by one and recorded as deleted.`,
  nothingInDoubt: 'Nothing is in doubt at this portal.',
  lastTick: (seconds) => (seconds === null ? 'not read yet' : `last read ${seconds} s ago`),
  watermark: (through) => (through === null ? 'no complete data yet' : `data complete through ${through}`),
  certificate: (day) => (day === null ? 'no certificate yet' : `last certificate: ${day}`),
  logPosition: (position) => `log position ${position}`,
  eraseNeedsYes: (subject) => `Erasing ${subject} cannot be taken back. Say it with --yes.`,
  erased: (subject, linked, events) =>
    `${subject} is erased, with the texts of ${linked} linked records; ${events} events were emptied now. Programs that run forget opened texts within a minute.`,
  readModelsNotTold: 'The read models have not passed the event of it yet: they will when a projector runs.',
  notRewritten: (tables) =>
    `Old versions of rows are left in the files of ${tables}, which were in use. Run the command again later.`,
  listNotRenewed:
    'The list by which restores go was not renewed: name the folder of the copies of keys with --keys, or make a backup now.',
  loginsReady: (logins) => `The logins ${logins} are ready.`,
  topicReady: (topic, isNew) =>
    isNew ? `The topic ${topic} was made.` : `The topic ${topic} is there and as it must be.`,
  databaseReady: (applied) =>
    applied === 0 ? 'The database is up to date.' : `The database is ready: ${applied} changes applied.`,
  bucketIntact: (bucket, from, through, events, erased) =>
    `bucket ${bucket}: ${events} events (${from} to ${through}), no hole, chain intact${erased > 0 ? `, ${erased} erased on request` : ''}`,
  bucketDamaged: (bucket, damages) => `bucket ${bucket}: ${damages} damages`,
  damage: {
    missing: 'is missing',
    content: 'was changed',
    'sealed content': 'has changed sealed parts',
    identity: 'has columns that differ from its content',
    chain: 'does not follow the event before it',
    'beyond the counter': 'lies beyond the counter of its bucket',
    'counter hash': 'ends a chain that the counter does not know',
    'rewritten since it was verified': 'was rewritten since it was verified',
  },
  checkpointAhead: (projection, bucket, position, head) =>
    `${projection} is at ${bucket}:${position}, the log ends at ${bucket}:${head}: it was made from another log.`,
  checkpointStopped: (projection, bucket, position, code) =>
    `${projection} cannot go on after ${bucket}:${position} (${code}).`,
  certificateAge: (portal, minutes) =>
    minutes === null
      ? `${portal}: no certificate of completeness yet`
      : `${portal}: certified complete ${minutes} min ago`,
  readModelCompared: (readModel, portals, wrong) =>
    wrong === 0
      ? `${readModel}: ${portals} portals, every row is what the log makes.`
      : `${readModel}: ${wrong} of ${portals} portals differ from what the log makes. Run: funnelwatch rebuild ${readModel} --portal …`,
  logIntact: (events) => `The log is intact: ${events} events checked.`,
  logDamaged: 'The log is damaged. Stop Funnelwatch and restore the database from a backup.',
  quarantineEmpty: 'Nothing is in quarantine.',
  waitsBehind: 'waits behind an earlier event',
  quarantinedFor: (seconds, attempts) => `for ${seconds} s, tried ${attempts} times`,
  retryRequested: (events) =>
    `${events} events will be tried again in order within seconds, if the projector runs. Look again: funnelwatch quarantine list`,
};

const ru: Texts = {
  summary: 'Читает всё, что происходит в CRM Битрикс24, и делает процесс продаж управляемым.',
  help: {
    portal: 'подключение порталов',
    check: 'проверить вебхук и сказать, что он может читать; ничего не меняет',
    add: 'проверить вебхук и подключить его портал',
    list: 'подключённые порталы',
    verify: 'доказать, что в журнале нет пропусков и ничего не изменено',
    status: 'что собрано и насколько это свежее',
    migrate: 'привести базу данных к версии этой программы',
    webhook: 'адрес входящего вебхука или -, чтобы прочитать его со стандартного ввода',
    name: 'название портала для показа',
    zone: 'часовой пояс, в котором считаются дни, например Europe/Moscow',
    databaseUrl: 'адрес базы данных PostgreSQL (DATABASE_URL)',
    keyFile: 'файл с главным ключом (FUNNELWATCH_KEY_FILE)',
    data: 'папка данных работающего `npm start` (FUNNELWATCH_DATA)',
    json: 'ответ в JSON',
    lang: 'язык ответов, en или ru',
    bucket: 'только одна корзина',
    new: 'только то, что добавилось после прошлой проверки',
    confirmDeletions: 'подтвердить, что пропавшие из виду записи действительно удалены',
    set: 'изменить название, часовой пояс, язык или рабочее время портала',
    language: 'ru или en',
    days: 'рабочие дни, например 1-5 (понедельник — 1)',
    hours: 'часы рабочего дня, например 09:00-18:00',
    newWebhook: 'дать порталу другой вебхук: новый код или адрес после переименования',
    pause: 'приостановить чтение портала; всё собранное остаётся',
    resume: 'возобновить чтение портала; ничего не будет пропущено',
    remove: 'убрать портал из всех списков и стереть его вебхук; история остаётся в журнале',
    removeYes: 'сделать без вопросов',
    backup: 'скопировать всё, что нельзя получить заново, не останавливая работу',
    backupFolder: 'папка копии; её ещё не должно быть',
    backupKeys: 'папка для копий ключей, хранимая отдельно; копии старше 30 дней из неё удаляются',
    restore: 'заполнить пустую подготовленную базу из копии, пока с ней никто не работает',
    restoreFolder: 'папка копии',
    restoreKeys: 'папка с копиями ключей',
    verifyReadModels: 'и сравнить модели чтения с тем, что получается из журнала',
    erasures: 'список стёртых людей, если более новый хранится в другом месте',
    rebuild: 'построить модель чтения заново рядом с работающей и переключиться на неё',
    readModel: 'имя модели чтения, например funnel',
    rebuildRate: 'не больше стольких событий в секунду',
    rebuildDetach: 'не ждать окончания',
    rebuildStatus: 'показать поколения и ход построения, ничего не меняя',
    rebuildCancel: 'отказаться от идущего построения',
    rebuildRollBack: 'вернуться к поколению, которое работало раньше',
    rebuildDrop: 'удалить неработающее поколение',
    rebuildPortal: 'только строки этого портала, в работающем поколении',
    rebuildStream: 'только строки этого потока портала, например deal:123',
    portalId: 'идентификатор портала из `portal list`',
    quarantine: 'события, которые модель чтения не смогла применить',
    quarantineList: 'что отложено, почему и что ждёт следом',
    quarantineRetry: 'попробовать событие снова вместе со всем, что ждёт в его потоке',
    quarantineId: 'номер события из `quarantine list`',
    projection: 'только одна модель чтения, например funnel',
    all: 'всё, что в карантине',
    withLogins:
      'также создать учётные записи программ с паролями из этой папки (файлы ingest_database_password, projector_…, api_…, operator_…, grafana_…)',
    noRoles: 'не трогать роли и их права',
    erase:
      'навсегда сделать нечитаемым всё, что известно о человеке или компании, вместе с текстами связанных сделок, дел и задач; можно повторять, прерванное доводится до конца',
    subject: 'кого стереть: contact:12, lead:5, company:7 или user:9, по идентификаторам портала',
    yes: 'действительно сделать: вернуть будет нельзя',
    eraseKeys: 'папка копий ключей (как в `backup`): в ней обновляется список стёртых, по которому идёт восстановление',
    printRoles: 'напечатать SQL, которым администратор создаёт роли, и больше ничего не делать',
  },
  portalWorks: (host, userId, isAdministrator, serverTime, scopes) =>
    `Портал ${host} работает. Вебхук принадлежит пользователю ${userId}${isAdministrator ? ' (администратор)' : ''}, может читать: ${scopes}. Время портала: ${serverTime}.`,
  notAdministrator:
    'Внимание: владелец вебхука не администратор. То, что ему не видно, не собирается, и свидетельство полноты не выдаётся.',
  scopeMissing: (scope) => `Внимание: нет права «${scope}», относящиеся к нему данные не собираются.`,
  portalAdded: (host, portalId) =>
    `Портал ${host} подключён (${portalId}). Чтение начнётся, как только Funnelwatch запущен.`,
  portalSet: ({ name, zone, language, workingHours: { days, from, to } }) =>
    `${name}: пояс ${zone}, язык ${language}, рабочие дни ${days.join(', ')} с ${from} до ${to}.`,
  webhookReplaced: (name) => `У портала ${name} новый вебхук. Чтение продолжится с того же места.`,
  portalPaused: (name) => `Портал ${name} больше не читается. Возобновить: funnelwatch portal resume`,
  portalResumed: (name) => `Портал ${name} снова читается, с того места, где остановились.`,
  confirmRemoval: (name, host) =>
    `Портал ${name} (${host}) исчезнет из всех списков, его вебхук будет стёрт; история останется в журнале. Если это нужно, добавьте --yes.`,
  portalRemoved: (name) => `Портал ${name} убран. Подключённый с тем же адресом снова, он продолжит свою историю.`,
  noPortals: 'Ни один портал не подключён. Подключите: funnelwatch portal add <вебхук>',
  connection: { connecting: 'подключается', connected: 'подключён', failed: 'ошибка' },
  phase: {
    waiting: 'ждёт начала',
    configuration: 'читает настройки',
    backfill: 'читает историю',
    live: 'следит за изменениями',
    failed: 'ошибка',
  },
  status: { active: 'активен', paused: 'приостановлен', removed: 'удалён' },
  backfill: (done, total) => `история: прочитано ${done} из ${total} записей`,
  visibilityLoss: (kind, held, missing) =>
    `${missing} из ${held} записей (${kind}) больше не видны: проверьте права владельца вебхука. Удалёнными они не считаются, пока вы этого не подтвердите: funnelwatch portal confirm-deletions.`,
  generationState: { building: 'строится', serving: 'работает', retired: 'работало раньше', failed: 'расходится' },
  rebuildProgress: (done, total, perSecond, secondsLeft) =>
    `${done} из ${total} событий, ${perSecond} в секунду${secondsLeft === null ? '' : `, осталось ${secondsLeft} с`}`,
  tableCopied: (table, rows, bytes) => `${table}: ${rows} строк, ${(bytes / 1_048_576).toFixed(1)} МиБ`,
  backedUp: (folder, bytes, keysFolder) =>
    `Копия в ${folder} (${(bytes / 1_048_576).toFixed(1)} МиБ), ключи к ней в ${keysFolder}. Храните их и главный ключ порознь.`,
  restored: (madeAt, events, erased) =>
    `Восстановлено на ${madeAt}: событий ${events}, журнал цел. Стёртых людей, оставшихся стёртыми: ${erased}. Модели чтения построятся заново при запуске projector.`,
  rebuildDiffers: (difference) =>
    `Новые строки не совпали с работающими, работают прежние: ${difference || 'построение отменено'}.`,
  switchPostponed: (reason) => `Переключения не было: ${reason}. Повторите.`,
  partProgress: (done, total) => `до позиции ${done} из ${total}`,
  partRebuilt: ({ events, setAside, position, heldMs }) =>
    `Построено заново, событий: ${events}, позиция ${position}${setAside === 0 ? '' : `; в карантине, так как их нельзя применить: ${setAside}`}. Обновления этой части журнала ждали ${heldMs} мс.`,
  deletionsConfirmed: (kind, missing) => `${missing} записей (${kind}) будут запрошены по одной и отмечены удалёнными.`,
  nothingInDoubt: 'У этого портала нет записей под вопросом.',
  lastTick: (seconds) => (seconds === null ? 'ещё не читался' : `прочитан ${seconds} с назад`),
  watermark: (through) => (through === null ? 'полных данных ещё нет' : `данные полны по ${through}`),
  certificate: (day) => (day === null ? 'свидетельства ещё нет' : `последнее свидетельство: ${day}`),
  logPosition: (position) => `позиция журнала ${position}`,
  eraseNeedsYes: (subject) => `Стирание ${subject} нельзя отменить. Подтвердите его с --yes.`,
  erased: (subject, linked, events) =>
    `${subject}: стёрто, вместе с текстами связанных записей (${linked}); опустошено событий: ${events}. Работающие программы забудут открытые тексты в течение минуты.`,
  readModelsNotTold: 'Модели чтения ещё не дошли до события об этом: дойдут, когда заработает projector.',
  notRewritten: (tables) =>
    `Старые версии строк остались в файлах таблиц ${tables}: они были заняты. Повторите команду позже.`,
  listNotRenewed:
    'Список, по которому идёт восстановление, не обновлён: укажите папку копий ключей через --keys или сделайте резервную копию.',
  loginsReady: (logins) => `Учётные записи ${logins} готовы.`,
  topicReady: (topic, isNew) => (isNew ? `Топик ${topic} создан.` : `Топик ${topic} уже есть, настройки верны.`),
  databaseReady: (applied) =>
    applied === 0 ? 'База данных в нужном состоянии.' : `База данных готова, изменений применено: ${applied}.`,
  bucketIntact: (bucket, from, through, events, erased) =>
    `корзина ${bucket}: событий ${events} (с ${from} по ${through}), пропусков нет, цепочка цела${erased > 0 ? `, стёрто по запросу: ${erased}` : ''}`,
  bucketDamaged: (bucket, damages) => `корзина ${bucket}: повреждений ${damages}`,
  damage: {
    missing: 'отсутствует',
    content: 'изменено',
    'sealed content': 'изменены зашифрованные части',
    identity: 'столбцы расходятся с содержанием',
    chain: 'не продолжает предыдущее событие',
    'beyond the counter': 'лежит за счётчиком корзины',
    'counter hash': 'завершает цепочку, неизвестную счётчику',
    'rewritten since it was verified': 'переписано после проверки',
  },
  checkpointAhead: (projection, bucket, position, head) =>
    `${projection} стоит на ${bucket}:${position}, а журнал кончается на ${bucket}:${head}: модель сделана из другого журнала.`,
  checkpointStopped: (projection, bucket, position, code) =>
    `${projection} не может идти дальше ${bucket}:${position} (${code}).`,
  certificateAge: (portal, minutes) =>
    minutes === null
      ? `${portal}: сертификата полноты ещё нет`
      : `${portal}: полнота подтверждена ${minutes} мин назад`,
  readModelCompared: (readModel, portals, wrong) =>
    wrong === 0
      ? `${readModel}: порталов ${portals}, каждая строка такова, какой её делает журнал.`
      : `${readModel}: расходятся порталы: ${wrong} из ${portals}. Выполните: funnelwatch rebuild ${readModel} --portal …`,
  logIntact: (events) => `Журнал цел, проверено событий: ${events}.`,
  logDamaged: 'Журнал повреждён. Остановите Funnelwatch и восстановите базу данных из резервной копии.',
  quarantineEmpty: 'В карантине ничего нет.',
  waitsBehind: 'ждёт более раннее событие',
  quarantinedFor: (seconds, attempts) => `уже ${seconds} с, попыток: ${attempts}`,
  retryRequested: (events) =>
    `Событий, которые будут испробованы снова по порядку в ближайшие секунды, если работает projector: ${events}. Проверьте: funnelwatch quarantine list`,
};

export const textsIn = (language: Language): Texts => (language === 'ru' ? ru : en);

/** Sentences of the libraries in Russian, by code; what is not here is said in English. */
export const rejectionsInRussian: Record<string, string | undefined> = {
  WEBHOOK_URL_INVALID:
    'Это не адрес входящего вебхука. Скопируйте его в Битрикс24: Разработчикам → Другое → Входящий вебхук; он выглядит так: https://example.bitrix24.ru/rest/1/код/.',
  ZONE_INVALID: 'Такого часового пояса нет. Укажите, например, Europe/Moscow.',
  KEY_FILE_MISSING: 'Файла главного ключа нет. Восстановите его из резервной копии или укажите FUNNELWATCH_KEY_FILE.',
  KEY_FILE_INVALID:
    'В файле главного ключа нет 32 байтов в base64. Восстановите его из резервной копии или укажите FUNNELWATCH_KEY_FILE.',
  CREDENTIALS_UNREADABLE:
    'Вебхук не расшифровывается этим ключом. Укажите тот файл ключа, с которым портал подключали.',
  TOPIC_DIFFERS:
    'Топик Kafka настроен не так, как нужно. Исправьте его настройки или остановите всё, удалите топик и выполните funnelwatch migrate: в нём только копии.',
  KAFKA_UNREACHABLE: 'Kafka не отвечает. Запустите её или проверьте KAFKA_BROKERS.',
  PORTAL_UNKNOWN: 'Такого портала нет. Список порталов: funnelwatch portal list',
  QUARANTINED_EVENT_UNKNOWN:
    'Такого события в карантине нет. Возможно, его уже применили: посмотрите funnelwatch quarantine list',
  QUARANTINE_RETRY_UNCLEAR: 'Скажите, какое событие попробовать снова: его номер или --all.',
  READ_MODEL_UNKNOWN: 'Такой модели чтения нет. Есть: funnel.',
  READ_MODEL_OF_OTHER_VERSION:
    'Модель чтения построена другой версией программы. Постройте её заново целиком: funnelwatch rebuild funnel.',
  REBUILD_STREAM_NOT_SEPARABLE:
    'Строки этого потока нельзя отделить от других. Постройте заново весь портал: без --stream.',
  REBUILD_PORTAL_NOT_TOLD: 'Скажите, какого портала этот поток: --portal <id>.',
  REBUILD_UNDER_WAY: 'Модель уже строится заново. Ход: funnelwatch rebuild funnel --status, отмена: --cancel.',
  GENERATION_NOT_DROPPABLE: 'Это поколение работает, или его нет: ничего не удалено.',
  GENERATION_UNKNOWN: 'Поколения в таком состоянии нет.',
  BACKUP_FOLDER_TAKEN: 'Такая папка уже есть. Назовите папку, которой ещё нет.',
  BACKUP_UNREADABLE: 'В этой папке нет законченной копии.',
  BACKUP_NEWER:
    'Копия сделана более новой версией, или база не подготовлена. Выполните funnelwatch migrate или восстановите той версией, что её сделала.',
  BACKUP_DAMAGED: 'Копия повреждена: файл отсутствует или изменён. Ничего не восстановлено.',
  RESTORE_NOT_EMPTY: 'База не пуста. Создайте новую, выполните funnelwatch migrate и восстановите в неё.',
  ERASURES_UNREADABLE: 'Список стёртых людей не читается, без него они вернулись бы. Укажите новейший: --erasures.',
  RESTORED_LOG_DAMAGED:
    'Восстановленный журнал не совпал с копией. Ничего не запускайте на этой базе, восстановите другую копию.',
  KEY_FILE_OTHER:
    'Порталы этой базы подключены с другим файлом ключа. Укажите файл ключа этой базы; ничего не изменено.',
  DATABASE_NEWER_THAN_PROGRAM:
    'База данных подготовлена более новой версией Funnelwatch. Запустите её или восстановите резервную копию этой версии.',
  CONNECTION_NOT_TOLD:
    'Неизвестно, какую базу данных использовать. Запустите Funnelwatch (npm start) или укажите DATABASE_URL и FUNNELWATCH_KEY_FILE.',
  DATABASE_UNREACHABLE: 'База данных не отвечает. Запустите Funnelwatch (npm start) или проверьте DATABASE_URL.',
  DATABASE_LOGIN_REFUSED: 'База данных не принимает имя или пароль. Проверьте DATABASE_URL.',
  DATABASE_NOT_PREPARED: 'База данных ещё не подготовлена. Выполните: funnelwatch migrate',
  ERASURE_SUBJECT_INVALID: 'Так никого не зовут. Укажите contact:12, lead:5, company:7 или user:9.',
  ERASURE_SUBJECT_UNKNOWN: 'В этом портале о нём ничего не известно. Проверьте идентификатор.',
  ROLES_NOT_ALLOWED:
    'Этой учётной записи не разрешено настраивать роли базы данных. Пусть администратор сервера выполнит infra/postgres/roles.sql; войдите как funnelwatch_operator или тем, кому можно создавать роли.',
  LOGIN_PASSWORDS_MISSING:
    'В папке нет файлов с паролями. Нужны файлы вида ingest_database_password, projector_database_password, api_database_password.',
  LOGIN_PASSWORD_INVALID:
    'Пароль учётной записи должен состоять из 12–256 печатных символов ASCII без пробелов. Исправьте файл пароля.',
  CERTIFICATE_FILE_UNREADABLE: 'Файл сертификата из FUNNELWATCH_PORTAL_CA не читается. Проверьте путь и права.',
};
