import { Inject, Injectable } from '@nestjs/common';
import {
  decideChecklist,
  decideGold,
  decideGoldRemoval,
  decideSettings,
  handleQuality,
  QualityReader,
  type QualityState,
  QueueReader,
} from '@funnelwatch/curation';
import type { EventLog } from '@funnelwatch/event-log';
import { Accounts } from '@funnelwatch/identity';
import type { Clock } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { type Access, noteForAudit } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { reviewerOf } from './control-of-cases.js';
import type {
  ChecklistBody,
  ChecklistList,
  DecidedQuality,
  GoldCaseBody,
  GoldCasesView,
  QualitySettingsBody,
  QualitySettingsView,
} from './quality.schemas.js';

/** What an integrator decides about the control of quality: settings, gold cases, checklists. */
@Injectable()
export class QualityDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
    private readonly reader: QualityReader,
    private readonly queue: QueueReader,
    private readonly accounts: Accounts,
  ) {}

  async settings(portalId: string): Promise<QualitySettingsView> {
    const portal = await this.portals.get(portalId);
    const state = await this.reader.settings(portal);
    const { secondReviewPercent, requireCalibration, auditsPerSeller, goldVersion, gold } = state;
    return {
      ...{ secondReviewPercent, requireCalibration, auditsPerSeller, goldVersion },
      goldCases: Object.keys(gold).length,
    };
  }

  /** Throws `Rejection` QUALITY_INVALID. */
  async setSettings(portalId: string, body: QualitySettingsBody, access: Access): Promise<DecidedQuality> {
    noteForAudit({ details: body });
    return this.decide(portalId, access, (state) => decideSettings(body, state, access.accountId));
  }

  async goldCases(portalId: string): Promise<GoldCasesView> {
    const portal = await this.portals.get(portalId);
    const { gold, goldVersion } = await this.reader.settings(portal);
    const [rows, names] = await Promise.all([
      this.queue.rowsOf(portal, Object.keys(gold)),
      this.accounts.names(Object.values(gold).map(({ by }) => by)),
    ]);
    return {
      version: goldVersion,
      items: rows.flatMap(({ caseId, ruleId, about }) => {
        const known = gold[caseId];
        if (!known) return [];
        const { verdict, reason, by } = known;
        return [{ caseId, ruleId, about, verdict, reason, by: { accountId: by, name: names.get(by) ?? null } }];
      }),
    };
  }

  /** Throws `Rejection` CASE_UNKNOWN. */
  async setGoldCase(portalId: string, caseId: string, body: GoldCaseBody, access: Access): Promise<DecidedQuality> {
    const portal = await this.portals.get(portalId);
    await this.queue.card(portal, caseId);
    return this.decide(portalId, access, (state) => decideGold(caseId, body, state, access.accountId));
  }

  async removeGoldCase(portalId: string, caseId: string, access: Access): Promise<DecidedQuality> {
    return this.decide(portalId, access, (state) => decideGoldRemoval(caseId, state, access.accountId));
  }

  async checklists(portalId: string): Promise<ChecklistList> {
    const portal = await this.portals.get(portalId);
    return { items: Object.values((await this.reader.settings(portal)).checklists) };
  }

  /** Throws `Rejection` CHECKLIST_INVALID. */
  async setChecklist(
    portalId: string,
    kind: ChecklistList['items'][number]['kind'],
    body: ChecklistBody,
    access: Access,
  ): Promise<DecidedQuality> {
    const wanted = { checklistId: kind, kind, ...body };
    return this.decide(portalId, access, (state) => decideChecklist(wanted, state, access.accountId));
  }

  private async decide(
    portalId: string,
    access: Access,
    decide: (state: QualityState) => ReturnType<typeof decideSettings>,
  ): Promise<DecidedQuality> {
    const portal: RegisteredPortal = await this.portals.get(portalId);
    const { userId } = reviewerOf(access, portalId);
    const actor = userId === null ? ('system' as const) : (`user:${userId}` as const);
    const { log, clock } = this;
    const { position } = await handleQuality({ log, clock }, portal, decide, actor);
    return { position: `${portal.bucket}:${position}` };
  }
}
