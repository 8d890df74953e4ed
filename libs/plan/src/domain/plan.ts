import { assertNever, canonicalJson, type DomainEvent, type JsonValue, Rejection } from '@funnelwatch/kernel';
import type { Rounding } from '../decomposition/decompose.js';
import type { Split } from '../decomposition/split-norm.js';

/** Where the conversions of a plan come from: kept with it, so that a later reader sees what was known. */
export interface ConversionBase {
  /** `cohort`: records that entered in the window, followed for the horizon. `period`: entries over entries. `given`: by hand. */
  method: 'cohort' | 'period' | 'given';
  /** First day, and the day after the last; null where given by hand. */
  from: string | null;
  to: string | null;
  horizonDays: number | null;
  /** `shrunk`: each seller's own rate drawn towards the team's. */
  pooling: 'pooled' | 'shrunk';
}

/** What a plan says. Amounts are decimal texts of whole kopecks. */
export interface PlanContent {
  name: string;
  targetKopecks: string;
  averageSaleKopecks: string;
  statedSales: number | null;
  marginKopecks: string | null;
  breakEven: { kopecks: string; basis: 'revenue' | 'margin' | null } | null;
  steps: readonly { indicatorId: string; entered: number; converted: number }[];
  base: ConversionBase;
  rounding: Rounding;
  split: Split;
  /** Whom it binds, and in proportion to what they share it. */
  /** `conversions`: what each did of the steps in the window of the base, where rates are drawn towards the team’s. */
  sellers: readonly {
    userId: string;
    weight: number;
    conversions?: readonly { entered: number; converted: number }[] | undefined;
  }[];
}

/** Whose plan, of which month and pipeline. */
export interface PlanSubject {
  /** `2026-03`. */
  month: string;
  /** null: all pipelines of deals. */
  pipelineId: string | null;
  teamId: string;
}

export type PlanEvent =
  | DomainEvent<'PlanDrafted', PlanSubject & { planId: string; version: number; content: PlanContent; by: string }>
  | DomainEvent<'PlanIssued', { planId: string; version: number; effectiveFrom: string; by: string }>
  | DomainEvent<'PlanSigned', { planId: string; version: number; userId: string }>
  | DomainEvent<'PlanWithdrawn', { planId: string; by: string }>;

export interface PlanVersion {
  version: number;
  content: PlanContent;
  /** First day on which it holds; null while it is a draft. */
  effectiveFrom: string | null;
  /** Who signed, in order. */
  signedBy: readonly string[];
}

export type PlanState =
  | { status: 'absent' }
  | { status: 'standing' | 'withdrawn'; planId: string; subject: PlanSubject; versions: readonly PlanVersion[] };

export const noPlan: PlanState = { status: 'absent' };
export const planStream = (planId: string): string => `plan:${planId}`;

export type PlanCommand =
  | { type: 'DraftPlan'; planId: string; subject: PlanSubject; content: PlanContent }
  | { type: 'IssuePlan'; version: number; effectiveFrom: string; faults: number }
  | { type: 'SignPlan'; version: number; userId: string }
  | { type: 'WithdrawPlan' };

export function evolvePlan(state: PlanState, event: PlanEvent): PlanState {
  if (event.type === 'PlanDrafted') {
    const { planId, version, content, month, pipelineId, teamId } = event.data;
    const draft: PlanVersion = { version, content, effectiveFrom: null, signedBy: [] };
    const before = state.status === 'absent' ? [] : state.versions.filter((known) => known.version !== version);
    return { status: 'standing', planId, subject: { month, pipelineId, teamId }, versions: [...before, draft] };
  }
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'PlanIssued':
      return changed(state, event.data.version, { effectiveFrom: event.data.effectiveFrom });
    case 'PlanSigned': {
      const { version, userId } = event.data;
      const signedBy = state.versions.find((known) => known.version === version)?.signedBy ?? [];
      return changed(state, version, { signedBy: [...signedBy, userId] });
    }
    case 'PlanWithdrawn':
      return { ...state, status: 'withdrawn' };
    default:
      return assertNever(event);
  }
}

type Standing = Exclude<PlanState, { status: 'absent' }>;

function changed(state: Standing, version: number, change: Partial<PlanVersion>): PlanState {
  return {
    ...state,
    versions: state.versions.map((known) => (known.version === version ? { ...known, ...change } : known)),
  };
}

/**
 * What follows from a command. A version is written over until it is issued; then the next one begins, and what was promised
 * stands until the day from which the next one holds. Repeating a command is harmless. Throws `Rejection` PLAN_UNKNOWN,
 * PLAN_WITHDRAWN, PLAN_OF_ANOTHER_SUBJECT, PLAN_VERSION_UNKNOWN, PLAN_HAS_FAULTS, PLAN_DAY_INVALID, PLAN_ALREADY_ISSUED,
 * PLAN_NOT_ISSUED, PLAN_NOT_BOUND.
 */
export function decidePlan(command: PlanCommand, state: PlanState, by: string): PlanEvent[] {
  if (command.type === 'DraftPlan') return draft(command, state, by);
  if (state.status === 'absent') throw new Rejection('PLAN_UNKNOWN', 'There is no such plan.');
  const { planId } = state;
  if (command.type === 'WithdrawPlan') {
    if (state.status === 'withdrawn') return [];
    return [{ type: 'PlanWithdrawn', data: { planId, by } }];
  }
  if (state.status === 'withdrawn') throw withdrawn();
  const version = state.versions.find((known) => known.version === command.version);
  if (!version) throw new Rejection('PLAN_VERSION_UNKNOWN', 'The plan has no such version.');
  switch (command.type) {
    case 'IssuePlan':
      return issue(command, state, version, by);
    case 'SignPlan':
      return sign(command, planId, version);
    default:
      return assertNever(command);
  }
}

const withdrawn = () => new Rejection('PLAN_WITHDRAWN', 'The plan was withdrawn. Write a new one.');

function draft(
  { planId, subject, content }: PlanCommand & { type: 'DraftPlan' },
  state: PlanState,
  by: string,
): PlanEvent[] {
  const written = (version: number): PlanEvent[] => [
    { type: 'PlanDrafted', data: { ...subject, planId, version, content, by } },
  ];
  if (state.status === 'absent') return written(1);
  if (state.status === 'withdrawn') throw withdrawn();
  const { month, pipelineId, teamId } = state.subject;
  if (month !== subject.month || pipelineId !== subject.pipelineId || teamId !== subject.teamId)
    throw new Rejection('PLAN_OF_ANOTHER_SUBJECT', 'A plan keeps its month, pipeline and team. Write another one.');
  const last = state.versions.at(-1);
  if (!last) return written(1);
  // What was stored comes back with its keys in another order.
  const [before, now] = [last.content, content].map((one) => canonicalJson(one as unknown as JsonValue));
  if (before === now) return [];
  return written(last.effectiveFrom === null ? last.version : last.version + 1);
}

function issue(
  { effectiveFrom, faults }: PlanCommand & { type: 'IssuePlan' },
  { planId, subject, versions }: Standing,
  { version, effectiveFrom: before }: PlanVersion,
  by: string,
): PlanEvent[] {
  if (before === effectiveFrom) return [];
  if (before !== null)
    throw new Rejection('PLAN_ALREADY_ISSUED', 'This version was issued already. Change the plan and issue that.');
  if (faults > 0)
    throw new Rejection('PLAN_HAS_FAULTS', 'The plan contradicts itself. Mend what is marked, then issue it.');
  if (!effectiveFrom.startsWith(`${subject.month}-`))
    throw new Rejection('PLAN_DAY_INVALID', 'A plan holds from a day of its own month.');
  const latest = versions
    .flatMap((known) => (known.effectiveFrom === null ? [] : [known.effectiveFrom]))
    .sort()
    .at(-1);
  if (latest !== undefined && effectiveFrom <= latest)
    throw new Rejection('PLAN_DAY_INVALID', 'What was promised stands: a new version holds from a later day.');
  return [{ type: 'PlanIssued', data: { planId, version, effectiveFrom, by } }];
}

function sign(
  { userId }: PlanCommand & { type: 'SignPlan' },
  planId: string,
  { version, content, effectiveFrom, signedBy }: PlanVersion,
): PlanEvent[] {
  if (effectiveFrom === null) throw new Rejection('PLAN_NOT_ISSUED', 'A draft cannot be signed.');
  if (content.sellers.every((seller) => seller.userId !== userId))
    throw new Rejection('PLAN_NOT_BOUND', 'Only those whom the plan binds sign it.');
  return signedBy.includes(userId) ? [] : [{ type: 'PlanSigned', data: { planId, version, userId } }];
}

/** The version that holds on a day: the last one issued from then or before; null before the first. */
export function versionOn(state: PlanState, day: string): PlanVersion | null {
  if (state.status !== 'standing') return null;
  const issued = state.versions.filter(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom <= day);
  return issued.reduce<PlanVersion | null>(
    (latest, known) => (latest?.effectiveFrom && latest.effectiveFrom > (known.effectiveFrom ?? '') ? latest : known),
    null,
  );
}
