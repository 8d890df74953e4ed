import { Injectable } from '@nestjs/common';
import { entityOf } from '@funnelwatch/capture-contracts';
import { type CaseCard, personOfCase, positionsAround, QueueReader, type SecondReview } from '@funnelwatch/curation';
import { readEventsAt } from '@funnelwatch/event-log';
import type { RegisteredPortal } from '@funnelwatch/portals';
import pg from 'pg';
import type { Access } from '../access/request-access.js';
import type { PersonNames } from '../people/people.js';
import { eventView } from '../records/event-view.js';
import { LabelReader } from '../records/label-reader.js';
import { portalCardUrl } from '../records/portal-card.js';
import type { CaseCardView } from './cases.schemas.js';
import { ruleOfPortal } from './rule-of-portal.js';

const reach = 3;
const historyDays = 90;
/** A rule that was wrong so often is not to be confirmed without looking. */
const errsOftenFrom = 0.3;
const fewVerdicts = 10;

/** Puts together all that a curator looks at for one verdict. */
@Injectable()
export class CaseCards {
  constructor(
    private readonly pool: pg.Pool,
    private readonly queue: QueueReader,
    private readonly labels: LabelReader,
  ) {}

  async view(
    portal: RegisteredPortal,
    card: CaseCard,
    row: CaseCardView['row'],
    {
      names,
      access,
      isBlind,
      undecided,
    }: { names: PersonNames; access: Access; isBlind: boolean; undecided: readonly string[] },
  ): Promise<CaseCardView> {
    const { opened, state } = card;
    const person = (userId: string | null) => (userId === null ? null : { userId, name: names.of(userId) });
    const [around, history, figures, { settings }] = await Promise.all([
      this.around(portal, card),
      this.history(portal, card, names, undecided),
      this.queue.ruleFigures(portal),
      this.queue.settings(portal),
    ]);
    const rule = ruleOfPortal(settings, opened.ruleId);
    const figure = figures.find(({ ruleId }) => ruleId === opened.ruleId);
    // Whoever decides a dispute is not to know what the first reviewer thought; a blind card tells of none at all.
    const isVerdictHidden =
      isBlind || (state.status === 'disputed' && state.verdict !== null && state.verdict.by !== access.accountId);
    const { doer, owner, creator, assignee, head } = state.people;
    const no = { ru: opened.ruleId, en: opened.ruleId };
    return {
      row: isVerdictHidden ? { ...row, verdict: null } : row,
      rule: {
        title: rule?.title ?? no,
        clause: rule?.clause ?? no,
        feedback: rule?.feedback ?? no,
        parameters: opened.parameters,
        version: opened.ruleVersion,
      },
      people: {
        doer: person(doer),
        owner: person(owner),
        creator: person(creator),
        assignee: person(assignee),
        head: person(head),
      },
      evidence: opened.evidence as CaseCardView['evidence'],
      asAt: `${portal.bucket}:${opened.asAt}`,
      portalUrl: urlOf(portal, opened.about),
      items: state.items.map(({ ref, at }) => ({ ref, at, portalUrl: urlOf(portal, ref) })),
      around,
      history,
      suggested: suggestion(card, figure),
      verdict: isVerdictHidden ? null : state.verdict,
      isVerdictHidden,
      voided: voidedView(portal, card),
      regressedFrom: opened.regressedFrom,
      inhibitedBy: state.inhibitedBy,
      isBlind,
      secondReview: isVerdictHidden || !state.secondReview ? null : reviewView(state.secondReview),
      answer: state.answer?.answer ?? null,
      feedback: state.feedback.map(({ messageId, channel, to, state: sent }) => ({
        messageId,
        channel,
        to: { userId: to, name: names.of(to) },
        state: sent,
      })),
      entries: card.entries.map(({ version, type, occurredAt, recordedAt, data }) => {
        const isHidden = isVerdictHidden && (type === 'VerdictGiven' || type === 'BlindReviewed');
        return {
          version,
          type,
          occurredAt,
          recordedAt,
          by: isHidden ? null : textOf(data['by']),
          detail: isHidden ? null : textOf(data['verdict'] ?? data['answer'] ?? data['reason'] ?? data['channel']),
        };
      }),
    };
  }

  private async around(portal: RegisteredPortal, { opened }: CaseCard): Promise<CaseCardView['around']> {
    const positions = await positionsAround(this.pool, portal, opened.about, new Date(opened.startAt), reach);
    if (positions.length === 0) return [];
    const [events, labels] = await Promise.all([readEventsAt(this.pool, portal, positions), this.labels.of(portal)]);
    return events
      .map((event) => eventView(event, {}, labels))
      .sort((left, right) => (left.occurredAt < right.occurredAt ? -1 : left.occurredAt > right.occurredAt ? 1 : 0));
  }

  private async history(
    portal: RegisteredPortal,
    { opened, state }: CaseCard,
    names: PersonNames,
    undecided: readonly string[],
  ): Promise<CaseCardView['history']> {
    const userId = personOfCase(opened.subject, state.people);
    if (userId === null) return null;
    const figures = await this.queue.history(portal, userId, opened.ruleId, historyDays, undecided);
    return { ...figures, person: { userId, name: names.of(userId) }, days: historyDays };
  }
}

const reviewView = ({ reason, state }: SecondReview): CaseCardView['secondReview'] => ({ reason, state });

/** Why the last episode of a void case came to nothing. */
function voidedView(portal: RegisteredPortal, { state }: CaseCard): CaseCardView['voided'] {
  const { voidReason: reason, voidInto } = state.episodes.at(-1) ?? {};
  if (state.status !== 'void' || !reason) return null;
  // Cases of before were told no successor.
  const into = voidInto ?? null;
  return { reason, into, portalUrl: into && urlOf(portal, into) };
}

function suggestion(
  { row }: CaseCard,
  figure: { falsePositives: number; verdicts: number } | undefined,
): CaseCardView['suggested'] {
  const { falsePositives = 0, verdicts = 0 } = figure ?? {};
  if (verdicts >= fewVerdicts && falsePositives / verdicts >= errsOftenFrom) {
    return { verdict: 'need-info', why: 'rule-errs-often' };
  }
  if (row.resolvedAt !== null) return { verdict: 'real', why: 'fixed-already' };
  return { verdict: 'real', why: verdicts >= fewVerdicts ? 'rule-is-precise' : 'nothing-known' };
}

function urlOf({ origin }: RegisteredPortal, reference: string): string | null {
  const entity = entityOf(reference);
  return entity && portalCardUrl(origin, entity.kind, entity.id);
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
