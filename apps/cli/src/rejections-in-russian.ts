/** Sentences of the libraries in Russian, by code; what is not here is said in English. */
export const rejectionsInRussian: Record<string, string | undefined> = {
  WEBHOOK_URL_INVALID:
    'Это не адрес входящего вебхука. Скопируйте его в Битрикс24: Разработчикам → Другое → Входящий вебхук; он выглядит так: https://example.bitrix24.ru/rest/1/код/.',
  INTEGRATOR_EXISTS: 'Интегратор уже есть. Если забыт пароль: funnelwatch account reset-link <почта>.',
  LAST_INTEGRATOR: 'Это единственный интегратор. Сначала пригласите другого: иначе управлять будет некому.',
  ACCOUNT_UNKNOWN: 'Такой учётной записи нет. Список: funnelwatch account list',
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
  READ_MODEL_UNKNOWN: 'Такой модели чтения нет. Есть: funnel, curation, plan, motivation.',
  READ_MODEL_OF_OTHER_VERSION:
    'Модель чтения построена другой версией программы. Постройте её заново целиком: funnelwatch rebuild funnel.',
  REBUILD_STREAM_NOT_SEPARABLE:
    'Строки этого потока нельзя отделить от других. Постройте заново весь портал: без --stream.',
  REBUILD_PORTAL_NOT_TOLD: 'Скажите, какого портала этот поток: --portal <id>.',
  REBUILD_UNDER_WAY: 'Модель уже строится заново. Ход: funnelwatch rebuild funnel --status, отмена: --cancel.',
  GENERATION_NOT_DROPPABLE: 'Это поколение работает, или его нет: ничего не удалено.',
  GENERATION_UNKNOWN: 'Поколения в таком состоянии нет.',
  BACKUP_OF_OTHER_KEY:
    'Копия сделана с другим главным ключом. Восстанавливайте с файлом ключа того времени: после замены ключа это файл с датой в имени (--key-file). Ничего не восстановлено.',
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
    'Данные этой базы зашифрованы другим главным ключом. Укажите файл ключа этой базы или восстановите его из своей копии; после прерванной команды funnelwatch key rotate повторите её, она завершит начатое. Ничего не изменено.',
  KEY_INVALID: 'В FUNNELWATCH_KEY нет 32 байтов в base64. Укажите то, что стоит в вашей копии файла ключа.',
  KEY_TOLD_TWICE: 'Главный ключ указан дважды. Оставьте FUNNELWATCH_KEY_FILE или FUNNELWATCH_KEY, другое уберите.',
  KEY_FILE_UNWRITABLE:
    'Новый ключ не записать рядом со старым с теми же правами. Выполните команду от имени владельца файла ключа; папка должна быть доступна для записи, на диске должно быть место. Затем повторите команду.',
  KEYS_UNREADABLE:
    'Один из вебхуков или ключей не открывается ни прежним, ни новым главным ключом: он повреждён. Ничего не изменено. Какой именно, скажет та же команда с --lang en.',
  KEY_ROTATION_BUSY:
    'Главный ключ меняют, только пока с базой не работает ни одна программа Funnelwatch. Остановите всё, кроме базы (npm start -- --database-only; docker compose stop ingest projector api), и повторите. Ничего не изменено.',
  KEY_ROTATION_NEEDS_FILE:
    'Новому главному ключу нужен файл. Запишите нынешний ключ в файл, выполните funnelwatch --key-file ФАЙЛ key rotate и укажите в FUNNELWATCH_KEY то, что будет в файле потом.',
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
  READER_NAME_INVALID:
    'Имя читателя начинается со строчной латинской буквы или _ и состоит не более чем из 63 строчных латинских букв, цифр и _; pg_…, public и none заняты.',
  READER_NAME_RESERVED: 'Это учётная запись или роль самого Funnelwatch. Возьмите другое имя.',
  READER_PORTALS_UNCLEAR:
    'Скажите, какие порталы видны: --portal для каждого или --all-portals для всех, и будущих тоже.',
  READER_PASSWORD_MISSING: 'Такой учётной записи ещё нет, и ей нужен пароль: --password-file.',
  PASSWORD_FILE_UNREADABLE: 'Файл пароля не читается. Проверьте путь и права.',
  ROLE_IS_NO_READER:
    'На этом сервере есть роль с таким именем, и она не читатель: ей можно больше или она входит в другие группы. Возьмите другое имя.',
  READERS_NOT_ALLOWED:
    'Этой учётной записи не разрешено создавать и удалять читателей. Войдите как владелец базы данных, которому можно создавать роли.',
  READER_UNKNOWN: 'Такого читателя нет. Список: funnelwatch reader list',
  READER_NOT_REMOVABLE:
    'Читатель больше ничего не видит и войти не может. Имя осталось: ему что-то принадлежит или даны права вручную. Пусть администратор сервера заберёт их, затем повторите команду.',
  CERTIFICATE_FILE_UNREADABLE: 'Файл сертификата из FUNNELWATCH_PORTAL_CA не читается. Проверьте путь и права.',
  PORTAL_CHANGED: 'Кто-то другой тем временем изменил этот портал. Посмотрите, что стало, и повторите.',
  NOTHING_TO_SET: 'Скажите, что изменить: --name, --zone, --language, --days или --hours.',
  LANGUAGE_UNKNOWN: 'Funnelwatch говорит на ru и en.',
  WORKING_HOURS_INVALID:
    'Таких рабочих часов нет. Дни пишутся как 1-5 (понедельник — 1), часы как 09:00-18:00, начало раньше конца.',
  HOST_TAKEN: 'Портал с таким адресом уже подключён.',
};
