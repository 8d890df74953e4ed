import { canonicalJson, Rejection } from '@funnelwatch/kernel';
import type { Judgement } from '../../cases/case-events.js';
import { baseChecklists } from '../audits/base-checklists.js';
import { type Checklist, refuseUnsoundChecklist } from '../audits/checklist.js';
import type { GoldReason, QualityEvent, QualitySettings } from './quality-events.js';

interface GoldCase {
  verdict: Judgement;
  reason: GoldReason;
  by: string;
}

/** What was decided about the control of quality of a portal. */
export interface QualityState extends QualitySettings {
  /** Grows with every change of the gold set. */
  goldVersion: number;
  gold: Record<string, GoldCase>;
  /** By id, which is the kind of records; those that come with the product until the portal sets its own. */
  checklists: Record<string, Checklist>;
  /** Versions that were replaced: what was drawn by one is scored by it. */
  pastChecklists: Checklist[];
}

export const usualQuality: QualityState = {
  secondReviewPercent: 7,
  requireCalibration: false,
  auditsPerSeller: 3,
  goldVersion: 0,
  gold: {},
  checklists: Object.fromEntries(baseChecklists.map((checklist) => [checklist.checklistId, checklist])),
  pastChecklists: [],
};

/** The decisions after one more. */
export function evolveQuality(state: QualityState, event: QualityEvent): QualityState {
  switch (event.type) {
    case 'QualitySettingsSet': {
      const { secondReviewPercent, requireCalibration, auditsPerSeller } = event.data;
      return { ...state, secondReviewPercent, requireCalibration, auditsPerSeller };
    }
    case 'GoldCaseSet': {
      const { caseId, verdict, reason, by } = event.data;
      return {
        ...state,
        goldVersion: state.goldVersion + 1,
        gold: { ...state.gold, [caseId]: { verdict, reason, by } },
      };
    }
    case 'GoldCaseRemoved': {
      const { [event.data.caseId]: _removed, ...gold } = state.gold;
      return { ...state, goldVersion: state.goldVersion + 1, gold };
    }
    case 'ChecklistSet': {
      const { checklist } = event.data;
      const before = state.checklists[checklist.checklistId];
      return {
        ...state,
        checklists: { ...state.checklists, [checklist.checklistId]: checklist },
        pastChecklists: before ? [...state.pastChecklists, before] : state.pastChecklists,
      };
    }
  }
}

/** The checklist of a version; null for one there never was. */
export function checklistOf(state: QualityState, checklistId: string, version: number): Checklist | null {
  const known = [...Object.values(state.checklists), ...state.pastChecklists];
  return known.find((one) => one.checklistId === checklistId && one.version === version) ?? null;
}

/** Throws `Rejection` QUALITY_INVALID unless 5 to 10 percent are reviewed twice and 1 to 20 records audited. */
export function decideSettings(wanted: QualitySettings, state: QualityState, by: string): QualityEvent[] {
  const { secondReviewPercent, requireCalibration, auditsPerSeller } = wanted;
  const isWithin = (value: number, least: number, most: number): boolean =>
    Number.isInteger(value) && value >= least && value <= most;
  if (!isWithin(secondReviewPercent, 5, 10)) {
    throw new Rejection('QUALITY_INVALID', 'From 5 to 10 percent of decided cases are reviewed twice.');
  }
  if (!isWithin(auditsPerSeller, 1, 20)) {
    throw new Rejection('QUALITY_INVALID', 'From 1 to 20 records of each seller are audited a week.');
  }
  const isSame =
    state.secondReviewPercent === secondReviewPercent &&
    state.requireCalibration === requireCalibration &&
    state.auditsPerSeller === auditsPerSeller;
  if (isSame) return [];
  return [{ type: 'QualitySettingsSet', data: { secondReviewPercent, requireCalibration, auditsPerSeller, by } }];
}

/** Puts a case into the gold set, or changes what it is an example of. */
export function decideGold(
  caseId: string,
  wanted: Omit<GoldCase, 'by'>,
  state: QualityState,
  by: string,
): QualityEvent[] {
  const known = state.gold[caseId];
  if (known?.verdict === wanted.verdict && known.reason === wanted.reason) return [];
  return [{ type: 'GoldCaseSet', data: { caseId, verdict: wanted.verdict, reason: wanted.reason, by } }];
}

/** Takes a case out of the gold set; one that is not in it needs nothing. Runs under way keep what they drew. */
export function decideGoldRemoval(caseId: string, state: QualityState, by: string): QualityEvent[] {
  return state.gold[caseId] ? [{ type: 'GoldCaseRemoved', data: { caseId, by } }] : [];
}

/** Sets a checklist as one of the next version. Throws `Rejection` CHECKLIST_INVALID. */
export function decideChecklist(wanted: Omit<Checklist, 'version'>, state: QualityState, by: string): QualityEvent[] {
  const known = state.checklists[wanted.checklistId];
  if (known && known.kind !== wanted.kind) {
    throw new Rejection('CHECKLIST_INVALID', 'A checklist stays one for the same kind of records.');
  }
  const checklist = { ...wanted, version: (known?.version ?? 0) + 1 };
  refuseUnsoundChecklist(checklist);
  if (known && canonicalJson({ ...known, version: 0 }) === canonicalJson({ ...checklist, version: 0 })) return [];
  return [{ type: 'ChecklistSet', data: { checklist, by } }];
}
