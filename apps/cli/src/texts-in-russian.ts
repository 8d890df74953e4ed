import type { Texts } from './texts.js';

export const russian: Texts = {
  summary: 'Читает всё, что происходит в CRM Битрикс24, и делает процесс продаж управляемым.',
  help: {
    account: 'люди, которые могут войти',
    accountList: 'список учётных записей с ролями',
    accountFirstLink: 'одноразовая ссылка для первого интегратора; прежняя перестаёт действовать',
    accountResetLink: 'одноразовая ссылка, по которой человек задаёт новый пароль',
    accountRemove: 'удалить учётную запись с ролями и сеансами; в журнале остаётся её номер',
    email: 'почта учётной записи',
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
    keyFile: 'файл с главным ключом (FUNNELWATCH_KEY_FILE; или сам ключ в FUNNELWATCH_KEY)',
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
    key: 'главный ключ, которым зашифрованы вебхуки и ключи личных данных',
    keyRotate:
      'заменить главный ключ новым, пока не работает ничего, кроме базы; команду можно повторять, прерванное она завершит',
    reader: 'учётные записи базы данных, которые только читают показатели некоторых порталов, для дашбордов',
    readerAdd: 'создать такую запись или дать имеющейся эти порталы вместо прежних',
    readerList: 'кто какие порталы читает',
    readerRemove: 'завершить сеансы записи и удалить её',
    readerLogin: 'имя записи: строчные латинские буквы, цифры и _; его видит всякий, кто входит на этот сервер',
    readerPortal: 'идентификатор портала из `portal list`, который ей виден; по одному на каждый',
    readerAllPortals: 'ей видны все порталы, и будущие тоже',
    readerPassword: 'файл с паролем или -, чтобы прочитать его со стандартного ввода; без него пароль остаётся прежним',
    printRoles: 'напечатать SQL, которым администратор создаёт роли, и больше ничего не делать',
  },
  portalWorks: (host, userId, isAdministrator, serverTime, scopes) =>
    `Портал ${host} работает. Вебхук принадлежит пользователю ${userId}${isAdministrator ? ' (администратор)' : ''}, может читать: ${scopes}. Время портала: ${serverTime}.`,
  notAdministrator:
    'Внимание: владелец вебхука не администратор. То, что ему не видно, не собирается, и свидетельство полноты не выдаётся.',
  scopeMissing: (scope) => `Внимание: нет права «${scope}», относящиеся к нему данные не собираются.`,
  confirmAccountRemoval: (email) =>
    `Учётная запись ${email} будет удалена вместе с ролями. Чтобы удалить, добавьте --yes.`,
  accountRemoved: (email) => `Учётная запись ${email} удалена. Её действия остались в журнале под номером.`,
  noAccounts: 'Пока никто не может войти. Ссылка для первого интегратора: funnelwatch account first-link',
  noReaders: 'Отдельных читателей нет. Создайте: funnelwatch reader add <имя> --portal <портал>',
  readerAdded: (login, portals, isNew) =>
    `${isNew ? 'Создана учётная запись' : 'Учётная запись'} ${login}: ${portals === null ? 'видны все порталы' : `видно порталов: ${portals}`}, больше ничего.`,
  readerSeesAll: 'все порталы',
  readerSeesNothing: 'ни одного портала',
  readerCannotLogIn: 'войти не может; уберите: funnelwatch reader remove',
  confirmReaderRemoval: (login) =>
    `Сеансы учётной записи ${login} завершатся, сама она будет удалена. Если это нужно, добавьте --yes.`,
  readerRemoved: (login) => `Учётная запись ${login} удалена.`,
  linkCreated: (link, expiresAt) =>
    `${link}\nСсылка одноразовая, действует до ${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`,
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
  keyRotated: ({ webhooks, subjectKeys, keyFile, oldKeyFile, isResumed }) =>
    `${isResumed ? 'Прерванная замена ключа завершена' : `Новым главным ключом зашифрованы вебхуки (${webhooks}) и ключи (${subjectKeys})`}. Он в файле ${keyFile}: скопируйте его туда, где храните, и запустите Funnelwatch снова. Старый ключ в файле ${oldKeyFile}; он нужен для копий, сделанных до сих пор.`,
  oldKeysLeft: (tables) =>
    `В файлах таблиц ${tables} остались старые версии строк, которые открывает старый ключ: таблицы были заняты. Их уберёт VACUUM (FULL).`,
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
