import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import {
  type Backtest,
  Backtests,
  basePack,
  compileRule,
  decideDiscipline,
  type DisciplineEvent,
  type DisciplineSettings,
  QueueReader,
  type Rule,
  RuleInvalid,
  type RuleSetting,
  starterRules,
  unmetNeed,
} from '@funnelwatch/curation';
import type { EventLog } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { type Access, noteForAudit } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { BacktestBody, ParametersBody, RuleList, RuleViewBody, SilenceBody, StatusBody } from './rules.schemas.js';

const noFigures = { open: 0, total: 0, falsePositives: 0, verdicts: 0, checks: 0 };
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
    const items = rulesOf(settings).map(({ rule, setting, isOwn }) =>
      ruleView(rule, setting, isOwn, figuresOf.get(rule.id) ?? noFigures),
    );
    return { items, pack: settings.pack, silences: settings.silences };
  }

  /**
   * Switches a rule on or off. What began before is baseline from then on. Throws `Rejection` RULE_UNKNOWN,
   * RULE_UNAVAILABLE, RULE_NOT_SET.
   */
  async setStatus(
    portalId: string,
    ruleId: string,
    { status }: StatusBody,
    access: Access,
  ): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    const { rule, setting } = await this.known(portal, ruleId);
    const unmet = unmetNeed(rule, setting.parameters ?? {}, standingFeeds);
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
    return this.decide(portal, {
      type: 'RuleStatusSet',
      data: { ruleId, status, from, by: access.accountId, reason: 'by-hand' },
    });
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
    return this.decide(portal, { type: 'RuleParametersSet', data: { ruleId, parameters, by: access.accountId } });
  }

  /** Everything wrong with a rule, by line and column; nothing is saved. */
  check(rule: Record<string, unknown>): { faults: RuleInvalid['faults'][number][] } {
    try {
      compileRule(rule);
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
    return this.decide(portal, { type: 'SilenceSet', data: { silenceId, ...body, until, by: access.accountId } });
  }

  /** Throws `Rejection` SILENCE_UNKNOWN. */
  async endSilence(portalId: string, silenceId: string, access: Access): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    const { settings } = await this.queue.settings(portal);
    if (!settings.silences.some((silence) => silence.silenceId === silenceId)) {
      throw new Rejection('SILENCE_UNKNOWN', 'There is no such silence.');
    }
    return this.decide(portal, { type: 'SilenceEnded', data: { silenceId, by: access.accountId } });
  }

  /** Throws `Rejection` RULE_UNKNOWN, RULE_INVALID, RULE_UNAVAILABLE. */
  async requestBacktest(portalId: string, ruleId: string, body: BacktestBody, access: Access): Promise<Backtest> {
    const portal = await this.portals.get(portalId);
    const { settings } = await this.queue.settings(portal);
    const known = rulesOf(settings).find(({ rule }) => rule.id === ruleId);
    const draft = body.rule ?? known?.rule;
    if (!draft) throw new Rejection('RULE_UNKNOWN', 'There is no such rule.');
    const parameters = body.parameters ?? known?.setting.parameters ?? {};
    const [compiled] = compileRule(draft, parameters);
    if (compiled?.rule.unavailable) {
      throw new Rejection('RULE_UNAVAILABLE', 'The facts that this rule asks about are not captured yet.');
    }
    const backtestId = randomUUID();
    const order = { backtestId, ruleId, rule: draft, parameters, by: access.accountId };
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

  private async known(portal: RegisteredPortal, ruleId: string): Promise<{ rule: Rule; setting: RuleSetting }> {
    const { settings } = await this.queue.settings(portal);
    const found = rulesOf(settings).find(({ rule }) => rule.id === ruleId);
    if (!found) throw new Rejection('RULE_UNKNOWN', 'There is no such rule.');
    return found;
  }

  private async decide(portal: RegisteredPortal, event: DisciplineEvent): Promise<{ position: string }> {
    const { position } = await decideDiscipline(this.log, this.clock, portal, [event], randomUUID());
    return { position: `${portal.bucket}:${position}` };
  }
}

const off: RuleSetting = { status: 'off', from: '', reason: '' };

function rulesOf(settings: DisciplineSettings): { rule: Rule; setting: RuleSetting; isOwn: boolean }[] {
  const known = new Map<string, { draft: unknown; setting: RuleSetting; isOwn: boolean }>();
  for (const draft of basePack.rules) {
    known.set(draft.id, { draft, setting: settings.rules[draft.id] ?? off, isOwn: false });
  }
  for (const [ruleId, setting] of Object.entries(settings.rules)) {
    if (setting.own) known.set(ruleId, { draft: setting.own, setting, isOwn: true });
  }
  return [...known.values()].flatMap(({ draft, setting, isOwn }) => {
    const rule = compileRule(draft)[0]?.rule;
    return rule ? [{ rule, setting, isOwn }] : [];
  });
}

function ruleView(rule: Rule, setting: RuleSetting, isOwn: boolean, figures: RuleViewBody['figures']): RuleViewBody {
  const { id, version, title, clause, feedback, severity, kind, on, feedbackTo, when, unavailable } = rule;
  const values = setting.parameters ?? {};
  return {
    ...{ ruleId: id, version, title, clause, feedback, severity, kind, on, feedbackTo, when },
    status: setting.status,
    since: setting.from === '' ? null : setting.from,
    reason: setting.reason === '' ? null : setting.reason,
    waitsFor: setting.status === 'off' && !unavailable ? null : unmetNeed(rule, values, standingFeeds),
    unavailable: unavailable ?? null,
    isStarter: starterRules.includes(id),
    isOwn,
    parameters: Object.entries(rule.parameters).map(([name, declaration]) => ({
      name,
      title: declaration.title,
      type: declaration.type,
      isRequired: declaration.isRequired,
      default: declaration.default,
      value: values[name] ?? declaration.default,
      isSet: name in values,
    })),
    figures,
  };
}
