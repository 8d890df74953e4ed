import { type AgreementFigure, agreementFigures, type DoubleReview } from '@funnelwatch/curation';
import type { AgreementRow } from '@funnelwatch/reporting';

/**
 * How far second verdicts agree with the first, in all and by rule; not by person, and of fewer than five cases only how many
 * there were: no verdict can be read from it.
 */
export function agreementRows(reviews: readonly DoubleReview[], window: { from: string; to: string }): AgreementRow[] {
  const { overall, byRule } = agreementFigures(reviews);
  const row = (ruleId: string, { n, counts, agreement }: AgreementFigure): AgreementRow => ({
    ...{ ruleId, fromDay: window.from, toDay: window.to, n },
    alike: agreement && counts.bothYes + counts.bothNo,
    observed: agreement?.observed ?? null,
    kappa: agreement?.kappa ?? null,
    pabak: agreement?.pabak ?? null,
  });
  return [row('', overall), ...byRule.map(({ ruleId, ...figure }) => row(ruleId, figure))];
}
