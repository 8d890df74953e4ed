export type Language = 'ru' | 'en';

export interface Texts {
  data: (path: string, isNew: boolean) => string;
  database: string;
  schema: string;
  broker: (address: string) => string;
  simulator: string;
  simulatedCompany: string;
  portal: (host: string) => string;
  ingest: string;
  projectors: (count: number) => string;
  curator: string;
  api: string;
  open: (address: string) => string;
  firstLink: (address: string) => string;
  firstLinkNote: string;
  demoNote: string;
  databaseOnly: (folder: string) => string;
  stopHint: string;
  stopping: string;
  stopped: string;
  restarting: (name: string, reason: string) => string;
  seconds: (value: number) => string;
}

const ru: Texts = {
  data: (path, isNew) => (isNew ? `Папка данных создана: ${path}` : `Папка данных: ${path}`),
  database: 'База данных запущена',
  schema: 'Схема базы данных готова',
  broker: (address) => `Kafka запущена: ${address}`,
  simulator: 'Учебный портал запущен: компания с историей за шесть месяцев, события каждые несколько секунд',
  simulatedCompany: 'Учебная компания',
  portal: (host) => `Портал подключён: ${host}`,
  ingest: 'Сбор событий запущен',
  projectors: (count) =>
    count === 1 ? 'Построение воронки запущено' : `Построение воронки запущено, процессов: ${count}`,
  curator: 'Правила проверяются',
  api: 'API и консоль запущены',
  open: (address) => `Откройте ${address}`,
  firstLink: (address) => `Первый интегратор: ${address}`,
  firstLinkNote: 'Ссылка одноразовая и действует сутки; новый запуск даст другую, пока интегратора нет.',
  demoNote: 'Посмотреть можно и без неё: на странице входа есть готовые учётные записи учебного портала.',
  databaseOnly: (folder) => `Работает только база данных: npx funnelwatch --data ${folder} …`,
  stopHint: 'Остановить: Ctrl-C. Данные сохранятся.',
  stopping: 'Останавливаюсь…',
  stopped: 'Всё остановлено.',
  restarting: (name, reason) => `${name}: процесс завершился (${reason}), запускаю снова`,
  seconds: (value) => `${value.toFixed(1).replace('.', ',')} с`,
};

const en: Texts = {
  data: (path, isNew) => (isNew ? `Data folder created: ${path}` : `Data folder: ${path}`),
  database: 'Database is up',
  schema: 'Database schema is ready',
  broker: (address) => `Kafka is up: ${address}`,
  simulator: 'Simulated portal is up: a company with six months of history, something happens every few seconds',
  simulatedCompany: 'Demo company',
  portal: (host) => `Portal connected: ${host}`,
  ingest: 'Ingest is running',
  projectors: (count) => (count === 1 ? 'Projector is running' : `${count} projectors are running`),
  curator: 'Rules are being checked',
  api: 'API and console are running',
  open: (address) => `Open ${address}`,
  firstLink: (address) => `First integrator: ${address}`,
  firstLinkNote: 'The link works once, for a day; another start gives another one, as long as there is no integrator.',
  demoNote: 'To look around you do not need it: the sign-in page offers ready accounts of the demo portal.',
  databaseOnly: (folder) => `Only the database runs: npx funnelwatch --data ${folder} …`,
  stopHint: 'Ctrl-C stops everything; the data stays.',
  stopping: 'Stopping…',
  stopped: 'Everything has stopped.',
  restarting: (name, reason) => `${name}: the process ended (${reason}), starting it again`,
  seconds: (value) => `${value.toFixed(1)} s`,
};

/** Lines that `npm start` prints, by language. */
export const textsIn = (language: Language): Texts => (language === 'ru' ? ru : en);
