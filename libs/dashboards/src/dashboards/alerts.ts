import { type Signal, type SignalBounds, signals } from '@funnelwatch/reporting-contracts';
import { defineSqlAlert, type SqlAlert, type SqlAlertSpec } from '../alerts/sql-alert.js';
import { AuthoringError } from '../authoring/authoring-error.js';
import { type DefinedDashboard, panelRef } from '../authoring/dashboard.js';
import { say } from '../authoring/language.js';

type Told = Pick<SqlAlertSpec, 'title' | 'summary' | 'description' | 'runbook'> &
  Partial<Pick<SqlAlertSpec, 'for' | 'noDataState' | 'execErrState' | 'team' | 'audience' | 'group'>>;

/** One figure for each thing that is watched, healthy ones too. */
const figuresOf = (signal: Signal): string => `
  SELECT portal AS "portal", coalesce(portal_id::text, '') AS "portal_id", subject AS "subject", value AS "value"
  FROM grafana.signal WHERE signal = '${signal}'
  ORDER BY portal, portal_id, subject LIMIT 5000`;

const portalName = '{{ .Labels.portal }}';

/** What each alert says; the figure and its bounds are those of the signal. */
const told = (): Partial<Record<Signal, Told>> => ({
  capture_lag: {
    title: 'IngestionLagHigh',
    summary: say(`${portalName} has not been read for long`, `${portalName} давно не читался`),
    description: say(
      'Seconds since the last successful poll: {{ .Values.A }}. Portals that are paused or whose connection is broken count as none.',
      'Секунд с последнего успешного опроса: {{ .Values.A }}. Порталы на паузе и с порванной связью не считаются.',
    ),
    runbook: 'ingestion-lag-high',
    for: '10m',
    noDataState: 'Alerting',
    execErrState: 'Error',
  },
  capture_silent: {
    title: 'IngestionStalled',
    summary: say(`Nothing is heard of capture of ${portalName}`, `От сбора данных портала ${portalName} нет вестей`),
    description: say(
      'Seconds since capture last wrote anything about the portal, success or not: {{ .Values.A }}. Ingest is down, or hangs.',
      'Секунд с последней записи сбора данных о портале, удачной или нет: {{ .Values.A }}. Ingest не работает или завис.',
    ),
    runbook: 'ingestion-stalled',
    for: '5m',
    noDataState: 'Alerting',
    execErrState: 'Alerting',
  },
  connection_broken: {
    title: 'PortalAuthBroken',
    summary: say(`The connection to ${portalName} is broken`, `Связь с порталом ${portalName} порвана`),
    description: say(
      'The portal refuses the webhook or cannot be reached. Its page in the console names the reason.',
      'Портал не принимает вебхук или недоступен. Причина на его странице в консоли.',
    ),
    runbook: 'portal-auth-broken',
    for: '5m',
  },
  certificate_age: {
    title: 'CertificateOld',
    summary: say(`Completeness of ${portalName} is not certified`, `Полнота портала ${portalName} не подтверждена`),
    description: say(
      'Seconds since completeness was certified, or since the portal was connected: {{ .Values.A }}.',
      'Секунд с последнего сертификата полноты или с подключения: {{ .Values.A }}.',
    ),
    runbook: 'certificate-old',
    for: '15m',
  },
  unexplained: {
    title: 'RecordsUnexplained',
    summary: say(`Records of ${portalName} are unaccounted for`, `Записи портала ${portalName} не сходятся`),
    description: say(
      'Records that the last certificate could not account for: {{ .Values.A }}.',
      'Записей, которые не объяснил последний сертификат полноты: {{ .Values.A }}.',
    ),
    runbook: 'records-unexplained',
    for: '30m',
  },
  visibility_lost: {
    title: 'VisibilityLost',
    summary: say(`Rights in ${portalName} were lost`, `Потеряны права на портале ${portalName}`),
    description: say(
      'Kinds of records of which more vanished at once than deletions explain: {{ .Values.A }}. Nothing is recorded as deleted until somebody decides.',
      'Видов записей, пропавших разом больше, чем объясняют удаления: {{ .Values.A }}. Пока никто не решил, удаления не записываются.',
    ),
    runbook: 'visibility-lost',
    for: '5m',
  },
  rules_frozen: {
    title: 'RuleClockFrozen',
    summary: say(`Rules of ${portalName} are not judged`, `Правила портала ${portalName} не проверяются`),
    description: say(
      'No case opens there until the cause is gone.',
      'Случаи там не открываются, пока причина не устранена.',
    ),
    runbook: 'rule-clock-frozen',
    for: '10m',
  },
  cases_overdue: {
    title: 'ViolationSlaBreach',
    summary: say(`Cases of ${portalName} are overdue`, `Случаи портала ${portalName} просрочены`),
    description: say(
      'Cases that wait beyond their deadline: {{ .Values.A }}.',
      'Случаев после срока: {{ .Values.A }}.',
    ),
    runbook: 'violation-sla-breach',
    for: '0s',
    team: 'account',
  },
  cases_near_due: {
    title: 'ViolationSlaNear',
    summary: say(`Cases of ${portalName} are nearly due`, `Сроки случаев портала ${portalName} подходят`),
    description: say(
      'Cases with three quarters of their time passed: {{ .Values.A }}.',
      'Случаев, у которых прошло три четверти срока: {{ .Values.A }}.',
    ),
    runbook: 'violation-sla-near',
    for: '0s',
    team: 'account',
  },
  plan_pace: {
    title: 'PlanAtRisk',
    summary: say(
      `The plan {{ .Labels.subject }} of ${portalName} is at risk`,
      `План «{{ .Labels.subject }}» портала ${portalName} под угрозой`,
    ),
    description: say(
      'What is left asks {{ .Values.A }} times the pace of the working days so far.',
      'Остаток требует темпа в {{ .Values.A }} раза выше, чем был до сих пор.',
    ),
    runbook: 'plan-at-risk',
    for: '30m',
    team: 'account',
    audience: 'client',
  },
  figures_age: {
    title: 'FiguresStale',
    summary: say(`Figures of ${portalName} are stale`, `Цифры портала ${portalName} устарели`),
    description: say(
      'Seconds since plans and points were last written for dashboards: {{ .Values.A }}.',
      'Секунд с последней записи планов и баллов для дашбордов: {{ .Values.A }}.',
    ),
    runbook: 'figures-stale',
    for: '5m',
  },
  outbox_overdue: {
    title: 'OutboxOverdue',
    summary: say(`Messages to ${portalName} are waiting`, `Сообщения порталу ${portalName} ждут`),
    description: say(
      'Seconds that the oldest due {{ .Labels.subject }} has waited: {{ .Values.A }}.',
      'Сколько секунд ждёт самое старое сообщение ({{ .Labels.subject }}): {{ .Values.A }}.',
    ),
    runbook: 'outbox-overdue',
    for: '10m',
    noDataState: 'OK',
  },
  read_model_lag: {
    title: 'ReadModelStale',
    summary: say('The read model {{ .Labels.subject }} is behind', 'Витрина {{ .Labels.subject }} отстаёт'),
    description: say(
      'Age of its oldest event that is not applied, in seconds: {{ .Values.A }}. Figures of the portals of the bucket are that old.',
      'Возраст старейшего неприменённого события, секунд: {{ .Values.A }}. Настолько стары цифры порталов этой корзины.',
    ),
    runbook: 'read-model-stale',
    for: '5m',
    group: 'read models',
    noDataState: 'Alerting',
  },
  read_model_stopped: {
    title: 'ReadModelStopped',
    summary: say('The read model {{ .Labels.subject }} has stopped', 'Витрина {{ .Labels.subject }} остановилась'),
    description: say(
      'Going on would be wrong there. The log of its worker says why.',
      'Идти дальше было бы ошибкой. Причина в журнале рабочего процесса.',
    ),
    runbook: 'projection-stopped',
    for: '1m',
    group: 'read models',
  },
  quarantine_age: {
    title: 'QuarantineOld',
    summary: say(`Events of ${portalName} are in quarantine`, `События портала ${portalName} в карантине`),
    description: say(
      'Seconds since the first was set aside: {{ .Values.A }}. The records are shown as they were before it.',
      'Секунд с первого отложенного: {{ .Values.A }}. Записи показаны такими, какими были до него.',
    ),
    runbook: 'quarantine-old',
    for: '5m',
    group: 'read models',
  },
});

/** Where an alert leads: to the panel that shows its figure. */
const shownAt = (): Partial<Record<Signal, [uid: string, panel: string]>> => ({
  plan_pace: ['fw-plan', say('Chance to make the sales', 'Вероятность выполнить продажи')],
  cases_overdue: ['fw-discipline', say('Overdue (now)', 'Просрочено (сейчас)')],
  cases_near_due: ['fw-discipline', say('In the queue (now)', 'В очереди (сейчас)')],
  read_model_lag: ['fw-workers', say('Lag (now)', 'Отставание (сейчас)')],
});

function panelOf(signal: Signal, dashboards: readonly DefinedDashboard[]) {
  const [uid, title] = shownAt()[signal] ?? [
    'fw-fleet',
    say('What needs somebody (now)', 'Что требует внимания (сейчас)'),
  ];
  const dashboard = dashboards.find((known) => known.uid === uid);
  if (!dashboard) throw new AuthoringError('ALERT_DASHBOARD', `${signal} leads to ${uid}, which is not there.`);
  return { folder: dashboard.folder, panel: panelRef(dashboard, title) };
}

/**
 * Rules of what is watched: one for each bound of a signal.
 *
 * @throws AuthoringError ALERT_DASHBOARD, PANEL_UNKNOWN and those of `defineSqlAlert`
 */
export function signalAlerts(dashboards: readonly DefinedDashboard[]): SqlAlert[] {
  return (Object.entries(told()) as [Signal, Told][]).flatMap(([signal, { title, ...words }]) => {
    const { warnAt, criticalAt }: SignalBounds = signals[signal];
    const isDouble = warnAt !== null && criticalAt !== null;
    const rule = (threshold: number, severity: 'warning' | 'critical', name: string): SqlAlert =>
      defineSqlAlert({
        ...{ uid: `fw-${name.replaceAll(/(?!^)([A-Z])/g, '-$1').toLowerCase()}`, title: name },
        ...panelOf(signal, dashboards),
        group: words.team === 'account' ? 'business' : 'portals',
        sql: figuresOf(signal),
        ...{ op: 'gt', threshold, for: '5m', noDataState: 'OK', execErrState: 'Error' },
        ...{ severity, team: 'operations' },
        ...words,
      });
    return [
      ...(warnAt === null ? [] : [rule(warnAt, 'warning', title)]),
      ...(criticalAt === null ? [] : [rule(criticalAt, 'critical', isDouble ? `${title}Critical` : title)]),
    ];
  });
}
