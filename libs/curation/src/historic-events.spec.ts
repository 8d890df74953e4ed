import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { catalogueOf } from '@funnelwatch/event-log';
import type { NewEvent, StoredEvent } from '@funnelwatch/kernel';
import type { CaseEvent } from './cases/case-events.js';
import { type CaseState, evolveCase } from './cases/case-state.js';
import type { DisciplineEvent } from './cases/discipline-events.js';
import { evolveDiscipline, noDiscipline } from './cases/discipline-state.js';
import type { CleanWeekEvent } from './clean-weeks/clean-week-events.js';
import type { CoachingEvent } from './coaching/coaching-events.js';
import { type CoachingState, evolveCoaching } from './coaching/coaching-state.js';
import { curationEvents } from './curation-events.js';
import { keptFactOf } from './facts/kept-fact.js';
import { LearnedLimits } from './world/learned-limits.js';
import type { AuditEvent } from './quality/audits/audit-events.js';
import { type AuditState, evolveAudit } from './quality/audits/decide-audit.js';
import { evolveCalibration, noCalibration } from './quality/calibration/calibration.js';
import type { CalibrationEvent } from './quality/calibration/calibration-events.js';
import type { QualityEvent } from './quality/settings/quality-events.js';
import { evolveQuality, usualQuality } from './quality/settings/quality-state.js';

const catalogue = catalogueOf(curationEvents);
const folder = new URL('../fixtures/', import.meta.url);

/** One event of every type in every version that was ever stored. */
const fixtures = readdirSync(folder).map((name) => ({
  name,
  event: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as NewEvent,
}));
const read = (type: string): StoredEvent => {
  const event = fixtures.findLast(({ event: { type: known } }) => known === type)?.event;
  if (!event) throw new Error(`${type} has no fixture`);
  return readOf(event);
};
const readOf = (event: NewEvent): StoredEvent => {
  const stored: StoredEvent = {
    ...event,
    portalId: '0f5f7ad4-3f6c-4c4e-9a55-3d6d0e0c2f11',
    bucket: 3,
    position: 1,
    version: 1,
    recordedAt: event.occurredAt,
    digest: '',
    hash: '',
  };
  const readable = catalogue.read(stored);
  if (typeof readable === 'string') throw new Error(`${event.type}: ${readable}`);
  return readable;
};
const as = <T>(type: string): T => {
  const { data } = read(type);
  return { type, data } as T;
};
const caseAfter = (...types: string[]): CaseState | null =>
  types.reduce<CaseState | null>((state, type) => evolveCase(state, as<CaseEvent>(type)), null);

test('every type has a fixture of every version, named by both', () => {
  const wanted = catalogue.versions().map(({ type, schemaVersion }) => `${type}.v${schemaVersion}.json`);
  expect(fixtures.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
  for (const { name, event } of fixtures) expect(`${event.type}.v${event.schemaVersion}.json`).toBe(name);
});

test('every event of old can be read', () => {
  for (const { event } of fixtures) {
    // Before version 2 nothing was learned of channels.
    const since = event.type === 'LimitsLearned' && event.schemaVersion === 1 ? { channels: [] } : {};
    expect(readOf(event).data).toEqual({ ...event.data, ...since });
  }
});

test('what the engine said of old about a case is what the case is', () => {
  const recurred = caseAfter('CaseOpened', 'CaseRecurred', 'CaseReassigned', 'CaseInhibited');
  expect(recurred).toMatchObject({ status: 'open', ruleId: 'L01', severity: 'S1', people: { owner: '5' } });
  expect(recurred?.episodes).toHaveLength(2);
  expect(recurred?.inhibitedBy).toHaveLength(1);
  expect(caseAfter('CaseOpened', 'CaseInhibited', 'CaseReleased')?.inhibitedBy).toEqual([]);
  const resolved = caseAfter('CaseOpened', 'CaseItemsChanged', 'CaseResolved');
  expect(resolved?.episodes).toMatchObject([{ resolvedAt: '2026-03-02T08:00:00.000Z' }]);
  expect(caseAfter('CaseOpened', 'CaseResolved', 'CaseResolutionWithdrawn')?.episodes).toMatchObject([
    { resolvedAt: null },
  ]);
  expect(caseAfter('CaseOpened', 'CaseVoided')).toMatchObject({ status: 'void' });
  expect(caseAfter('CaseOpened', 'CaseVoided', 'CaseRestored')).toMatchObject({ status: 'open' });
});

test('what people did of old with a case is what became of it', () => {
  expect(caseAfter('CaseOpened', 'CaseSnoozed', 'CaseAssigned')).toMatchObject({
    snooze: { until: { kind: 'time' }, recurrences: 0 },
    assignee: expect.any(String),
  });
  expect(caseAfter('CaseOpened', 'CaseSnoozed', 'CaseWoken')).toMatchObject({ snooze: null });
  const confirmed = ['CaseOpened', 'VerdictGiven'];
  expect(caseAfter(...confirmed)).toMatchObject({ status: 'waiting', verdict: { verdict: 'real' } });
  expect(caseAfter(...confirmed, 'VerdictWithdrawn')).toMatchObject({ status: 'open', verdict: null });
  const asked = [...confirmed, 'FeedbackRequested'];
  expect(caseAfter(...asked, 'FeedbackCancelled')?.feedback).toMatchObject([{ state: 'cancelled' }]);
  expect(caseAfter(...asked, 'FeedbackFailed')?.feedback).toMatchObject([{ state: 'failed' }]);
  const seen = [...asked, 'FeedbackSent', 'FeedbackSeen'];
  expect(caseAfter(...seen)?.feedback).toMatchObject([{ state: 'seen', channel: 'task', to: '4' }]);
  expect(caseAfter(...seen, 'CaseAnswered')).toMatchObject({ status: 'disputed', answer: { answer: 'disagree' } });
  expect(caseAfter(...seen, 'CaseAnswered', 'DisputeDecided')).not.toMatchObject({ status: 'disputed' });
  expect(caseAfter(...confirmed, 'SecondReviewDrawn')?.secondReview).toMatchObject({ state: 'pending' });
  expect(caseAfter(...confirmed, 'SecondReviewDrawn', 'BlindReviewed')?.secondReview).toMatchObject({
    state: 'confirmed',
  });
  expect(caseAfter(...confirmed, 'CaseClosed')).toMatchObject({ status: 'closed' });
  expect(caseAfter(...confirmed, 'CaseClosed', 'CaseReopened')?.status).not.toBe('closed');
  expect(caseAfter('CaseOpened', 'CaseMerged')).toMatchObject({ status: 'closed', mergedInto: expect.any(String) });
});

test('decisions of old about rules are how they are set', () => {
  const after = (...types: string[]) =>
    types.reduce((state, type) => evolveDiscipline(state, as<DisciplineEvent>(type)), noDiscipline);
  const set = after('PackChosen', 'RuleStatusSet', 'RuleParametersSet', 'RuleWritten', 'SilenceSet');
  expect(JSON.stringify(set)).toMatch(/"base".*"X01"|"X01".*"base"/);
  expect(set.rules['D02']).toMatchObject({ status: 'shadow' });
  expect(set.rules['L03']).toMatchObject({ status: 'active' });
  const broken = after('RuleStatusSet', 'RuleBroken').rules['D02'];
  expect(broken).toMatchObject({ status: 'broken', outage: { missing: [{ id: 'UF_CRM_REASON' }] } });
  expect(after('RuleStatusSet', 'RuleBroken', 'RuleMended').rules['D02']).toEqual(set.rules['D02']);
  expect(after('RuleWritten', 'RuleDrafted').rules['X01']).toMatchObject({ own: { id: 'X01' }, draft: { version: 2 } });
  expect(after('RuleDrafted').rules['X01']).toMatchObject({ status: 'draft' });
  expect(after('RuleWritten', 'RuleDrafted', 'RuleDraftDropped')).toEqual(after('RuleWritten'));
  expect(after('RuleDrafted', 'RuleDraftDropped')).toEqual(noDiscipline);
  expect(after('RuleScopeSet').rules['D04']).toMatchObject({ scope: { pipelines: ['deal:0'], from: '2026-03-01' } });
  expect(after('PackLayerSet', 'PackLayerSet').layers).toMatchObject([
    { id: 'wholesale', version: 2, rules: { L01: { severity: 'S2', parameters: { minutes: 60 } } } },
  ]);
  expect(after('PackLayerSet', 'PackLayerRemoved').layers).toEqual([]);
  const ended = after('PackChosen', 'RuleWritten', 'SilenceSet', 'RuleRemoved', 'SilenceEnded');
  expect(JSON.stringify(ended)).not.toContain('X01');
  expect(JSON.stringify(ended)).not.toContain('s1');
});

test('what was said of old of coachings is how they stand', () => {
  const coaching = (...types: string[]) =>
    types.reduce<CoachingState | null>((state, type) => evolveCoaching(state, as<CoachingEvent>(type)), null);
  expect(coaching('CoachingOpened')).toMatchObject({ status: 'open', person: '4', ruleId: 'L01' });
  expect(coaching('CoachingOpened', 'CoachingCasesChanged')?.caseIds).toHaveLength(4);
  expect(coaching('CoachingOpened', 'CoachingWithdrawn')).toMatchObject({ status: 'withdrawn', caseIds: [] });
  expect(coaching('CoachingOpened', 'CoachingDone')).toMatchObject({ status: 'done' });
  expect(coaching('CoachingOpened', 'CoachingDone', 'CoachingReopened')).toMatchObject({ status: 'open' });
  const set = evolveDiscipline(noDiscipline, as<DisciplineEvent>('PositiveNotesSet'));
  expect(set.positiveNotes).toMatchObject({ isOn: true, leastChecks: 30, channel: 'notification' });
  expect(as<CleanWeekEvent>('CleanWeekNoted').data).toEqual({ person: '4', week: '2026-03-30', checks: 41 });
});

test('what was learned of old is what is usual', () => {
  const fact = keptFactOf(read('LimitsLearned'));
  const usual = new LearnedLimits(fact ? [fact] : []);
  const from = Date.parse('2026-03-03T21:00:00.000Z');
  expect(usual.daysOf('PREPARATION', from)).toBe(6);
  expect(usual.daysOf('PREPARATION', from - 1)).toBe(0);
  expect(usual.amountOf('deal:0', 'RUB', from)).toBe(260_000_000);
  expect(usual.amountOf('deal:0', 'USD', from)).toBe(0);
});

test('what was decided of old about the control of quality holds', () => {
  const quality = (...types: string[]) =>
    types.reduce((state, type) => evolveQuality(state, as<QualityEvent>(type)), usualQuality);
  const set = quality('QualitySettingsSet', 'GoldCaseSet', 'ChecklistSet');
  expect(JSON.stringify(set)).toContain('clear-breach');
  expect(JSON.stringify(set)).toContain('Звонок');
  expect(JSON.stringify(quality('GoldCaseSet', 'GoldCaseRemoved'))).not.toContain('clear-breach');
  const run = ['CalibrationStarted', 'CalibrationVerdictGiven'].reduce(
    (state, type) => evolveCalibration(state, as<CalibrationEvent>(type)),
    noCalibration,
  );
  expect(JSON.stringify(run)).toContain('"r1"');
  const audit = (...types: string[]) =>
    types.reduce<AuditState | null>((state, type) => evolveAudit(state, as<AuditEvent>(type)), null);
  expect(JSON.stringify(audit('AuditDrawn', 'AuditScored'))).toContain('100');
  expect(JSON.stringify(audit('AuditDrawn', 'AuditScored', 'AuditScoreWithdrawn'))).not.toContain('"score":100');
});
