import type { DomainEvent, EventDeclaration } from '@funnelwatch/kernel';
import type { Judgement } from '../../cases/case-events.js';
import type { Checklist } from '../audits/checklist.js';

/** Why a case is exemplary. */
export const goldReasons = ['clear-breach', 'agreed-exception', 'wrong-data', 'rule-errs', 'borderline'] as const;
export type GoldReason = (typeof goldReasons)[number];

export interface QualitySettings {
  /** Share of decided cases that are reviewed twice, percent. */
  secondReviewPercent: number;
  /** Whether feedback on the verdicts of curators in training waits for a second review. */
  requireCalibration: boolean;
  /** Finished calls, meetings and deals of each seller that are audited each week. */
  auditsPerSeller: number;
}

/** Decisions about the control of quality. Stream: `quality:portal`. */
export type QualityEvent =
  | DomainEvent<'QualitySettingsSet', QualitySettings & { by: string }>
  | DomainEvent<'GoldCaseSet', { caseId: string; verdict: Judgement; reason: GoldReason; by: string }>
  | DomainEvent<'GoldCaseRemoved', { caseId: string; by: string }>
  /** The whole checklist, as one of a higher version. */
  | DomainEvent<'ChecklistSet', { checklist: Checklist; by: string }>;

export const qualityStream = 'quality:portal';

export const qualityEvents: readonly EventDeclaration[] = [
  {
    type: 'QualitySettingsSet',
    schemaVersion: 1,
    fields: { secondReviewPercent: 'number', requireCalibration: 'boolean', auditsPerSeller: 'number', by: 'text' },
  },
  {
    type: 'GoldCaseSet',
    schemaVersion: 1,
    fields: { caseId: 'text', verdict: 'text', reason: 'text', by: 'text' },
  },
  { type: 'GoldCaseRemoved', schemaVersion: 1, fields: { caseId: 'text', by: 'text' } },
  { type: 'ChecklistSet', schemaVersion: 1, fields: { checklist: 'object', by: 'text' } },
];
