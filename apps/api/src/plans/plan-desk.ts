import { randomUUID } from 'node:crypto';
import {
  handleIndicator,
  handlePlan,
  type KnownPlan,
  loadPlan,
  type PlanCommand,
  type PlanContent,
  PlanReader,
} from '@funnelwatch/plan';
import type { EventLog } from '@funnelwatch/event-log';
import { dayPeriod, type FunnelCohort, type FunnelReader } from '@funnelwatch/funnel';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import { type CountedMeasure, isMeasuredBy, LedgerReader } from '@funnelwatch/motivation';
import { Inject, Injectable } from '@nestjs/common';
import { type Access, noteForAudit, ownUsersOnly } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { funnelReader } from '../funnel/funnel-reader.token.js';
import { People } from '../people/people.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { Scopes } from '../time-travel/scopes.js';
import type {
  ConversionBaseQuery,
  ConversionBaseView,
  IndicatorBody,
  IssueBody,
  PlanBody,
  PlanView,
} from './plans.schemas.js';
import { faultsOf, previewPlan } from './preview-plan.js';

/** How many came to the first stage, and to each beyond it: a step of the chain leads there from the first. */
function reachedOf(chain: FunnelCohort['all']['chain']): [string, number][] {
  const [first] = chain;
  if (!first) return [];
  return [
    [first.fromStageId, first.counted],
    ...chain.map(({ toStageId, converted }): [string, number] => [toStageId, converted]),
  ];
}

/** Activities that a plan may be made of. */
const offered = [
  { activity: 'call', direction: 'outgoing' },
  { activity: 'letter', direction: 'outgoing' },
  { activity: 'message', direction: 'outgoing' },
  { activity: 'meeting', direction: 'any' },
] as const;

/** Plans of a portal: written, checked, promised, signed. */
@Injectable()
export class PlanDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    @Inject(funnelReader) private readonly funnel: FunnelReader,
    private readonly portals: PortalDirectory,
    private readonly plans: PlanReader,
    private readonly people: People,
    private readonly scopes: Scopes,
    private readonly ledger: LedgerReader,
  ) {}

  private get decisions() {
    return { log: this.log, clock: this.clock };
  }

  async indicators(portalId: string) {
    return { items: await this.plans.indicators(await this.portals.get(portalId)) };
  }

  /** Throws the `Rejection`s of `decideIndicator`. */
  async defineIndicator(portalId: string, indicatorId: string, body: IndicatorBody, { accountId }: Access) {
    const portal = await this.portals.get(portalId);
    noteForAudit({ object: indicatorId });
    const decided = await handleIndicator(this.decisions, portal, { indicatorId, ...body }, accountId);
    return { position: `${portal.bucket}:${decided.position}` };
  }

  async list(portalId: string, month: string | undefined): Promise<{ items: PlanView[] }> {
    const portal = await this.portals.get(portalId);
    const plans = await this.plans.plans(portal, month ?? null);
    const [names, indicators] = await Promise.all([this.people.names(portal), this.plans.indicators(portal)]);
    return { items: plans.flatMap((plan) => this.view(plan, names, indicators)) };
  }

  /** Throws `Rejection` PLAN_UNKNOWN, also for a plan that binds others only. */
  async show(portalId: string, planId: string): Promise<PlanView> {
    const portal = await this.portals.get(portalId);
    const plan = await this.plans.plan(portal, planId);
    const [names, indicators] = await Promise.all([this.people.names(portal), this.plans.indicators(portal)]);
    const [view] = plan ? this.view(plan, names, indicators) : [];
    if (!view) throw planUnknown();
    return view;
  }

  async preview(portalId: string, content: PlanBody['content']) {
    const portal = await this.portals.get(portalId);
    return previewPlan(content, await this.plans.indicators(portal));
  }

  /** Writes a new plan. */
  async write(portalId: string, { content, ...subject }: PlanBody, access: Access) {
    const planId = randomUUID();
    const command: PlanCommand = { type: 'DraftPlan', planId, subject, content };
    return { planId, ...(await this.decide(portalId, planId, command, access)) };
  }

  /** Writes a plan over, or its next version. Throws the `Rejection`s of `decidePlan`. */
  async draft(portalId: string, planId: string, { content, ...subject }: PlanBody, access: Access) {
    const { state } = await loadPlan(this.log, await this.portals.get(portalId), planId);
    if (state.status === 'absent') throw planUnknown();
    return this.decide(portalId, planId, { type: 'DraftPlan', planId, subject, content }, access);
  }

  /** Throws the `Rejection`s of `decidePlan`. */
  async issue(portalId: string, planId: string, { version, effectiveFrom }: IssueBody, access: Access) {
    const { state } = await loadPlan(this.log, await this.portals.get(portalId), planId);
    const content =
      state.status === 'absent' ? undefined : state.versions.find((one) => one.version === version)?.content;
    const faults = content ? faultsOf(content) : 0;
    return this.decide(portalId, planId, { type: 'IssuePlan', version, effectiveFrom, faults }, access);
  }

  /** Signs for the person who asks. Throws the `Rejection`s of `decidePlan`. */
  async sign(portalId: string, planId: string, version: number, access: Access) {
    const userId = ownUsersOnly()?.[0];
    if (userId === undefined) throw new Rejection('PLAN_NOT_BOUND', 'Only those whom the plan binds sign it.');
    return this.decide(portalId, planId, { type: 'SignPlan', version, userId }, access, userId);
  }

  withdraw(portalId: string, planId: string, access: Access) {
    return this.decide(portalId, planId, { type: 'WithdrawPlan' }, access);
  }

  /** Throws the `Rejection`s of the funnel. */
  async conversionBase(portalId: string, query: ConversionBaseQuery): Promise<ConversionBaseView> {
    const scope = await this.scopes.of(portalId, undefined);
    const period = dayPeriod(scope.zone, query.from, query.to);
    const question = { pipelineId: query.pipeline, period };
    const [cohort, flow] = await Promise.all([
      this.funnel.cohort(scope, { ...question, definition: 'reached', horizonDays: query.horizonDays ?? null }),
      this.funnel.flow(scope, question),
    ]);
    const { chain } = cohort.all;
    const reached = new Map(reachedOf(chain));
    const counted = query.method === 'period' ? await this.periodCounts(portalId, period, query.pipeline) : null;
    const { wonAmount } = flow.all;
    const last = chain.at(-1)?.toStageId;
    // Wins in other currencies are told apart: an average is of one.
    const sales = flow.all.won - wonAmount.others.reduce((sum, { count }) => sum + count, 0);
    return {
      stages: cohort.pipeline.stages.flatMap(({ stageId, name }) => {
        const count = reached.get(stageId);
        const entries = stageId === last ? counted?.won : counted?.ofStage(stageId);
        return count === undefined ? [] : [{ stageId, name, reached: entries ?? count }];
      }),
      sellers: counted
        ? []
        : cohort.sellers.map(({ sellerId: userId, chain: own }) => ({
            userId,
            stages: reachedOf(own).map(([stageId, count]) => ({ stageId, reached: count })),
          })),
      activities: counted?.activities ?? [],
      // Whoever counts entries waits for nobody.
      immature: counted ? 0 : (chain[0]?.immature ?? 0),
      averageSale:
        sales > 0
          ? { kopecks: (wonAmount.kopecks / BigInt(sales)).toString(), currency: wonAmount.currency, sales }
          : null,
    };
  }

  /** What the ledger counted in a period: first entries into stages, wins, and what was done. */
  private async periodCounts(portalId: string, period: { from: Date; to: Date }, pipelineId: string) {
    const counts = await this.ledger.counts(await this.portals.get(portalId), period);
    const sum = (measured: CountedMeasure) =>
      [...counts].reduce((all, [measure, count]) => (isMeasuredBy(measured, measure) ? all + count : all), 0);
    const activities = offered
      .map((one) => ({ ...one, done: sum({ kind: 'activity', ...one }) }))
      .filter(({ done }) => done > 0)
      .sort((one, other) => other.done - one.done);
    return {
      activities,
      won: sum({ kind: 'won', pipelineId }),
      ofStage: (stageId: string) => sum({ kind: 'stage', pipelineId, stageId }),
    };
  }

  private async decide(portalId: string, planId: string, command: PlanCommand, { accountId }: Access, userId?: string) {
    const portal = await this.portals.get(portalId);
    noteForAudit({ object: planId });
    const actor = userId === undefined ? 'system' : (`user:${userId}` as const);
    const { position, state } = await handlePlan(this.decisions, portal, planId, command, accountId, actor);
    const version = state.status === 'absent' ? 0 : (state.versions.at(-1)?.version ?? 0);
    return { position: `${portal.bucket}:${position}`, version };
  }

  /** As somebody may see it: whom it binds sees what binds them, and what was issued. */
  private view(
    { planId, subject, status, versions }: KnownPlan,
    names: Awaited<ReturnType<People['names']>>,
    indicators: Awaited<ReturnType<PlanReader['indicators']>>,
  ): PlanView[] {
    const own = ownUsersOnly();
    const seen = versions.flatMap(({ version, effectiveFrom, content, signedBy }) => {
      const isBound = content.sellers.some(({ userId }) => own?.includes(userId) ?? true);
      if (own !== null && (effectiveFrom === null || !isBound)) return [];
      const signatures = content.sellers
        .filter(({ userId }) => own?.includes(userId) ?? true)
        .map(({ userId }) => ({ userId, name: names.of(userId), isSigned: signedBy.includes(userId) }));
      return [{ version, effectiveFrom, content, signatures }];
    });
    const latest = seen.at(-1);
    if (!latest) return [];
    const preview = previewPlan(latest.content, indicators);
    const figures = preview.figures?.map((figure) => ({
      ...figure,
      norms: figure.norms.filter(({ userId }) => own?.includes(userId) ?? true),
    }));
    return [
      {
        ...{ planId, ...subject, isWithdrawn: status === 'withdrawn', versions: seen.map(hidingOthers(own)) },
        preview: { ...preview, figures: figures ?? null },
      },
    ];
  }
}

const planUnknown = () => new Rejection('PLAN_UNKNOWN', 'There is no such plan.');

/** Whom else a plan binds is not for everybody it binds. */
const hidingOthers =
  (own: readonly string[] | null) =>
  <Version extends { content: PlanContent }>(version: Version) => ({
    ...version,
    content: {
      ...version.content,
      steps: [...version.content.steps],
      sellers: version.content.sellers
        .filter(({ userId }) => own?.includes(userId) ?? true)
        .map(({ conversions, ...seller }) => ({ ...seller, ...(conversions && { conversions: [...conversions] }) })),
    },
  });
