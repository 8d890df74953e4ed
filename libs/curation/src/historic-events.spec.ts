import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { catalogueOf } from '@funnelwatch/event-log';
import type { NewEvent, StoredEvent } from '@funnelwatch/kernel';
import type { CaseEvent } from './cases/case-events.js';
import { type CaseState, evolveCase } from './cases/case-state.js';
import type { DisciplineEvent } from './cases/discipline-events.js';
import { evolveDiscipline, noDiscipline } from './cases/discipline-state.js';
import { curationEvents } from './curation-events.js';
import type { AuditEvent } from './quality/audits/audit-events.js';
import { type AuditState, evolveAudit } from './quality/audits/decide-audit.js';
import type { CalibrationEvent } from './quality/calibration/calibration-events.js';
import { calibrationOf, casesAhead, evolveCalibration, noCalibration } from './quality/calibration/calibration.js';
import type { QualityEvent } from './quality/settings/quality-events.js';
import { evolveQuality, usualQuality } from './quality/settings/quality-state.js';

/** One event of every type in every version that was ever stored. */
const folder = new URL('../fixtures/', import.meta.url);
const fixtures = readdirSync(folder).map((name) => ({
  name,
  event: JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as NewEvent,
}));
const catalogue = catalogueOf(curationEvents);

/** The events of these types, in this order, as a reader gets them. */
function read<Event>(...types: string[]): Event[] {
  return types.map((type) => {
    const { event } = fixtures.find(({ name }) => name.startsWith(`${type}.v`)) ?? {};
    const stored = { ...event, portalId: 'p', bucket: 3, position: 1, version: 1 } as StoredEvent;
    const readable = catalogue.read(stored);
    if (typeof readable === 'string') throw new Error(`${type}: ${readable}`);
    return readable as unknown as Event;
  });
}

const caseAfter = (...types: string[]): CaseState | null =>
  read<CaseEvent>('CaseOpened', ...types).reduce<CaseState | null>(evolveCase, null);

test('every type has a fixture of every version, named by both', () => {
  const wanted = catalogue.versions().map(({ type, schemaVersion }) => `${type}.v${schemaVersion}.json`);
  expect(fixtures.map(({ name }) => name).toSorted()).toEqual(wanted.toSorted());
  for (const { name, event } of fixtures) expect(`${event.type}.v${event.schemaVersion}.json`).toBe(name);
});

test('what the engine said of old', () => {
  expect(caseAfter()).toMatchObject({ status: 'open', ruleId: 'L01', people: { owner: '4', head: '9' } });
  expect(caseAfter('CaseRecurred', 'CaseItemsChanged', 'CaseReassigned')).toMatchObject({
    episodes: [{ resolvedAt: null }, { resolvedAt: null }],
    items: [{ ref: 'lead:1' }],
    people: { owner: '5' },
  });
  expect(caseAfter('CaseInhibited')?.inhibitedBy).toEqual(['L04']);
  expect(caseAfter('CaseInhibited', 'CaseReleased')?.inhibitedBy).toEqual([]);
  expect(caseAfter('CaseResolved')?.episodes).toMatchObject([{ resolvedAt: '2026-03-02T09:00:00.000Z' }]);
  expect(caseAfter('CaseResolved', 'CaseResolutionWithdrawn')?.episodes).toMatchObject([{ resolvedAt: null }]);
  expect(caseAfter('CaseRecurred', 'CaseVoided')?.episodes).toMatchObject([{}, { voidReason: 'late-facts' }]);
  expect(caseAfter('CaseRecurred', 'CaseVoided', 'CaseRestored')?.episodes).toMatchObject([{}, { voidReason: null }]);
});

test('what curators did of old', () => {
  expect(caseAfter('CaseAssigned', 'CaseSnoozed')).toMatchObject({ snooze: { reason: 'client' } });
  expect(caseAfter('CaseSnoozed', 'CaseWoken')?.snooze).toBeNull();
  expect(caseAfter('VerdictGiven')).toMatchObject({ status: 'waiting', verdict: { verdict: 'real' } });
  expect(caseAfter('VerdictGiven', 'SecondReviewDrawn')?.secondReview).toMatchObject({ state: 'pending' });
  expect(caseAfter('VerdictGiven', 'SecondReviewDrawn', 'BlindReviewed')?.secondReview?.state).toBe('confirmed');
  expect(caseAfter('VerdictGiven', 'VerdictWithdrawn')).toMatchObject({ status: 'open', verdict: null });
  expect(caseAfter('VerdictGiven', 'CaseClosed')?.status).toBe('closed');
  expect(caseAfter('VerdictGiven', 'CaseClosed', 'CaseReopened')?.status).toBe('waiting');
  expect(caseAfter('CaseMerged')).toMatchObject({ status: 'closed' });
});

test('feedback and disputes of old', () => {
  const state = (type: string) => caseAfter('VerdictGiven', 'FeedbackRequested', type)?.feedback[0]?.state;
  expect(['FeedbackFailed', 'FeedbackSent', 'FeedbackSeen', 'FeedbackCancelled'].map(state)).toEqual([
    ...['failed', 'sent', 'seen', 'cancelled'],
  ]);
  expect(caseAfter('VerdictGiven', 'CaseAnswered')?.status).toBe('disputed');
  expect(caseAfter('VerdictGiven', 'CaseAnswered', 'DisputeDecided')).toMatchObject({
    status: 'closed',
    verdict: { verdict: 'false' },
  });
});

test('decisions about rules of old', () => {
  const types = ['PackChosen', 'RuleStatusSet', 'RuleParametersSet', 'RuleWritten', 'RuleRemoved', 'SilenceSet'];
  const settings = read<DisciplineEvent>(...types).reduce(evolveDiscipline, noDiscipline);
  expect(settings).toMatchObject({
    pack: { id: 'base', version: 1 },
    rules: {
      L01: { status: 'active', parameters: { minutes: 15 } },
      L04: { status: 'shadow' },
      X01: { own: { id: 'X01' } },
    },
    silences: [{ ruleId: 'L01' }],
  });
  expect(settings.rules).not.toHaveProperty('L03');
  expect(read<DisciplineEvent>('SilenceEnded').reduce(evolveDiscipline, settings).silences).toEqual([]);
});

test('the control of quality of old', () => {
  const set = read<QualityEvent>('QualitySettingsSet', 'GoldCaseSet', 'ChecklistSet').reduce(
    evolveQuality,
    usualQuality,
  );
  expect(set).toMatchObject({ secondReviewPercent: 8, requireCalibration: true, auditsPerSeller: 5, goldVersion: 1 });
  expect(Object.values(set.gold)).toMatchObject([{ verdict: 'real', reason: 'clear-breach' }]);
  expect(set.checklists['call']).toMatchObject({ version: 2, passMark: 75 });
  expect(set.pastChecklists).toMatchObject([{ checklistId: 'call', version: 1 }]);
  expect(read<QualityEvent>('GoldCaseRemoved').reduce(evolveQuality, set)).toMatchObject({ goldVersion: 2, gold: {} });
});

test('calibration and audits of old', () => {
  const run = read<CalibrationEvent>('CalibrationStarted', 'CalibrationVerdictGiven');
  const state = run.reduce(evolveCalibration, noCalibration);
  expect(casesAhead(state)).toEqual(['0c7d9f10-6a55-8e21-9a07-5be2f1c0d902']);
  expect(calibrationOf(state).n).toBe(0);
  const audit = read<AuditEvent>('AuditDrawn', 'AuditScored').reduce<AuditState | null>(evolveAudit, null);
  expect(audit).toMatchObject({ seller: '4', about: 'activity:77', scored: { score: 50, isPassed: false } });
  expect(read<AuditEvent>('AuditScoreWithdrawn').reduce<AuditState | null>(evolveAudit, audit)?.scored).toBeNull();
});
