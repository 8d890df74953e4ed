import type { EventLog, PortalAddress } from '@funnelwatch/event-log';
import type { JsonObject, NewEvent } from '@funnelwatch/kernel';
import { type CaseEvent, type CaseItem, type CasePeople, caseStream, type VoidReason } from '../cases/case-events.js';
import { type CaseState, evolveCase } from '../cases/case-state.js';
import type { Episode } from '../episodes/episode.js';
import { caseIdOf } from './case-ids.js';
import { episodeKey, type SaidEpisode } from './episode-store.js';
import type { OrgChart } from './org-chart.js';
import type { JudgedRule } from './portal-rules.js';
import { dueAtOf } from './portal-time.js';
import type { WorkingTime } from '@funnelwatch/calendar';
import type { FeedbackTarget } from '../rules/rule.js';
import { ownEvent } from '../own-events/own-event.js';

export interface SpeakerParts {
  portal: PortalAddress;
  /** Position as of which is judged: it makes ids of events, and is kept with the evidence. */
  asAt: number;
  now: Date;
  workingTime: WorkingTime;
  orgChart: OrgChart;
  /** Events of a case so far, for cases that were opened before. */
  history(caseId: string): Promise<CaseState | null>;
}

const iso = (ms: number): string => new Date(ms).toISOString();
/** Whether it turned out not to be so: if it is found again, it is a new episode. */
const isTakenBack = ({ voidReason }: SaidEpisode): boolean =>
  voidReason === 'late-facts' || voidReason === 'rule-changed';
const isOver = (state: CaseState | null): boolean =>
  state === null || state.status === 'closed' || state.status === 'void';

/** Turns what judging found into events of cases, given what was said before. */
export class Speaker {
  readonly events: NewEvent[] = [];
  /** Episodes to be kept. */
  readonly said = new Map<string, SaidEpisode>();
  private readonly states = new Map<string, CaseState | null>();
  private readonly known: Map<string, SaidEpisode>;
  /** The latest of every episode by rule and what it is about, so that an opening asks nobody else’s. */
  private readonly byRecord = new Map<string, Map<number, SaidEpisode>>();
  private readonly oldCases = new Set<string>();
  private ordinal = 0;

  constructor(
    private readonly parts: SpeakerParts,
    known: readonly SaidEpisode[],
  ) {
    this.known = new Map(known.map((episode) => [episodeKey(episode), episode]));
    for (const episode of known) {
      this.index(episode);
      this.oldCases.add(episode.caseId);
    }
  }

  /** Says what became of a subject's episodes of the rules that were judged. */
  async say(
    subject: string,
    episodes: readonly Episode[],
    rules: ReadonlyMap<string, JudgedRule>,
    ownerNow: (about: string) => string | null,
  ): Promise<void> {
    const found = new Set(episodes.map(episodeKey));
    const before = [...this.known.values()].filter((said) => said.subject === subject && rules.has(said.ruleId));
    for (const said of before) {
      if (found.has(episodeKey(said)) || isTakenBack(said)) continue;
      await this.takeBack(said, rules.get(said.ruleId)?.digest ?? null);
    }
    const inOrder = [...episodes].sort((left, right) => left.opensAt - right.opensAt || left.startAt - right.startAt);
    for (const episode of inOrder) {
      const rule = rules.get(episode.ruleId);
      if (!rule) continue;
      const said = this.latest(episodeKey(episode));
      const current = said && !isTakenBack(said) ? said : await this.open(episode, rule);
      await this.follow(
        { ...current, judgedBy: rule.digest },
        episode,
        inhibitorOf(rule, episode, episodes),
        ownerNow(episode.about),
      );
    }
  }

  private latest(key: string): SaidEpisode | undefined {
    return this.said.get(key) ?? this.known.get(key);
  }

  private async open(episode: Episode, judged: JudgedRule): Promise<SaidEpisode> {
    const { rule, setting, outages } = judged;
    const { ruleId, about, startAt } = episode;
    const others = this.standing(ruleId, about).filter((said) => said.startAt !== startAt);
    const last = others.at(-1);
    const isOfOutage = outages.some(({ from, until }) => startAt >= from && (until === null || startAt < until));
    const isBefore = startAt < Date.parse(setting.from) || isOfOutage;
    const mode = setting.status === 'shadow' ? 'shadow' : isBefore ? 'baseline' : 'active';
    const own = caseIdOf(this.parts.portal.portalId, ruleId, about, startAt);
    const ownState = await this.state(own);
    const joins = (await this.openCase(others, mode)) ?? (ownState ? own : null);
    const items = itemsOf(episode);
    const said: SaidEpisode = {
      ...{ ruleId, about, startAt, subject: episode.subject, caseId: joins ?? own, opensAt: episode.opensAt },
      ...{ resolvedAt: null, voidAt: null, voidReason: null, voidInto: null, items, owner: null, inhibitedBy: null },
      judgedBy: judged.digest,
    };
    const people = this.peopleOf(episode, rule.feedbackTo);
    said.owner = people.owner;
    this.keep(said);
    const { startEventId } = episode;
    const times = { startAt: iso(startAt), startEventId, opensAt: iso(episode.opensAt) };
    if (joins) {
      const state = await this.state(joins);
      await this.tell(joins, episode.opensAt, {
        type: 'CaseRecurred',
        data: { ...times, items: [...(state?.items ?? []).filter(({ at }) => at !== times.startAt), ...items] },
      });
      return said;
    }
    await this.tell(own, episode.opensAt, {
      type: 'CaseOpened',
      data: {
        ...{ caseId: own, ruleId, ruleVersion: rule.version, severity: rule.severity, mode },
        ...{ subject: episode.subject, about, ...times },
        dueAt: dueAtOf(rule.severity, this.parts.now, this.parts.workingTime).toISOString(),
        people,
        items,
        evidence: { ...episode.evidence },
        parameters: judged.compiled[0]?.parameters as JsonObject,
        asAt: this.parts.asAt,
        regressedFrom: mode === 'active' ? await this.regression(last) : null,
      },
    });
    return said;
  }

  private keep(episode: SaidEpisode): void {
    this.said.set(episodeKey(episode), episode);
    this.index(episode);
  }

  private index(episode: SaidEpisode): void {
    const key = `${episode.ruleId} ${episode.about}`;
    const known = this.byRecord.get(key);
    if (known) known.set(episode.startAt, episode);
    else this.byRecord.set(key, new Map([[episode.startAt, episode]]));
  }

  /** What was said of a rule about something and still holds, in the order in which it began. */
  private standing(ruleId: string, about: string): SaidEpisode[] {
    const known = this.byRecord.get(`${ruleId} ${about}`)?.values() ?? [];
    return [...known].filter((said) => !isTakenBack(said)).sort((left, right) => left.startAt - right.startAt);
  }

  /** The case that is still open, if any: what began last may have been closed while an earlier one is not. */
  private async openCase(others: readonly SaidEpisode[], mode: CaseState['mode']): Promise<string | null> {
    for (const caseId of new Set(others.map((said) => said.caseId).reverse())) {
      const state = await this.state(caseId);
      if (!isOver(state) && state?.mode === mode) return caseId;
    }
    return null;
  }

  private async regression(last: SaidEpisode | undefined): Promise<string | null> {
    if (!last) return null;
    const state = await this.state(last.caseId);
    return state?.verdict?.verdict === 'false' ? null : last.caseId;
  }

  private async follow(
    said: SaidEpisode,
    episode: Episode,
    inhibitedBy: string | null,
    ownerNow: string | null,
  ): Promise<void> {
    const next: SaidEpisode = { ...said, opensAt: episode.opensAt, subject: episode.subject };
    const startAt = iso(episode.startAt);
    const items = itemsOf(episode);
    const tell = (at: number, event: CaseEvent) => this.tell(said.caseId, at, event);
    if (JSON.stringify(items) !== JSON.stringify(said.items)) {
      next.items = items;
      await tell(items.length === 0 ? episode.opensAt : Date.parse(items.at(-1)?.at ?? startAt), {
        type: 'CaseItemsChanged',
        data: { items },
      });
    }
    if (episode.resolvedAt !== said.resolvedAt) {
      next.resolvedAt = episode.resolvedAt;
      if (episode.resolvedAt === null) {
        await tell(said.resolvedAt ?? episode.opensAt, { type: 'CaseResolutionWithdrawn', data: { startAt } });
      } else {
        const data = { startAt, at: iso(episode.resolvedAt), eventId: episode.resolvedByEventId };
        await tell(episode.resolvedAt, { type: 'CaseResolved', data });
      }
    }
    if (episode.gone !== null) {
      const { at, into } = episode.gone;
      const reason = into === null ? 'deleted' : 'merged';
      Object.assign(next, { voidAt: at, voidReason: reason, voidInto: into });
      const isNews = said.voidAt === null || said.voidReason !== reason || said.voidInto !== into;
      if (isNews) await tell(at, { type: 'CaseVoided', data: { startAt, reason, at: iso(at), into } });
    } else if (said.voidAt !== null) {
      Object.assign(next, { voidAt: null, voidReason: null, voidInto: null });
      await tell(episode.resolvedAt ?? said.voidAt, { type: 'CaseRestored', data: { startAt } });
    }
    const lasts = next.resolvedAt === null && next.voidAt === null;
    const inhibitor = lasts ? inhibitedBy : null;
    if (inhibitor !== said.inhibitedBy) {
      next.inhibitedBy = inhibitor;
      if (said.inhibitedBy) await tell(episode.opensAt, { type: 'CaseReleased', data: { by: said.inhibitedBy } });
      if (inhibitor) await tell(episode.opensAt, { type: 'CaseInhibited', data: { by: inhibitor } });
    }
    if (lasts && ownerNow !== null && ownerNow !== '' && ownerNow !== said.owner) {
      next.owner = ownerNow;
      await tell(this.parts.now.getTime(), { type: 'CaseReassigned', data: { owner: ownerNow } });
    }
    this.keep(next);
  }

  /** What was said is not so by all that is known now, or by what the rule says now. */
  private async takeBack(said: SaidEpisode, digest: string | null): Promise<void> {
    const at = this.parts.now.getTime();
    const isOtherRule = said.judgedBy !== null && said.judgedBy !== digest;
    const reason: VoidReason = isOtherRule ? 'rule-changed' : 'late-facts';
    this.keep({ ...said, voidAt: said.voidAt ?? at, voidReason: reason, voidInto: null, inhibitedBy: null });
    if (said.voidReason !== null) return;
    await this.tell(said.caseId, at, {
      type: 'CaseVoided',
      data: { startAt: iso(said.startAt), reason, at: iso(at), into: null },
    });
  }

  private peopleOf({ people, startAt, subject }: Episode, targets: readonly FeedbackTarget[]): CasePeople {
    const { orgChart } = this.parts;
    const known = (id: string): string | null => (id === '' ? null : id);
    const employee = subject.startsWith('employee:') ? subject.slice('employee:'.length) : '';
    const doer = known(people.doer) ?? known(employee);
    const owner = known(people.owner) ?? known(employee);
    const assignee = known(people.assignee);
    const led = owner ?? assignee ?? doer;
    const by: Record<FeedbackTarget, string | null> = {
      doer,
      owner,
      assignee: assignee ?? owner,
      creator: known(people.creator),
      editor: known(people.editor),
      head: led ? orgChart.headOf(led, startAt) : null,
      admin: orgChart.admin(startAt),
    };
    const responsible = targets.map((target) => by[target]).find((id) => id !== null) ?? null;
    return { doer, owner, creator: by.creator, assignee, editor: by.editor, head: by.head, responsible };
  }

  private async state(caseId: string): Promise<CaseState | null> {
    const known = this.states.get(caseId);
    if (known !== undefined) return known;
    const state = this.oldCases.has(caseId) ? await this.parts.history(caseId) : null;
    this.states.set(caseId, state);
    return state;
  }

  private async tell(caseId: string, atMs: number, event: CaseEvent): Promise<void> {
    const before = await this.state(caseId);
    const after = evolveCase(before, event);
    this.states.set(caseId, after);
    const { portal, asAt } = this.parts;
    const streamId = caseStream(caseId);
    this.ordinal += 1;
    const identity = `${event.type}|${asAt}|${this.ordinal}`;
    const told = { streamId, occurredAt: iso(atMs), identity, actor: 'system', beside: { caseId } } as const;
    this.events.push(ownEvent(portal, told, event));
    const woken = wakes(after, event);
    if (woken) await this.tell(caseId, atMs, woken);
  }

  /** Appends everything that was said. */
  async append(log: EventLog, tx: Parameters<EventLog['append']>[2]): Promise<void> {
    if (this.events.length === 0) return;
    const groups = [...Map.groupBy(this.events, ({ streamId }) => streamId)].map(([streamId, events]) => ({
      streamId,
      expected: 'any' as const,
      events,
    }));
    await log.append(this.parts.portal, groups, tx);
  }
}

/** What ends the sleep of a case that was put off until something happens, or happens so often. */
function wakes(state: CaseState | null, event: CaseEvent): CaseEvent | null {
  const snooze = state?.snooze;
  if (!snooze || event.type === 'CaseReassigned' || event.type === 'CaseInhibited') return null;
  if (snooze.until.kind === 'event') return { type: 'CaseWoken', data: { why: 'event', by: null } };
  const isOften = snooze.until.kind === 'count' && snooze.recurrences >= snooze.until.count;
  return isOften ? { type: 'CaseWoken', data: { why: 'count', by: null } } : null;
}

const itemsOf = ({ items }: Episode): CaseItem[] =>
  items.map(({ ref, eventId, at }) => ({ ref, eventId, at: iso(at) }));

/** A lasting episode about the same record of a rule that explains this one. */
function inhibitorOf({ rule }: JudgedRule, episode: Episode, all: readonly Episode[]): string | null {
  const lasting = all.filter(
    (other) => other.about === episode.about && other.resolvedAt === null && other.gone === null,
  );
  return rule.inhibitedBy.find((ruleId) => lasting.some((other) => other.ruleId === ruleId)) ?? null;
}
