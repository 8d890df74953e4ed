import { randomUUID } from 'node:crypto';
import type { EventLog } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import {
  closedThrough,
  handleScheme,
  type KnownScheme,
  lintScheme,
  loadPayPeriods,
  loadScheme,
  type MotivationScheme,
  type SchemeCommand,
  SchemeReader,
} from '@funnelwatch/motivation';
import { type Indicator, PlanReader } from '@funnelwatch/plan';
import { Inject, Injectable } from '@nestjs/common';
import { type Access, noteForAudit, ownUsersOnly } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { IssueSchemeBody, SchemeBody, SchemeView } from './schemes.schemas.js';

/** Motivation schemes of a portal: written, approved by two, promised, signed. */
@Injectable()
export class SchemeDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
    private readonly schemes: SchemeReader,
    private readonly plans: PlanReader,
    private readonly people: People,
  ) {}

  async list(portalId: string): Promise<{ items: SchemeView[] }> {
    const portal = await this.portals.get(portalId);
    const [schemes, names, indicators] = await Promise.all([
      this.schemes.schemes(portal),
      this.people.names(portal),
      this.plans.indicators(portal),
    ]);
    return { items: schemes.flatMap((scheme) => viewOf(scheme, names, indicators)) };
  }

  /** Throws `Rejection` SCHEME_UNKNOWN, also for a scheme that pays others only. */
  async show(portalId: string, schemeId: string): Promise<SchemeView> {
    const portal = await this.portals.get(portalId);
    const scheme = await this.schemes.scheme(portal, schemeId);
    const [names, indicators] = await Promise.all([this.people.names(portal), this.plans.indicators(portal)]);
    const [view] = scheme ? viewOf(scheme, names, indicators) : [];
    if (!view) throw schemeUnknown();
    return view;
  }

  async preview(portalId: string, scheme: MotivationScheme) {
    const portal = await this.portals.get(portalId);
    return { findings: findingsOf(scheme, await this.plans.indicators(portal)) };
  }

  async write(portalId: string, content: SchemeBody, access: Access) {
    const schemeId = randomUUID();
    const decided = await this.decide(portalId, schemeId, { type: 'DraftScheme', schemeId, content }, access);
    return { schemeId, ...decided };
  }

  /** Writes a scheme over, or its next version. Throws the `Rejection`s of `decideScheme`. */
  async draft(portalId: string, schemeId: string, content: SchemeBody, access: Access) {
    const { state } = await loadScheme(this.log, await this.portals.get(portalId), schemeId);
    if (state.status === 'absent') throw schemeUnknown();
    return this.decide(portalId, schemeId, { type: 'DraftScheme', schemeId, content }, access);
  }

  /** Throws the `Rejection`s of `decideScheme`. */
  async approve(portalId: string, schemeId: string, version: number, access: Access) {
    const portal = await this.portals.get(portalId);
    const { state } = await loadScheme(this.log, portal, schemeId);
    const written = state.status === 'absent' ? undefined : state.versions.find((one) => one.version === version);
    const findings = written ? findingsOf(written.content.scheme, await this.plans.indicators(portal)) : [];
    const faults = findings.filter(({ severity }) => severity === 'fault').length;
    return this.decide(portalId, schemeId, { type: 'ApproveScheme', version, faults }, access);
  }

  /** Throws the `Rejection`s of `decideScheme`. */
  async issue(portalId: string, schemeId: string, { version, fromMonth }: IssueSchemeBody, access: Access) {
    const closed = await this.closedThrough(portalId);
    return this.decide(portalId, schemeId, { type: 'IssueScheme', version, fromMonth, closedThrough: closed }, access);
  }

  /** Signs for the person who asks. Throws the `Rejection`s of `decideScheme`. */
  sign(portalId: string, schemeId: string, version: number, access: Access) {
    const userId = ownUsersOnly()?.[0];
    if (userId === undefined) throw new Rejection('SCHEME_NOT_BOUND', 'Only those whom the scheme pays sign it.');
    return this.decide(portalId, schemeId, { type: 'SignScheme', version, userId }, access, userId);
  }

  /** Throws the `Rejection`s of `decideScheme`. */
  async withdraw(portalId: string, schemeId: string, fromMonth: string, access: Access) {
    const closed = await this.closedThrough(portalId);
    return this.decide(portalId, schemeId, { type: 'WithdrawScheme', fromMonth, closedThrough: closed }, access);
  }

  /** Months up to which what was paid stays paid, by the log itself. */
  private async closedThrough(portalId: string): Promise<string | null> {
    const { state } = await loadPayPeriods(this.log, await this.portals.get(portalId));
    return closedThrough(state);
  }

  private async decide(
    portalId: string,
    schemeId: string,
    command: SchemeCommand,
    { accountId }: Access,
    userId?: string,
  ) {
    const portal = await this.portals.get(portalId);
    noteForAudit({ object: schemeId });
    const actor = userId === undefined ? 'system' : (`user:${userId}` as const);
    const decisions = { log: this.log, clock: this.clock };
    const { position, state } = await handleScheme(decisions, portal, schemeId, command, accountId, actor);
    const version = state.status === 'absent' ? 0 : (state.versions.at(-1)?.version ?? 0);
    return { position: `${portal.bucket}:${position}`, version };
  }
}

const schemeUnknown = () => new Rejection('SCHEME_UNKNOWN', 'There is no such scheme.');

const findingsOf = (scheme: MotivationScheme, indicators: readonly Indicator[]) =>
  lintScheme(scheme, new Set(indicators.map(({ indicatorId }) => indicatorId)));

/** As somebody may see it: whom it pays sees what pays them, and what was issued. */
function viewOf(
  { schemeId, versions, withdrawnFrom }: KnownScheme,
  names: Awaited<ReturnType<People['names']>>,
  indicators: readonly Indicator[],
): SchemeView[] {
  const own = ownUsersOnly();
  const seen = versions.flatMap(({ version, fromMonth, approvedBy, content, signedBy }) => {
    const people = content.sellerIds.filter((userId) => own?.includes(userId) ?? true);
    if (own !== null && (fromMonth === null || people.length === 0)) return [];
    const signatures = people.map((userId) => ({
      userId,
      name: names.of(userId),
      isSigned: signedBy.includes(userId),
    }));
    return [{ version, fromMonth, isApproved: approvedBy !== null, scheme: content.scheme, signatures }];
  });
  const latest = seen.at(-1);
  if (!latest) return [];
  return [{ schemeId, withdrawnFrom, versions: seen, findings: findingsOf(latest.scheme, indicators) }];
}
