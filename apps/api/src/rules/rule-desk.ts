import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import {
  type Backtest,
  Backtests,
  basePack,
  compileRule,
  decidedSettings,
  fittingScope,
  decideDiscipline,
  decideInForce,
  type DisciplineEvent,
  type DisciplineSettings,
  type PortalRule,
  QueueReader,
  type Rule,
  RuleInvalid,
  type RuleSetting,
  rulesOfPortal,
  starterRules,
  unmetNeed,
} from '@funnelwatch/curation';
import type { EventLog } from '@funnelwatch/event-log';
import { dayPeriod } from '@funnelwatch/funnel';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { type Access, noteForAudit } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { BacktestBody, ParametersBody, RuleList, RuleViewBody, SilenceBody, StatusBody } from './rules.schemas.js';

const standingFeeds = new Set<string>();

/** The rules of a portal: what they say, whether they are on, how they are set. */
@Injectable()
export class RuleDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
    private readonly queue: QueueReader,
    private readonly tests: Backtests,
  ) {}

  async list(portalId: string): Promise<RuleList> {
    const portal = await this.portals.get(portalId);
    const [{ settings }, figures] = await Promise.all([this.queue.settings(portal), this.queue.ruleFigures(portal)]);
    const figuresOf = new Map(figures.map(({ ruleId, ...rest }) => [ruleId, rest]));
    const items = rulesOf(settings).map((known) => ruleView(known, figuresOf.get(known.rule.id)));
    return { items, pack: settings.pack, silences: settings.silences };
  }

  /**
   * Switches a rule on or off; what is being written of it is thereby put in force. What began before is baseline from
   * then on. Throws `Rejection` RULE_UNKNOWN,
   * RULE_UNAVAILABLE, RULE_NOT_SET.
   */
  async setStatus(
    portalId: string,
    ruleId: string,
    { status }: StatusBody,
    access: Access,
  ): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    const known = await this.known(portal, ruleId);
    const { setting } = known;
    // What is switched on is what was written last.
    const rule = (setting.draft && ruleOf(setting.draft)) ?? known.rule;
    const unmet = unmetNeed(rule, known.values, standingFeeds);
    if (status !== 'off' && unmet === 'unavailable') {
      throw new Rejection('RULE_UNAVAILABLE', 'The facts that this rule asks about are not captured yet.');
    }
    if (status !== 'off' && unmet?.startsWith('setting:')) {
      throw new Rejection('RULE_NOT_SET', 'Set the parameters that the rule needs before it is switched on.', {
        details: { parameter: unmet.slice('setting:'.length) },
      });
    }
    noteForAudit({ object: ruleId, details: { status } });
    const from = this.clock.now().toISOString();
    const by = access.accountId;
    return this.decide(portal, [
      ...(status === 'off' ? [] : decideInForce(ruleId, setting, by)),
      { type: 'RuleStatusSet', data: { ruleId, status, from, by, reason: 'by-hand' } },
    ]);
  }

  /** Sets parameters; those left out take their defaults. Throws `Rejection` RULE_UNKNOWN, RULE_INVALID. */
  async setParameters(
    portalId: string,
    ruleId: string,
    { parameters }: ParametersBody,
    access: Access,
  ): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    const { rule } = await this.known(portal, ruleId);
    compileRule(rule, parameters);
    noteForAudit({ object: ruleId, details: { parameters: Object.keys(parameters).join(' ') } });
    return this.decide(portal, [{ type: 'RuleParametersSet', data: { ruleId, parameters, by: access.accountId } }]);
  }

  /** Everything wrong with a rule, by line and column; nothing is saved. */
  check(rule: Record<string, unknown>): { faults: RuleInvalid['faults'][number][] } {
    try {
      compileRule(unversioned(rule));
      return { faults: [] };
    } catch (error) {
      if (error instanceof RuleInvalid) return { faults: [...error.faults] };
      throw error;
    }
  }

  /** Throws `Rejection` SILENCE_INVALID. */
  async silence(portalId: string, body: SilenceBody, access: Access): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    if (Date.parse(body.until) <= this.clock.now().getTime()) {
      throw new Rejection('SILENCE_INVALID', 'A silence ends in the future.');
    }
    const silenceId = randomUUID();
    noteForAudit({ object: silenceId, details: { rule: body.ruleId, user: body.userId, about: body.about } });
    const until = new Date(body.until).toISOString();
    return this.decide(portal, [{ type: 'SilenceSet', data: { silenceId, ...body, until, by: access.accountId } }]);
  }

  /** Throws `Rejection` SILENCE_UNKNOWN. */
  async endSilence(portalId: string, silenceId: string, access: Access): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    const { settings } = await decidedSettings(this.log, portal);
    if (!settings.silences.some((silence) => silence.silenceId === silenceId)) {
      throw new Rejection('SILENCE_UNKNOWN', 'There is no such silence.');
    }
    return this.decide(portal, [{ type: 'SilenceEnded', data: { silenceId, by: access.accountId } }]);
  }

  /** Throws `Rejection` RULE_UNKNOWN, RULE_INVALID, RULE_UNAVAILABLE, FUNNEL_PERIOD_INVALID. */
  async requestBacktest(portalId: string, ruleId: string, body: BacktestBody, access: Access): Promise<Backtest> {
    const portal = await this.portals.get(portalId);
    const { settings } = await decidedSettings(this.log, portal);
    const known = rulesOf(settings).find(({ rule }) => rule.id === ruleId);
    const draft = body.rule ? unversioned(body.rule) : known?.rule;
    if (!draft) throw new Rejection('RULE_UNKNOWN', 'There is no such rule.');
    const parameters = body.parameters ?? known?.values ?? {};
    const [compiled] = compileRule(draft, parameters);
    const scope = compiled ? fittingScope(compiled.rule.on, known?.scope ?? {}) : {};
    if (compiled?.rule.unavailable) {
      throw new Rejection('RULE_UNAVAILABLE', 'The facts that this rule asks about are not captured yet.');
    }
    const { period = null } = body;
    if (period) dayPeriod(portal.zone, period.from, period.to);
    const backtestId = randomUUID();
    const order = { backtestId, ruleId, rule: draft, parameters, scope, period, by: access.accountId };
    await this.tests.request(portalId, order, this.clock.now());
    noteForAudit({ object: ruleId });
    return this.tests.get(portalId, backtestId);
  }

  async backtests(portalId: string): Promise<{ items: Backtest[] }> {
    await this.portals.get(portalId);
    return { items: await this.tests.list(portalId, 50) };
  }

  /** Throws `Rejection` BACKTEST_UNKNOWN. */
  async backtest(portalId: string, backtestId: string): Promise<Backtest> {
    await this.portals.get(portalId);
    return this.tests.get(portalId, backtestId);
  }

  /** Throws `Rejection` BACKTEST_UNKNOWN. */
  async cancelBacktest(portalId: string, backtestId: string): Promise<void> {
    await this.portals.get(portalId);
    await this.tests.cancel(portalId, backtestId, this.clock.now());
  }

  private async known(portal: RegisteredPortal, ruleId: string): Promise<KnownRule> {
    const { settings } = await decidedSettings(this.log, portal);
    const found = rulesOf(settings).find(({ rule }) => rule.id === ruleId);
    if (!found) throw new Rejection('RULE_UNKNOWN', 'There is no such rule.');
    return found;
  }

  private async decide(portal: RegisteredPortal, events: DisciplineEvent[]): Promise<{ position: string }> {
    const { position } = await decideDiscipline(this.log, this.clock, portal, events, randomUUID());
    return { position: `${portal.bucket}:${position}` };
  }
}

/** What is being written has no version yet: it is counted when it is saved. */
export const unversioned = (rule: Readonly<Record<string, unknown>>): Record<string, unknown> => ({
  version: 1,
  ...rule,
});

interface KnownRule extends PortalRule {
  rule: Rule;
}

const ruleOf = (draft: unknown): Rule | undefined => compileRule(draft)[0]?.rule;

/** Rules of the pack and the portal's own, those that are only being written among them. */
export const rulesOf = (settings: DisciplineSettings): KnownRule[] =>
  rulesOfPortal(basePack, settings).flatMap((known) => {
    const rule = ruleOf(known.draft);
    return rule ? [{ ...known, rule }] : [];
  });

const noFigures = { open: 0, total: 0, falsePositives: 0, verdicts: 0, checks: 0 };

export function ruleView(
  { rule, setting, values, ofLayers, scope, isOwn }: KnownRule,
  figures: RuleViewBody['figures'] = noFigures,
): RuleViewBody {
  const { id, version, title, clause, feedback, severity, kind, on, feedbackTo, when, unavailable } = rule;
  const own = setting.parameters ?? {};
  return {
    ...{ ruleId: id, version, title, clause, feedback, severity, kind, on, feedbackTo, when },
    status: setting.status,
    since: setting.from === '' ? null : setting.from,
    reason: setting.reason === '' ? null : setting.reason,
    outage: outageView(setting),
    hasDraft: setting.draft !== undefined,
    waitsFor: setting.status === 'off' && !unavailable ? null : unmetNeed(rule, values, standingFeeds),
    unavailable: unavailable ?? null,
    isStarter: starterRules.includes(id),
    isOwn,
    parameters: Object.entries(rule.parameters).map(([name, declaration]) => ({
      name,
      title: declaration.title,
      type: declaration.type,
      isRequired: declaration.isRequired,
      default: ofLayers[name] ?? declaration.default,
      value: values[name] ?? declaration.default,
      isSet: name in own,
    })),
    scope,
    figures,
  };
}

function outageView({ outage }: RuleSetting): RuleViewBody['outage'] {
  if (!outage) return null;
  const { missing, at, before } = outage;
  return { missing, at, statusBefore: before.status === 'shadow' ? 'shadow' : 'active' };
}
