import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import {
  Backtests,
  basePack,
  compileRule,
  decidedSettings,
  decideDiscipline,
  decideDraft,
  decideDraftDropped,
  decideRemoval,
  type DisciplineEvent,
  inheritPack,
  type Pack,
  type PackLayer,
  packDiff,
  packBelow,
  packOfPortal,
  QueueReader,
  type RuleDraft,
  RuleInvalid,
  rulesToTry,
  unmetNeed,
} from '@funnelwatch/curation';
import type { EventLog } from '@funnelwatch/event-log';
import { type Clock, Rejection } from '@funnelwatch/kernel';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { type Access, noteForAudit } from '../access/request-access.js';
import { eventLog, wallClock } from '../composition.tokens.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import type { PortalPackDiff, PreviewBody, PreviewView, RuleDetail, WriteBody } from './own-rules.schemas.js';
import { rulesOf, ruleView, unversioned } from './rule-desk.js';

/** A trial takes the curator a pass over the past: so many are ordered at once. */
const mostTrials = 20;
const standingFeeds = new Set<string>();
const nothingDecided = { pack: null, rules: {}, silences: [] };

/** Rules that a portal writes for itself, and what it has differently from the pack. */
@Injectable()
export class OwnRuleDesk {
  constructor(
    @Inject(eventLog) private readonly log: EventLog,
    @Inject(wallClock) private readonly clock: Clock,
    private readonly portals: PortalDirectory,
    private readonly queue: QueueReader,
    private readonly tests: Backtests,
  ) {}

  /** A rule with all that defines it. Throws `Rejection` RULE_UNKNOWN. */
  async show(portalId: string, ruleId: string): Promise<RuleDetail> {
    const portal = await this.portals.get(portalId);
    const [{ settings, position }, figures] = await Promise.all([
      this.queue.settings(portal),
      this.queue.ruleFigures(portal),
    ]);
    const known = rulesOf(settings).find(({ rule }) => rule.id === ruleId);
    if (!known) throw new Rejection('RULE_UNKNOWN', 'There is no such rule.');
    const figuresOf = figures.find((one) => one.ruleId === ruleId);
    const pack = packOfPortal(packBelow(basePack, settings), settings, position);
    return {
      rule: ruleView(known, figuresOf),
      definition: { ...known.rule },
      draft: settings.rules[ruleId]?.draft ?? null,
      origins: { ...pack.rules.get(ruleId)?.origins },
    };
  }

  /** Writes a rule down as a draft. Throws `RuleInvalid` with every fault, and `Rejection` RULES_FULL. */
  async write(portalId: string, ruleId: string, { rule }: WriteBody, access: Access) {
    const portal = await this.portals.get(portalId);
    const { settings, position } = await decidedSettings(this.log, portal);
    const events = decideDraft(ruleId, rule, settings, basePack, access.accountId);
    noteForAudit({ object: ruleId });
    const drafted = events.find(({ type }) => type === 'RuleDrafted');
    const written = drafted?.type === 'RuleDrafted' ? drafted.data.rule : settings.rules[ruleId]?.draft;
    const told = drafted ? await this.decide(portal, events) : { position: `${portal.bucket}:${position}` };
    return { ...told, version: Number(written?.['version'] ?? 1), isChanged: drafted !== undefined };
  }

  /** Throws `Rejection` RULE_NOT_OWN. */
  async remove(portalId: string, ruleId: string, access: Access): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    const { settings } = await decidedSettings(this.log, portal);
    noteForAudit({ object: ruleId });
    return this.decide(portal, decideRemoval(ruleId, settings, basePack, access.accountId));
  }

  /** Throws `Rejection` RULE_NO_DRAFT. */
  async dropDraft(portalId: string, ruleId: string, access: Access): Promise<{ position: string }> {
    const portal = await this.portals.get(portalId);
    const { settings } = await decidedSettings(this.log, portal);
    noteForAudit({ object: ruleId });
    return this.decide(portal, decideDraftDropped(ruleId, settings, access.accountId));
  }

  /** What the portal has differently from the pack. */
  async diff(portalId: string): Promise<PortalPackDiff> {
    const portal = await this.portals.get(portalId);
    const { settings, position } = await this.queue.settings(portal);
    const pack = packOfPortal(packBelow(basePack, settings), settings, position);
    const untouched = packOfPortal(inheritPack(basePack, []), nothingDecided, 0);
    return { layers: [...pack.layers], diff: packDiff(untouched, pack) };
  }

  /**
   * What another pack or layers above it would change for the portal, whose own decisions stay on top; rules that would
   * find otherwise are tried on the past. Throws `RuleInvalid`, and the `Rejection`s of layers, `PACK_…`.
   */
  async preview(portalId: string, body: PreviewBody, access: Access): Promise<PreviewView> {
    const portal = await this.portals.get(portalId);
    const { settings, position } = await this.queue.settings(portal);
    const layers = layersAfter(settings.layers ?? [], body.layers);
    const [before, after] = [packBelow(basePack, settings), inheritPack(upgraded(body.rules), layers)].map((below) =>
      packOfPortal(below, settings, position),
    );
    if (!before || !after) throw new Error('There are two packs');
    const diff = packDiff(before, after);
    const tried = rulesToTry(diff, after).filter(({ rule, parameters }) => {
      const compiled = compileRule(rule, parameters)[0];
      return compiled && unmetNeed(compiled.rule, parameters, standingFeeds) === null;
    });
    const chosen = tried.slice(0, mostTrials);
    const isChosen = new Set(chosen.map(({ ruleId }) => ruleId));
    noteForAudit({ object: basePack.id, details: { trials: chosen.length } });
    const now = this.clock.now();
    const backtestIds: string[] = [];
    for (const { ruleId, rule, parameters, scope } of chosen) {
      const backtestId = randomUUID();
      await this.tests.request(
        portalId,
        { backtestId, ruleId, rule, parameters, scope, period: null, by: access.accountId },
        now,
      );
      backtestIds.push(backtestId);
    }
    return {
      layers: [...after.layers],
      diff,
      backtests: await Promise.all(backtestIds.map((backtestId) => this.tests.get(portalId, backtestId))),
      notTried: rulesToTry(diff, after).flatMap(({ ruleId }) => (isChosen.has(ruleId) ? [] : [ruleId])),
    };
  }

  private async decide(portal: RegisteredPortal, events: DisciplineEvent[]): Promise<{ position: string }> {
    const { position } = await decideDiscipline(this.log, this.clock, portal, events, randomUUID());
    return { position: `${portal.bucket}:${position}` };
  }
}

/** The layers that a portal has, with others in their places or above them. */
function layersAfter(known: readonly PackLayer[], others: readonly { id: string }[]): unknown[] {
  const added = others.filter(({ id }) => known.every((layer) => layer.id !== id));
  return [...known.map((layer) => others.find(({ id }) => id === layer.id) ?? layer), ...added];
}

/** The pack with these rules in the place of its own. Throws `RuleInvalid`. */
function upgraded(drafts: readonly Record<string, unknown>[]): Pack {
  const rules = new Map<string, RuleDraft>(basePack.rules.map((rule) => [rule.id, rule]));
  for (const draft of drafts) {
    const rule = compileRule(unversioned(draft))[0]?.rule;
    if (!rule) throw new RuleInvalid([{ path: 'on', message: 'The rule is about nothing.' }]);
    rules.set(rule.id, rule);
  }
  return { ...basePack, version: basePack.version + (drafts.length > 0 ? 1 : 0), rules: [...rules.values()] };
}
