import { Rejection } from '@funnelwatch/kernel';

export const auditedKinds = ['call', 'meeting', 'deal'] as const;
export type AuditedKind = (typeof auditedKinds)[number];

interface Words {
  ru: string;
  en: string;
}

/** What is looked at, and what behaviour earns how many points: the anchors, from 0 points upwards by one. */
export interface ChecklistItem {
  itemId: string;
  title: Words;
  anchors: Words[];
  weight: number;
  /** No points here fail the whole audit. */
  isAutoFail: boolean;
}

/** A checklist is data; another version is another checklist of the same id. */
export interface Checklist {
  checklistId: string;
  version: number;
  kind: AuditedKind;
  title: Words;
  items: ChecklistItem[];
  /** Least score that passes, percent. */
  passMark: number;
}

/** Points of an item; null where it did not apply. */
export interface Mark {
  itemId: string;
  points: number | null;
}

export interface AuditResult {
  /** Percent of what could be reached, rounded down to hundredths; null where nothing applied. */
  score: number | null;
  isPassed: boolean;
  /** Items without points that fail an audit whatever the others say. */
  failedBy: string[];
}

export const usualPassMark = 70;

/**
 * Result of an audit: Σ weight × points / most points over what applied. Computed in integers, so that a score on the
 * pass mark passes. Throws `Rejection` AUDIT_MARKS_INVALID unless every item of the checklist has one sound mark.
 */
export function scoreAudit(checklist: Checklist, marks: readonly Mark[]): AuditResult {
  const pointsOf = new Map(marks.map(({ itemId, points }) => [itemId, points]));
  if (marks.length !== checklist.items.length || checklist.items.some(({ itemId }) => !pointsOf.has(itemId))) {
    throw new Rejection('AUDIT_MARKS_INVALID', 'Every item of the checklist needs exactly one mark.');
  }
  // A common denominator of all shares keeps sums exact.
  const scale = checklist.items.reduce((product, { anchors }) => leastMultiple(product, anchors.length - 1), 1);
  let earned = 0;
  let most = 0;
  const failedBy: string[] = [];
  for (const { itemId, anchors, weight, isAutoFail } of checklist.items) {
    const points = pointsOf.get(itemId) ?? null;
    if (points === null) continue;
    if (!Number.isInteger(points) || points < 0 || points >= anchors.length) {
      throw new Rejection('AUDIT_MARKS_INVALID', 'A mark has one of the points that its item describes.');
    }
    earned += weight * points * (scale / (anchors.length - 1));
    most += weight * scale;
    if (isAutoFail && points === 0) failedBy.push(itemId);
  }
  if (most === 0) return { score: null, isPassed: failedBy.length === 0, failedBy };
  const isReached = earned * 100 >= checklist.passMark * most;
  return { score: Math.floor((earned * 10_000) / most) / 100, isPassed: isReached && failedBy.length === 0, failedBy };
}

/** Throws `Rejection` CHECKLIST_INVALID. */
export function refuseUnsoundChecklist({ items, passMark }: Checklist): void {
  const refuse = (sentence: string): never => {
    throw new Rejection('CHECKLIST_INVALID', sentence);
  };
  if (items.length === 0) refuse('A checklist has at least one item.');
  if (new Set(items.map(({ itemId }) => itemId)).size < items.length) refuse('Items have ids of their own.');
  if (items.some(({ anchors }) => anchors.length < 2)) refuse('An item describes at least two kinds of behaviour.');
  if (items.some(({ weight }) => !Number.isInteger(weight) || weight < 1 || weight > 100)) {
    refuse('Weights are integers from 1 to 100.');
  }
  if (!Number.isInteger(passMark) || passMark < 1 || passMark > 100) refuse('The pass mark is 1 to 100 percent.');
}

function leastMultiple(left: number, right: number): number {
  let [a, b] = [left, right];
  while (b !== 0) [a, b] = [b, a % b];
  return (left / a) * right;
}
