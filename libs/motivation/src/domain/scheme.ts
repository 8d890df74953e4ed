import { assertNever, canonicalJson, type DomainEvent, Rejection } from '@funnelwatch/kernel';
import type { MotivationScheme } from '../scheme/scheme.js';

/** What a version of a scheme says: the scheme, and whom it pays. */
export interface SchemeContent {
  scheme: MotivationScheme;
  sellerIds: readonly string[];
}

export type SchemeEvent =
  | DomainEvent<'SchemeDrafted', { schemeId: string; version: number; content: SchemeContent; by: string }>
  | DomainEvent<'SchemeApproved', { schemeId: string; version: number; by: string }>
  | DomainEvent<'SchemeIssued', { schemeId: string; version: number; fromMonth: string; by: string }>
  | DomainEvent<'SchemeSigned', { schemeId: string; version: number; userId: string }>
  | DomainEvent<'SchemeWithdrawn', { schemeId: string; fromMonth: string; by: string }>;

export interface SchemeVersion {
  version: number;
  content: SchemeContent;
  draftedBy: string;
  approvedBy: string | null;
  /** First month it pays by; null until it was issued. */
  fromMonth: string | null;
  signedBy: readonly string[];
}

export type SchemeState =
  | { status: 'absent' }
  | {
      status: 'standing';
      schemeId: string;
      versions: readonly SchemeVersion[];
      /** First month it pays nothing by any more; null while it stands. */
      withdrawnFrom: string | null;
    };

export const noScheme: SchemeState = { status: 'absent' };
export const schemeStream = (schemeId: string): string => `scheme:${schemeId}`;

export type SchemeCommand =
  | { type: 'DraftScheme'; schemeId: string; content: SchemeContent }
  | { type: 'ApproveScheme'; version: number; faults: number }
  | { type: 'IssueScheme'; version: number; fromMonth: string; closedThrough: string | null }
  | { type: 'SignScheme'; version: number; userId: string }
  | { type: 'WithdrawScheme'; fromMonth: string; closedThrough: string | null };

type Standing = Exclude<SchemeState, { status: 'absent' }>;

export function evolveScheme(state: SchemeState, event: SchemeEvent): SchemeState {
  if (event.type === 'SchemeDrafted') {
    const { schemeId, version, content, by } = event.data;
    const draft = { version, content, draftedBy: by, approvedBy: null, fromMonth: null, signedBy: [] };
    const before = state.status === 'absent' ? [] : state.versions.filter((known) => known.version !== version);
    return {
      status: 'standing',
      schemeId,
      versions: [...before, draft],
      withdrawnFrom: state.status === 'absent' ? null : state.withdrawnFrom,
    };
  }
  if (state.status === 'absent') return state;
  switch (event.type) {
    case 'SchemeApproved':
      return changed(state, event.data.version, () => ({ approvedBy: event.data.by }));
    case 'SchemeIssued':
      return changed(state, event.data.version, () => ({ fromMonth: event.data.fromMonth }));
    case 'SchemeSigned':
      return changed(state, event.data.version, ({ signedBy }) => ({ signedBy: [...signedBy, event.data.userId] }));
    case 'SchemeWithdrawn':
      return { ...state, withdrawnFrom: event.data.fromMonth };
    default:
      return assertNever(event);
  }
}

function changed(state: Standing, version: number, change: (of: SchemeVersion) => Partial<SchemeVersion>): SchemeState {
  return {
    ...state,
    versions: state.versions.map((known) => (known.version === version ? { ...known, ...change(known) } : known)),
  };
}

/**
 * What follows from a command. A version is written over until it is approved, by somebody else than who wrote it; then it may
 * be issued, and pays from a month on that was not closed. Repeating a command is harmless. Throws `Rejection` SCHEME_UNKNOWN,
 * SCHEME_VERSION_UNKNOWN, SCHEME_WITHDRAWN, SCHEME_HAS_FAULTS, SCHEME_OWN_APPROVAL, SCHEME_NOT_APPROVED, SCHEME_ALREADY_ISSUED,
 * SCHEME_MONTH_INVALID, SCHEME_NOT_ISSUED, SCHEME_NOT_BOUND.
 */
export function decideScheme(command: SchemeCommand, state: SchemeState, by: string): SchemeEvent[] {
  if (command.type === 'DraftScheme') return draft(command, state, by);
  if (state.status === 'absent') throw new Rejection('SCHEME_UNKNOWN', 'There is no such scheme.');
  const { schemeId } = state;
  if (command.type === 'WithdrawScheme') return withdraw(command, state, by);
  if (state.withdrawnFrom !== null) throw withdrawn();
  const version = state.versions.find((known) => known.version === command.version);
  if (!version) throw new Rejection('SCHEME_VERSION_UNKNOWN', 'The scheme has no such version.');
  switch (command.type) {
    case 'ApproveScheme':
      if (version.approvedBy !== null) return [];
      if (command.faults > 0)
        throw new Rejection(
          'SCHEME_HAS_FAULTS',
          'The scheme contradicts itself. Mend what is marked, then approve it.',
        );
      if (version.draftedBy === by)
        throw new Rejection('SCHEME_OWN_APPROVAL', 'Somebody else than its author approves a scheme.');
      return [{ type: 'SchemeApproved', data: { schemeId, version: version.version, by } }];
    case 'IssueScheme':
      return issue(command, state, version, by);
    case 'SignScheme':
      if (version.fromMonth === null) throw new Rejection('SCHEME_NOT_ISSUED', 'A draft cannot be signed.');
      if (!version.content.sellerIds.includes(command.userId))
        throw new Rejection('SCHEME_NOT_BOUND', 'Only those whom the scheme pays sign it.');
      if (version.signedBy.includes(command.userId)) return [];
      return [{ type: 'SchemeSigned', data: { schemeId, version: version.version, userId: command.userId } }];
    default:
      return assertNever(command);
  }
}

const withdrawn = () => new Rejection('SCHEME_WITHDRAWN', 'The scheme was withdrawn. Write a new one.');

function draft(
  { schemeId, content }: SchemeCommand & { type: 'DraftScheme' },
  state: SchemeState,
  by: string,
): SchemeEvent[] {
  const written = (version: number): SchemeEvent[] => [
    { type: 'SchemeDrafted', data: { schemeId, version, content, by } },
  ];
  if (state.status === 'absent') return written(1);
  if (state.withdrawnFrom !== null) throw withdrawn();
  const last = state.versions.at(-1);
  if (!last) return written(1);
  // What was stored comes back with its keys in another order.
  const [before, now] = [last.content, content].map((one) => canonicalJson(JSON.parse(JSON.stringify(one))));
  if (before === now) return [];
  return written(last.approvedBy === null ? last.version : last.version + 1);
}

function issue(
  { fromMonth, closedThrough }: SchemeCommand & { type: 'IssueScheme' },
  { schemeId, versions }: Standing,
  version: SchemeVersion,
  by: string,
): SchemeEvent[] {
  if (version.fromMonth === fromMonth) return [];
  if (version.fromMonth !== null)
    throw new Rejection('SCHEME_ALREADY_ISSUED', 'This version was issued already. Change the scheme and issue that.');
  if (version.approvedBy === null)
    throw new Rejection('SCHEME_NOT_APPROVED', 'Two people stand for a scheme: have it approved first.');
  const latest = versions
    .flatMap((known) => known.fromMonth ?? [])
    .sort()
    .at(-1);
  if ((latest !== undefined && fromMonth <= latest) || (closedThrough !== null && fromMonth <= closedThrough))
    throw new Rejection(
      'SCHEME_MONTH_INVALID',
      'A scheme pays from a later month than the one before it, and no closed one.',
    );
  return [{ type: 'SchemeIssued', data: { schemeId, version: version.version, fromMonth, by } }];
}

function withdraw(
  { fromMonth, closedThrough }: SchemeCommand & { type: 'WithdrawScheme' },
  { schemeId, withdrawnFrom }: Standing,
  by: string,
): SchemeEvent[] {
  if (withdrawnFrom !== null) return [];
  if (closedThrough !== null && fromMonth <= closedThrough)
    throw new Rejection(
      'SCHEME_MONTH_INVALID',
      'What was paid stays paid: withdraw it from a month that is not closed.',
    );
  return [{ type: 'SchemeWithdrawn', data: { schemeId, fromMonth, by } }];
}

/** The version somebody is paid by in a month; null where the scheme does not pay them. */
export function versionFor(state: SchemeState, month: string, userId: string): SchemeVersion | null {
  if (state.status === 'absent' || (state.withdrawnFrom !== null && state.withdrawnFrom <= month)) return null;
  const issued = state.versions
    .filter(({ fromMonth }) => fromMonth !== null && fromMonth <= month)
    .sort((one, other) => ((one.fromMonth ?? '') < (other.fromMonth ?? '') ? -1 : 1));
  const version = issued.at(-1);
  return version?.content.sellerIds.includes(userId) ? version : null;
}
