import type { JsonObject } from '@funnelwatch/kernel';
import { type GeneratedCompany, TruthKeeper, writeTruth } from '@funnelwatch/portal-generator';
import type { Portal } from '../portal/portal.js';

/** Horizons of the cohorts, in days, when the caller names none; null is "to date". */
export const defaultHorizonsDays: (number | null)[] = [7, 14, 30, 60, 90, null];

/** Every figure of the funnel at a moment, computed from all that has happened in the portal so far. */
export function truthAt(
  portal: Portal,
  company: GeneratedCompany,
  question: { nowMs: number; asOfMs: number; horizonsDays: (number | null)[] },
): JsonObject {
  const keeper = new TruthKeeper(company.parameters.zone);
  for (const operation of portal.operationsUntil(question.nowMs)) keeper.apply(operation);
  return writeTruth(keeper.at({ asOfMs: question.asOfMs, horizonsDays: question.horizonsDays }));
}
