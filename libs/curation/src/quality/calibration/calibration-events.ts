import type { DomainEvent, EventDeclaration } from '@funnelwatch/kernel';
import type { Judgement } from '../../cases/case-events.js';

/** A gold case as it is shown in a run, with what it is compared with. */
export interface DrawnGold {
  caseId: string;
  reference: Judgement;
}

/** Calibration of one person. Stream: `calibration:<account>`. */
export type CalibrationEvent =
  | DomainEvent<'CalibrationStarted', { runId: string; accountId: string; goldVersion: number; cases: DrawnGold[] }>
  | DomainEvent<'CalibrationVerdictGiven', { runId: string; accountId: string; caseId: string; verdict: Judgement }>;

export const calibrationStream = (accountId: string): string => `calibration:${accountId}`;

export const calibrationEvents: readonly EventDeclaration[] = [
  {
    type: 'CalibrationStarted',
    schemaVersion: 1,
    fields: { runId: 'text', accountId: 'text', goldVersion: 'number', cases: 'list' },
  },
  {
    type: 'CalibrationVerdictGiven',
    schemaVersion: 1,
    fields: { runId: 'text', accountId: 'text', caseId: 'text', verdict: 'text' },
  },
];
