import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Backtests,
  CalibrationRoom,
  casesAhead,
  decideDiscipline,
  decideGold,
  Desk,
  handleQuality,
  QualityReader,
  type QualityState,
} from '@funnelwatch/curation';
import { OneTimeLinks, Substitutions } from '@funnelwatch/identity';
import { type JsonObject, systemClock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { withTransaction } from '@funnelwatch/postgres';
import { enqueueMessage } from '@funnelwatch/write-back';
import { openCase, openCoaching, tellOfCase } from '../cases/opened-case.spec-fixture.js';
import { closedMonth, closeMonth, makeClosable, objection } from '../pay/closed-month.spec-fixture.js';
import { writeScheme } from '../schemes/written-scheme.spec-fixture.js';
import { writePlan } from '../plans/written-plan.spec-fixture.js';
import { AnswerTokens } from '../feedback/answer-token.js';
import { drawnAudit } from '../quality/drawn-audit.spec-fixture.js';
import type { StaffMember, StaffRole } from '../identity/staff.spec-fixture.js';
import type { RunningApi } from '../running-api.spec-fixture.js';
import { appendFacts, appendSmallCompany, type Fact } from '../small-company.spec-fixture.js';
import { ownRule, type Place } from './route-cases.spec-fixture.js';

/** Makes portals with a company, people and everything that has an id. */
export class StaffedPortals {
  private readonly servers: Server[] = [];

  private quarantinedCount = 900_000;

  private readonly caseIds = new Map<string, string>();
  private readonly planIds = new Map<string, string>();
  private readonly schemeIds = new Map<string, string>();
  private readonly disputeIds = new Map<string, string>();
  private closableCount = 0;
  private readonly coachingIds = new Map<string, string>();
  private readonly desk: Desk;

  constructor(private readonly api: RunningApi) {
    this.desk = new Desk(api.pool);
  }

  /** A portal with facts in the log, once the figures include them; `more` stands there alone. */
  async company(host: string, more: Fact[] = []): Promise<RegisteredPortal> {
    const portal = await this.api.portal(`https://${host}/rest/1/abcdefgh12345678/`);
    await appendSmallCompany(this.api.log, this.api.keyRing, portal);
    await appendFacts(this.api.log, this.api.keyRing, portal, [
      {
        kind: 'user',
        id: '77',
        verb: 'Appeared',
        occurredAt: '2026-03-01T09:00:00.000Z',
        data: { fields: { active: true, departmentIds: [] }, extra: {}, derived: {} },
        sealed: { 'user:77': { name: 'Вера', lastName: 'Новикова' } },
      },
      ...more,
    ]);
    this.caseIds.set(portal.portalId, await openCase(this.api.log, portal));
    this.coachingIds.set(portal.portalId, await openCoaching(this.api.log, portal, []));
    await this.goldSet(portal);
    this.schemeIds.set(portal.portalId, await writeScheme(this.api.log, portal, 'issued'));
    await closeMonth(this.api.log, portal);
    this.disputeIds.set(portal.portalId, await objection(this.api.log, portal));
    this.planIds.set(portal.portalId, await writePlan(this.api.log, portal, { isIssued: true }));
    await this.api.projected(portal);
    return portal;
  }

  /** A portal of the registry alone, for what ends with it. */
  empty(): Promise<RegisteredPortal> {
    return this.api.portal(`https://${randomUUID()}.bitrix24.ru/rest/1/abcdefgh12345678/`);
  }

  /** Everything in the portal that has an id, made anew. */
  async place(portalId: string, seller = 'all'): Promise<Place> {
    const { api } = this;
    const links = new OneTimeLinks(api.pool, systemClock);
    const [member, other, integrator] = [
      await api.staff.signedIn([{ role: 'viewer', portalId }]),
      await api.staff.signedIn([{ role: 'curator', portalId }]),
      await api.staff.signedIn([{ role: 'integrator', portalId: null }]),
    ];
    const order = { portalId, absentId: member.accountId, substituteId: other.accountId, createdBy: member.accountId };
    const substitutionId = await new Substitutions(api.pool, systemClock).arrange({
      ...order,
      startsAt: new Date(Date.now() + 86_400_000),
      endsAt: new Date(Date.now() + 2 * 86_400_000),
    });
    const invitation = await links.create({ kind: 'invitation', role: 'viewer', portalId, createdBy: null });
    const elsewhere = (await this.empty()).portalId;
    const { token } = await links.create({ kind: 'invitation', role: 'viewer', portalId: elsewhere, createdBy: null });
    const installation = await links.create({ kind: 'invitation', role: 'operations', createdBy: null });
    const reset = await links.create({ kind: 'reset', accountId: other.accountId, createdBy: null });
    return {
      portalId,
      recordId: '1',
      freeUserId: '77',
      memberId: member.accountId,
      otherMemberId: other.accountId,
      invitationId: invitation.linkId,
      substitutionId,
      sessionId: await this.sessionOf(member.accountId),
      integratorId: integrator.accountId,
      installationInvitationId: installation.linkId,
      quarantineId: await this.quarantined(portalId),
      caseId: this.caseIds.get(portalId) ?? randomUUID(),
      viewId: await this.savedView(portalId, member.accountId),
      templateId: await this.template(portalId),
      silenceId: randomUUID(),
      backtestId: await this.backtest(portalId),
      planId: this.planIds.get(portalId) ?? randomUUID(),
      schemeId: this.schemeIds.get(portalId) ?? randomUUID(),
      payMonth: closedMonth,
      paidUserId: '4',
      disputeId: this.disputeIds.get(portalId) ?? randomUUID(),
      auditId: randomUUID(),
      coachingId: this.coachingIds.get(portalId) ?? randomUUID(),
      messageId: randomUUID(),
      answerToken: this.answerToken(portalId),
      goldCaseId: randomUUID(),
      seller,
      webhookUrl: await this.answeringWebhook(),
      token,
      resetToken: reset.token,
      email: member.email,
      password: 'correct horse battery',
    };
  }

  /** A new person with these roles. */
  person(roles: readonly StaffRole[]): Promise<StaffMember> {
    return this.api.staff.signedIn(roles);
  }

  async sessionOf(accountId: string): Promise<string> {
    const { rows } = await this.api.pool.query<{ id: string }>(
      'SELECT id FROM identity.session WHERE account_id = $1 ORDER BY created_at DESC LIMIT 1',
      [accountId],
    );
    return rows[0]?.id ?? '';
  }

  /** A view of the queue that the account has saved. */
  async savedView(portalId: string, accountId: string): Promise<string> {
    const viewId = randomUUID();
    await this.desk.saveView(portalId, accountId, { viewId, name: viewId, filter: {} }, new Date());
    return viewId;
  }

  /** A silence that holds, once the read model knows of it. */
  async silence(portal: RegisteredPortal): Promise<string> {
    const silenceId = randomUUID();
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const data = { silenceId, ruleId: 'L02', userId: '', about: '', until, reason: 'agreed', by: 'nobody' };
    await decideDiscipline(this.api.log, systemClock, portal, [{ type: 'SilenceSet', data }], silenceId);
    await this.api.projected(portal);
    return silenceId;
  }

  /** Something is being written of rule L01, once the read model knows of it. */
  async draftedRule(portal: RegisteredPortal): Promise<void> {
    const data = { ruleId: ownRule.id, rule: ownRule as unknown as JsonObject, by: 'nobody' };
    await decideDiscipline(this.api.log, systemClock, portal, [{ type: 'RuleDrafted', data }], randomUUID());
    await this.api.projected(portal);
  }

  /** The layer `trade` lies over the pack, once the read model knows of it. */
  async layered(portal: RegisteredPortal): Promise<void> {
    const data = { layer: { id: 'trade', version: 1, rules: {} }, by: 'nobody' };
    await decideDiscipline(this.api.log, systemClock, portal, [{ type: 'PackLayerSet', data }], randomUUID());
    await this.api.projected(portal);
  }

  /** Begins a calibration of the account; the case that is shown first. */
  async calibrating(portal: RegisteredPortal, accountId: string): Promise<string> {
    const reader = new QualityReader(this.api.pool);
    const room = new CalibrationRoom({ log: this.api.log, clock: systemClock }, reader, Buffer.alloc(32));
    const who = { accountId, userId: null, ownUserIds: [], isHead: false, isInTraining: false };
    const { state } = await room.start(portal, who, randomUUID());
    return casesAhead(state)[0] ?? '';
  }

  /** Feedback on the portal's case that the account asked for; it is kept back. */
  async feedback(portal: RegisteredPortal, accountId: string): Promise<string> {
    const { api } = this;
    const [messageId, caseId] = [randomUUID(), this.caseIds.get(portal.portalId) ?? randomUUID()];
    const text = { title: 'Secret words of the portal', body: 'x', link: 'https://example.com/answer' };
    const message = {
      messageId,
      channel: 'task' as const,
      recipientId: '4',
      about: { kind: 'deal' as const, id: '1' },
    };
    const now = new Date();
    await withTransaction(api.pool, (client) =>
      enqueueMessage(client, api.keyRing, portal, { ...message, purpose: `case:${caseId}`, text, notBefore: now }, now),
    );
    await api.pool.query(`UPDATE writeback.message SET state = 'held', reason = 'x' WHERE message_id = $1`, [
      messageId,
    ]);
    await tellOfCase(api.log, portal, caseId, [
      { type: 'FeedbackRequested', data: { messageId, channel: 'task', to: '4', by: accountId } },
    ]);
    return messageId;
  }

  /** An audit of the work of user 4, once the read model knows of it. */
  async audit(portal: RegisteredPortal): Promise<string> {
    const auditId = await drawnAudit(this.api.log, portal);
    await this.api.projected(portal);
    return auditId;
  }

  async close(): Promise<void> {
    for (const server of this.servers) await new Promise((resolve) => server.close(resolve));
  }

  private answerToken(portalId: string): string {
    const grant = { portalId, caseId: this.caseIds.get(portalId) ?? randomUUID(), userId: '4' };
    return new AnswerTokens(this.api.masterKey).make(grant, new Date());
  }

  private async backtest(portalId: string): Promise<string> {
    const backtestId = randomUUID();
    const order = { backtestId, ruleId: backtestId, rule: {}, parameters: {}, scope: {}, period: null, by: 'nobody' };
    await new Backtests(this.api.pool).request(portalId, order, new Date());
    return backtestId;
  }

  private async template(portalId: string): Promise<string> {
    const templateId = randomUUID();
    const words = { templateId, ruleId: '', name: templateId, body: 'Secret words of the portal' };
    await this.desk.saveTemplate(portalId, words, 'nobody', new Date());
    return templateId;
  }

  /** A plan that binds user 4, promised or still a draft. */
  async plan(portal: RegisteredPortal, isIssued: boolean): Promise<string> {
    const planId = await writePlan(this.api.log, portal, { isIssued });
    await this.api.projected(portal);
    return planId;
  }

  /** A scheme that pays user 4, as far as told. */
  async scheme(portal: RegisteredPortal, state: 'draft' | 'approved' | 'issued'): Promise<string> {
    const schemeId = await writeScheme(this.api.log, portal, state);
    await this.api.projected(portal);
    return schemeId;
  }

  /** An objection of user 4 that is open. */
  async objection(portal: RegisteredPortal): Promise<string> {
    const disputeId = await objection(this.api.log, portal);
    await this.api.projected(portal);
    return disputeId;
  }

  /** A month that nothing stands in the way of closing; a later one each time. */
  async closableMonth(portal: RegisteredPortal): Promise<string> {
    if (this.closableCount === 0) await makeClosable(this.api.log, this.api.pool, portal);
    this.closableCount += 1;
    await this.api.projected(portal);
    return `2021-${String(this.closableCount).padStart(2, '0')}`;
  }

  /** A case on which nobody has been given feedback. */
  async untoldCase(portal: RegisteredPortal): Promise<string> {
    const caseId = await openCase(this.api.log, portal);
    await this.api.projected(portal);
    return caseId;
  }

  /** Ten cases with reference verdicts of both kinds: enough to calibrate. */
  private async goldSet(portal: RegisteredPortal): Promise<void> {
    const { log } = this.api;
    for (let count = 0; count < 10; count += 1) {
      const caseId = await openCase(log, portal, { about: 'deal:2', mode: 'baseline' });
      const verdict = count % 2 === 0 ? 'real' : 'false';
      const decide = (state: QualityState) =>
        decideGold(caseId, { verdict, reason: 'clear-breach' }, state, randomUUID());
      await handleQuality({ log, clock: systemClock }, portal, decide, 'system');
    }
  }

  private async quarantined(portalId: string): Promise<string> {
    const { rows } = await this.api.pool.query<{ id: string }>(
      // Of a projection that nobody runs: no worker takes it up.
      `INSERT INTO log.quarantine
         (projection, bucket, "position", portal_id, stream_id, event_id, event_type, schema_version, status, reason_code)
       SELECT 'nobody', bucket, $2, portal_id, 'deal:900', gen_random_uuid(), 'DealChanged', 1, 'poison', 'X'
         FROM registry.portal WHERE portal_id = $1 RETURNING id::text AS id`,
      [portalId, (this.quarantinedCount += 1)],
    );
    return rows[0]?.id ?? '';
  }

  private async answeringWebhook(): Promise<string> {
    const time = {
      start: 1,
      finish: 1.1,
      duration: 0.1,
      date_start: '2026-03-01T10:00:00+03:00',
      date_finish: '2026-03-01T10:00:00+03:00',
    };
    const results: Record<string, unknown> = {
      profile: { ID: '1', ADMIN: true, NAME: 'x' },
      'server.time': '2026-03-01T10:00:00+03:00',
      scope: ['crm', 'user', 'department', 'task', 'telephony'],
    };
    const server = createServer((request, response) => {
      const method = /\/([\w.]+?)(?:\.json)?$/.exec((request.url ?? '').split('?')[0] ?? '')?.[1] ?? '';
      response.writeHead(200, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify({ result: results[method] ?? [], time }));
    });
    this.servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/rest/1/secretcode123/`;
  }
}
