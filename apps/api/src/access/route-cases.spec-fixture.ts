import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { march as planOfMarch } from '../plans/written-plan.spec-fixture.js';
import { plainScheme } from '../schemes/written-scheme.spec-fixture.js';
import type { Need } from './needs.decorator.js';

/** Ids of one portal and of what belongs to it, or of things that do not exist at all. */
export interface Place {
  portalId: string;
  /** A deal that the person with the role `seller` is responsible for. */
  recordId: string;
  /** User of the portal who has no account yet. */
  freeUserId: string;
  /** Somebody with a role that a head may change. */
  memberId: string;
  otherMemberId: string;
  invitationId: string;
  substitutionId: string;
  sessionId: string;
  /** Somebody with a role for the whole installation. */
  integratorId: string;
  installationInvitationId: string;
  quarantineId: string;
  /** About user 4. */
  caseId: string;
  /** A view of the queue that whoever asks has saved. */
  viewId: string;
  templateId: string;
  silenceId: string;
  backtestId: string;
  /** Feedback on the case that has not left. */
  messageId: string;
  /** Of a link in a message to user 4. */
  answerToken: string;
  /** Binds user 4. */
  planId: string;
  /** Pays user 4. */
  schemeId: string;
  /** A closed month in which user 4 was paid, or one that can be closed. */
  payMonth: string;
  paidUserId: string;
  /** Of user 4. */
  disputeId: string;
  /** Drawn of the work of user 4. */
  auditId: string;
  /** About user 4. */
  coachingId: string;
  /** The gold case that whoever asks is shown. */
  goldCaseId: string;
  /** Who asks for figures: `all`, or the user a seller is. */
  seller: string;
  /** Webhook of a portal that answers. */
  webhookUrl: string;
  token: string;
  resetToken: string;
  email: string;
  password: string;
}

interface RouteRequest {
  query?: Record<string, string>;
  body?: object;
}

interface RouteCase {
  /** Beside what stands in the path. */
  request?: (place: Place) => RouteRequest;
  /** What the route changes cannot serve another try: it is given a portal and a person of its own. */
  isOnce?: true;
  /** A personal request: what is asked about is never part of a portal. */
  isPersonal?: true;
}

export interface Operation {
  name: string;
  method: string;
  path: string;
  need: Need;
}

/** Everything that the OpenAPI document lists. */
export async function operationsOfTheDocument(): Promise<Operation[]> {
  const text = await readFile(new URL('../../openapi.json', import.meta.url), 'utf8');
  const document = JSON.parse(text) as { paths: Record<string, Record<string, { 'x-needs': Need }>> };
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      name: `${method.toUpperCase()} ${path}`,
      method: method.toUpperCase(),
      path,
      need: operation['x-needs'],
    })),
  );
}

const place = ({ seller }: Place) => ({ pipeline: 'deal:0', seller });
const march = (at: Place) => ({ ...place(at), month: '2026-03' });
const won = (at: Place) => ({ ...place(at), view: 'now', figure: 'won' });
const now = Date.now();
const inDays = (days: number) => new Date(now + days * 86_400_000).toISOString();

const portal = '/api/v1/portals/{portalId}';

const words = { ru: 'слова', en: 'words' };
const oneItemChecklist = {
  title: words,
  passMark: 70,
  items: [{ itemId: 'need', title: words, anchors: [words, words], weight: 1, isAutoFail: false }],
};

/** A rule that stands in for one of the pack, as its author writes it. */
export const ownRule = {
  ...{ id: 'L01', version: 1, kind: 'state', on: ['lead'], severity: 'S2', feedbackTo: ['owner'], feeds: ['leads'] },
  ...{ title: words, clause: words, feedback: words, when: 'record.is_open' },
};

/** How each route is asked soundly. A route without a case fails the suites that use this. */
export const routeCases: Record<string, RouteCase> = {
  'GET /api/v1/portals': {},
  'POST /api/v1/portals': { request: ({ webhookUrl }) => ({ body: { webhookUrl } }), isOnce: true },
  [`GET ${portal}`]: {},
  [`PATCH ${portal}`]: { request: () => ({ body: { version: 1, name: 'Renamed' } }), isOnce: true },
  [`DELETE ${portal}`]: { isOnce: true },
  [`PUT ${portal}/webhook`]: { request: ({ webhookUrl }) => ({ body: { webhookUrl } }), isOnce: true },
  [`POST ${portal}/pause`]: { isOnce: true },
  [`POST ${portal}/resume`]: { isOnce: true },
  [`GET ${portal}/pipelines`]: {},
  [`GET ${portal}/sellers`]: {},
  [`GET ${portal}/annotations`]: {},
  [`PUT ${portal}/pipelines/{pipelineId}/stages/{stageId}/meaning`]: {
    request: () => ({ body: { meaning: 'meeting' } }),
  },
  [`GET ${portal}/funnel/now`]: { request: (at) => ({ query: place(at) }) },
  [`GET ${portal}/funnel/flow`]: { request: (at) => ({ query: march(at) }) },
  [`GET ${portal}/funnel/cohort`]: { request: (at) => ({ query: march(at) }) },
  [`GET ${portal}/funnel/transitions`]: { request: (at) => ({ query: march(at) }) },
  [`GET ${portal}/funnel/months`]: { request: (at) => ({ query: { ...place(at), from: '2026-02', to: '2026-04' } }) },
  [`GET ${portal}/funnel/records`]: { request: (at) => ({ query: won(at) }) },
  [`GET ${portal}/funnel/explain`]: { request: (at) => ({ query: won(at) }) },
  [`GET ${portal}/records/{kind}/{recordId}`]: {},
  [`GET ${portal}/records/{kind}/{recordId}/events`]: {},
  [`GET ${portal}/changes`]: {},
  [`GET ${portal}/time-travel`]: { request: () => ({ query: { asAt: 'head' } }) },
  'GET /api/v1/operations': {},
  'GET /api/v1/operations/signals': {},
  'GET /api/v1/operations/capture': {},
  'GET /api/v1/operations/lag': {},
  'GET /api/v1/operations/rebuilds': {},
  'GET /api/v1/operations/quarantine': { request: ({ portalId }) => ({ query: { portalId } }) },
  'POST /api/v1/operations/quarantine/{id}/retry': {},
  'GET /api/v1/sign-in': {},
  'POST /api/v1/session': { request: ({ email, password }) => ({ body: { email, password } }), isPersonal: true },
  'GET /api/v1/session': {},
  'DELETE /api/v1/session': { isOnce: true },
  'POST /api/v1/session/demo': { request: () => ({ body: { role: 'viewer' } }), isPersonal: true },
  'GET /api/v1/sessions': {},
  'DELETE /api/v1/sessions': { isOnce: true },
  'DELETE /api/v1/sessions/{sessionId}': { isOnce: true },
  'PUT /api/v1/session/password': {
    request: ({ password }) => ({ body: { current: password, next: 'another long password' } }),
    isOnce: true,
    isPersonal: true,
  },
  'POST /api/v1/links/inspect': { request: ({ token }) => ({ body: { token } }), isPersonal: true },
  'POST /api/v1/links/join': {
    request: ({ token, password }) => ({
      body: { token, email: `${randomUUID()}@example.com`, name: 'Anna', password },
    }),
    isOnce: true,
    isPersonal: true,
  },
  'POST /api/v1/links/join-signed-in': {
    request: ({ token }) => ({ body: { token } }),
    isOnce: true,
    isPersonal: true,
  },
  'POST /api/v1/links/reset': {
    request: ({ resetToken, password }) => ({ body: { token: resetToken, password } }),
    isOnce: true,
    isPersonal: true,
  },
  [`GET ${portal}/people`]: {},
  [`POST ${portal}/invitations`]: { request: ({ freeUserId }) => ({ body: { role: 'seller', userId: freeUserId } }) },
  [`DELETE ${portal}/invitations/{invitationId}`]: { isOnce: true },
  [`PUT ${portal}/people/{accountId}`]: { request: () => ({ body: { role: 'curator' } }), isOnce: true },
  [`DELETE ${portal}/people/{accountId}`]: { isOnce: true },
  [`GET ${portal}/substitutions`]: {},
  [`POST ${portal}/substitutions`]: {
    request: ({ memberId, otherMemberId }) => ({
      body: { absentId: memberId, substituteId: otherMemberId, startsAt: inDays(1), endsAt: inDays(3) },
    }),
  },
  [`DELETE ${portal}/substitutions/{substitutionId}`]: { isOnce: true },
  'GET /api/v1/accounts': {},
  'POST /api/v1/accounts/invitations': { request: () => ({ body: { role: 'operations' } }) },
  'DELETE /api/v1/accounts/invitations/{invitationId}': { isOnce: true },
  'DELETE /api/v1/accounts/{accountId}/installation-role': { isOnce: true },
  'POST /api/v1/accounts/{accountId}/reset-link': {},
  'DELETE /api/v1/accounts/{accountId}/sessions': {},
  'GET /api/v1/audit': {},
  'GET /api/v1/audit/export': {},
  [`GET ${portal}/audit`]: { request: ({ memberId }) => ({ query: { accountId: memberId } }) },
  [`GET ${portal}/cases`]: {},
  [`GET ${portal}/case-summary`]: {},
  [`GET ${portal}/cases/{caseId}`]: {},
  [`POST ${portal}/cases/{caseId}/commands`]: { request: () => ({ body: { type: 'wake' } }) },
  [`POST ${portal}/case-commands`]: {
    request: ({ caseId }) => ({ body: { caseIds: [caseId], command: { type: 'wake' } } }),
  },
  [`PUT ${portal}/cases/{caseId}/presence`]: {},
  [`DELETE ${portal}/cases/{caseId}/presence`]: {},
  [`GET ${portal}/case-views`]: {},
  [`POST ${portal}/case-views`]: { request: () => ({ body: { name: randomUUID(), filter: { ruleId: 'L01' } } }) },
  [`DELETE ${portal}/case-views/{viewId}`]: {},
  [`GET ${portal}/feedback-templates`]: {},
  [`PUT ${portal}/feedback-templates/{templateId}`]: {
    request: ({ templateId }) => ({ body: { ruleId: 'L01', name: `Of ${templateId}`, body: 'Call back today.' } }),
  },
  [`DELETE ${portal}/feedback-templates/{templateId}`]: {},
  [`GET ${portal}/coachings`]: {},
  [`PUT ${portal}/coachings/{coachingId}/done`]: {},
  [`DELETE ${portal}/coachings/{coachingId}/done`]: {},
  [`GET ${portal}/positive-notes`]: {},
  [`PUT ${portal}/positive-notes`]: {
    request: () => ({ body: { isOn: false, leastChecks: 20, channel: 'notification' } }),
  },
  [`GET ${portal}/rules`]: {},
  [`GET ${portal}/rules/{ruleId}`]: {},
  [`PUT ${portal}/rules/{ruleId}`]: { request: () => ({ body: { rule: ownRule } }) },
  [`DELETE ${portal}/rules/{ruleId}`]: {},
  [`DELETE ${portal}/rules/{ruleId}/draft`]: {},
  [`GET ${portal}/pack-layers`]: {},
  [`PUT ${portal}/pack-layers/{layerId}`]: { request: () => ({ body: { version: 1, rules: {} } }) },
  [`DELETE ${portal}/pack-layers/{layerId}`]: {},
  [`GET ${portal}/learned-limits`]: {},
  [`PUT ${portal}/rules/{ruleId}/scope`]: { request: () => ({ body: { scope: {} } }) },
  [`GET ${portal}/pack-diff`]: {},
  [`POST ${portal}/pack-previews`]: { request: () => ({ body: { rules: [ownRule] } }) },
  [`PUT ${portal}/rules/{ruleId}/status`]: { request: () => ({ body: { status: 'active' } }) },
  [`PUT ${portal}/rules/{ruleId}/parameters`]: { request: () => ({ body: { parameters: {} } }) },
  [`POST ${portal}/rule-checks`]: { request: () => ({ body: { rule: {} } }) },
  [`POST ${portal}/rules/{ruleId}/backtests`]: { request: () => ({ body: {} }) },
  [`GET ${portal}/backtests`]: {},
  [`GET ${portal}/backtests/{backtestId}`]: {},
  [`DELETE ${portal}/backtests/{backtestId}`]: {},
  [`GET ${portal}/discipline`]: { request: () => ({ query: { from: '2026-03-01', to: '2026-04-01' } }) },
  [`POST ${portal}/silences`]: {
    request: () => ({ body: { ruleId: 'L01', until: inDays(1), reason: 'agreed' } }),
  },
  [`DELETE ${portal}/silences/{silenceId}`]: {},
  [`GET ${portal}/indicators`]: {},
  [`PUT ${portal}/indicators/{indicatorId}`]: {
    request: () => ({
      body: { name: { ru: 'x', en: 'x' }, measure: { kind: 'paid' }, minutes: null, isOffered: true },
    }),
  },
  [`GET ${portal}/plans`]: { request: () => ({ query: { month: '2026-03' } }) },
  [`POST ${portal}/plans`]: { request: () => ({ body: planOfMarch }) },
  [`GET ${portal}/plans/{planId}`]: {},
  [`GET ${portal}/plans/{planId}/outlook`]: {},
  [`PUT ${portal}/plans/{planId}`]: { request: () => ({ body: planOfMarch }) },
  [`DELETE ${portal}/plans/{planId}`]: {},
  [`POST ${portal}/plans/{planId}/issue`]: {
    request: () => ({ body: { version: 1, effectiveFrom: '2026-03-01' } }),
  },
  [`POST ${portal}/plans/{planId}/signature`]: { request: () => ({ body: { version: 1 } }) },
  [`POST ${portal}/plan-preview`]: { request: () => ({ body: { content: planOfMarch.content } }) },
  [`GET ${portal}/schemes`]: {},
  [`POST ${portal}/schemes`]: { request: () => ({ body: { scheme: plainScheme, sellerIds: ['4'] } }) },
  [`GET ${portal}/schemes/{schemeId}`]: {},
  [`PUT ${portal}/schemes/{schemeId}`]: { request: () => ({ body: { scheme: plainScheme, sellerIds: ['4'] } }) },
  [`DELETE ${portal}/schemes/{schemeId}`]: { request: () => ({ query: { fromMonth: '2026-04' } }) },
  [`POST ${portal}/schemes/{schemeId}/approval`]: { request: () => ({ body: { version: 1 } }) },
  [`POST ${portal}/schemes/{schemeId}/issue`]: { request: () => ({ body: { version: 1, fromMonth: '2026-03' } }) },
  [`POST ${portal}/schemes/{schemeId}/signature`]: { request: () => ({ body: { version: 1 } }) },
  [`POST ${portal}/scheme-preview`]: { request: () => ({ body: { scheme: plainScheme } }) },
  [`POST ${portal}/scheme-simulation`]: {
    request: () => ({ body: { scheme: plainScheme, sellerIds: ['4'], from: '2026-01', to: '2026-03' } }),
  },
  [`POST ${portal}/scheme-import`]: { request: () => ({ body: { cells: [], schemeId: null } }) },
  [`POST ${portal}/plan-import`]: { request: () => ({ body: { cells: [], planId: null } }) },
  [`GET ${portal}/scheme-sheet`]: {},
  [`GET ${portal}/plan-sheet`]: {},
  [`GET ${portal}/provisional-pay`]: { request: () => ({ query: { month: '2026-03' } }) },
  [`GET ${portal}/pay-periods`]: {},
  [`GET ${portal}/pay-periods/{month}`]: {},
  [`POST ${portal}/pay-periods/{month}/closing`]: {},
  [`GET ${portal}/pay-periods/{month}/payroll`]: { request: () => ({ query: { format: 'csv', language: 'en' } }) },
  [`GET ${portal}/pay-periods/{month}/payslips/{userId}`]: {},
  [`GET ${portal}/sale-shares`]: {},
  [`PUT ${portal}/sale-shares/{recordId}`]: { request: () => ({ body: { shares: [] } }) },
  [`GET ${portal}/pay-disputes`]: { request: ({ payMonth }) => ({ query: { month: payMonth } }) },
  [`POST ${portal}/pay-disputes`]: {
    request: ({ payMonth }) => ({ body: { month: payMonth, line: null, text: 'Not so.' } }),
  },
  [`DELETE ${portal}/pay-disputes/{disputeId}`]: {},
  [`POST ${portal}/pay-disputes/{disputeId}/decision`]: {
    request: () => ({ body: { outcome: 'declined', correctionKopecks: '0', text: 'It is so.' } }),
  },
  [`GET ${portal}/pace`]: { request: () => ({ query: { month: '2026-03' } }) },
  [`GET ${portal}/conversion-base`]: {
    request: () => ({ query: { pipeline: 'deal:0', from: '2026-01-01', to: '2026-03-01' } }),
  },
  [`GET ${portal}/channels`]: {},
  [`PUT ${portal}/channels/{channel}`]: { request: () => ({ body: { isEnabled: false, capPerPersonDay: 5 } }) },
  [`POST ${portal}/cases/{caseId}/feedback-preview`]: { request: () => ({ body: { channel: 'task' } }) },
  [`POST ${portal}/cases/{caseId}/feedback`]: { request: () => ({ body: { channel: 'task' } }) },
  [`GET ${portal}/cases/{caseId}/feedback`]: {},
  [`DELETE ${portal}/cases/{caseId}/feedback/{messageId}`]: {},
  [`GET ${portal}/portal-messages`]: {},
  [`POST ${portal}/portal-messages/{messageId}/retry`]: {},
  'POST /api/v1/answers/inspect': { request: ({ answerToken }) => ({ body: { token: answerToken } }) },
  'POST /api/v1/answers': { request: ({ answerToken }) => ({ body: { token: answerToken, answer: 'fixed' } }) },
  [`GET ${portal}/second-reviews`]: {},
  [`GET ${portal}/quality-settings`]: {},
  [`PUT ${portal}/quality-settings`]: {
    request: () => ({ body: { secondReviewPercent: 8, requireCalibration: false, auditsPerSeller: 4 } }),
  },
  [`GET ${portal}/curator-agreement`]: { request: () => ({ query: { from: '2026-03-01', to: '2026-04-01' } }) },
  [`GET ${portal}/curator-scores`]: { request: () => ({ query: { from: '2026-03-01', to: '2026-04-01' } }) },
  [`GET ${portal}/gold-cases`]: {},
  [`PUT ${portal}/gold-cases/{caseId}`]: {
    request: () => ({ body: { verdict: 'real', reason: 'clear-breach' } }),
  },
  [`DELETE ${portal}/gold-cases/{caseId}`]: {},
  [`GET ${portal}/calibration`]: {},
  [`POST ${portal}/calibration`]: {},
  [`POST ${portal}/calibration/verdicts`]: {
    request: ({ goldCaseId }) => ({ body: { caseId: goldCaseId, verdict: 'real' } }),
  },
  [`GET ${portal}/checklists`]: {},
  [`PUT ${portal}/checklists/{kind}`]: { request: () => ({ body: oneItemChecklist }) },
  [`GET ${portal}/audits`]: {},
  [`GET ${portal}/audits/{auditId}`]: {},
  [`PUT ${portal}/audits/{auditId}/score`]: {
    request: () => ({
      body: { marks: ['reason', 'course', 'sum', 'contacts'].map((itemId) => ({ itemId, points: 2 })) },
    }),
  },
  [`DELETE ${portal}/audits/{auditId}/score`]: {},
  [`GET ${portal}/audit/export`]: { request: ({ memberId }) => ({ query: { accountId: memberId } }) },
};

/** The path of an operation with the ids of a place. */
export function pathAt(operation: Operation, at: Place): string {
  const isOfPortal = operation.path.startsWith(portal);
  const values: Record<string, string> = {
    portalId: at.portalId,
    pipelineId: 'deal:0',
    stageId: 'MEETING',
    kind: 'deal',
    recordId: at.recordId,
    id: at.quarantineId,
    accountId: isOfPortal ? at.memberId : at.integratorId,
    invitationId: isOfPortal ? at.invitationId : at.installationInvitationId,
    substitutionId: at.substitutionId,
    sessionId: at.sessionId,
    caseId: at.caseId,
    viewId: at.viewId,
    templateId: at.templateId,
    silenceId: at.silenceId,
    backtestId: at.backtestId,
    auditId: at.auditId,
    planId: at.planId,
    schemeId: at.schemeId,
    month: at.payMonth,
    userId: at.paidUserId,
    disputeId: at.disputeId,
    indicatorId: 'meetings',
    coachingId: at.coachingId,
    messageId: at.messageId,
    channel: 'task',
    ruleId: 'L01',
    layerId: 'trade',
  };
  return operation.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`Nothing is known to put in the place of ${name} in ${operation.path}`);
    return encodeURIComponent(value);
  });
}

/** Ids of things that do not exist. */
export const nowhere = (at: Place): Place => ({
  ...at,
  portalId: randomUUID(),
  recordId: '987654',
  freeUserId: '987654',
  memberId: randomUUID(),
  otherMemberId: randomUUID(),
  invitationId: randomUUID(),
  substitutionId: randomUUID(),
  sessionId: randomUUID(),
  integratorId: randomUUID(),
  installationInvitationId: randomUUID(),
  quarantineId: '987654',
  caseId: randomUUID(),
  viewId: randomUUID(),
  templateId: randomUUID(),
  silenceId: randomUUID(),
  backtestId: randomUUID(),
  auditId: randomUUID(),
  planId: randomUUID(),
  schemeId: randomUUID(),
  paidUserId: '987654',
  disputeId: randomUUID(),
  coachingId: randomUUID(),
  messageId: randomUUID(),
  answerToken: 'A'.repeat(200),
  goldCaseId: randomUUID(),
  token: 'A'.repeat(43),
  resetToken: 'A'.repeat(43),
});
