import { Injectable } from '@nestjs/common';
import { entityOf } from '@funnelwatch/capture-contracts';
import { AuditBook, type AuditRow, checklistOf, QualityReader } from '@funnelwatch/curation';
import { Accounts } from '@funnelwatch/identity';
import { Rejection } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import type { Access } from '../access/request-access.js';
import { People, type PersonNames } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { portalCardUrl } from '../records/portal-card.js';
import { ControlOfCases } from './control-of-cases.js';
import type { AuditList, AuditScoreBody, AuditsQuery, AuditView, DecidedQuality } from './quality.schemas.js';

/** Audits that were drawn: what one may score, and scoring it. */
@Injectable()
export class SampledAuditDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly book: AuditBook,
    private readonly reader: QualityReader,
    private readonly control: ControlOfCases,
    private readonly people: People,
    private readonly accounts: Accounts,
  ) {}

  async list(portalId: string, { state, limit }: AuditsQuery, access: Access): Promise<AuditList> {
    const portal = await this.portals.get(portalId);
    const { who } = await this.control.handling(portal, access);
    const rows = await this.book.list(portal, who, state, limit);
    const [names, accounts] = await Promise.all([this.people.names(portal), this.namesOf(rows)]);
    return { items: rows.map((row) => rowView(portal, row, names, accounts)) };
  }

  /** Throws `Rejection` AUDIT_UNKNOWN. */
  async show(portalId: string, auditId: string, access: Access): Promise<AuditView> {
    const portal = await this.portals.get(portalId);
    const { who } = await this.control.handling(portal, access);
    const row = await this.book.get(portal, auditId, who);
    const [names, accounts, checklist] = await Promise.all([
      this.people.names(portal),
      this.namesOf([row]),
      this.checklistOf(portal, row),
    ]);
    return { ...rowView(portal, row, names, accounts), checklist };
  }

  /** Throws `Rejection` AUDIT_UNKNOWN, AUDIT_OWN, AUDIT_HEAD_ALONE, AUDIT_SCORED, AUDIT_MARKS_INVALID. */
  async score(portalId: string, auditId: string, { marks }: AuditScoreBody, access: Access): Promise<DecidedQuality> {
    const portal = await this.portals.get(portalId);
    const { who } = await this.control.handling(portal, access);
    const checklist = await this.checklistOf(portal, await this.book.get(portal, auditId, who));
    const { position } = await this.book.score(portal, auditId, marks, checklist, who);
    return { position: `${portal.bucket}:${position}` };
  }

  /** Throws `Rejection` AUDIT_UNKNOWN, AUDIT_NOT_YOURS. */
  async withdraw(portalId: string, auditId: string, access: Access): Promise<DecidedQuality> {
    const portal = await this.portals.get(portalId);
    const { who } = await this.control.handling(portal, access);
    await this.book.get(portal, auditId, who);
    const { position } = await this.book.withdraw(portal, auditId, who);
    return { position: `${portal.bucket}:${position}` };
  }

  private async checklistOf(portal: RegisteredPortal, { state }: AuditRow): Promise<AuditView['checklist']> {
    const settings = await this.reader.settings(portal);
    const checklist = checklistOf(settings, state.checklistId, state.checklistVersion);
    if (!checklist) throw new Rejection('AUDIT_UNKNOWN', 'The checklist of this audit is not known any more.');
    return checklist;
  }

  private namesOf(rows: readonly AuditRow[]): Promise<Map<string, string>> {
    return this.accounts.names(rows.flatMap(({ state }) => state.scored?.by ?? []));
  }
}

function rowView(
  { origin }: RegisteredPortal,
  { state, scoredAt }: AuditRow,
  names: PersonNames,
  accounts: ReadonlyMap<string, string>,
): AuditList['items'][number] {
  const { auditId, week, seller, kind, about, happenedAt, scored } = state;
  const entity = entityOf(about);
  return {
    ...{ auditId, week, kind, about, happenedAt },
    seller: { userId: seller, name: names.of(seller) },
    portalUrl: entity && portalCardUrl(origin, entity.kind, entity.id),
    scored: scored && {
      marks: scored.marks,
      score: scored.score,
      isPassed: scored.isPassed,
      failedBy: scored.failedBy,
      by: { accountId: scored.by, name: accounts.get(scored.by) ?? null },
      at: scoredAt,
    },
  };
}
