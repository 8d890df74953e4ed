import { useQuery, useQueryClient } from '@tanstack/react-query';
import { isSameRule } from './write-rule/rule-draft.js';
import type { RuleDraft } from './write-rule/rule-draft.js';

type Trial = { rule: RuleDraft; backtestId: string };

const keyOf = (portalId: string, ruleId: string) => ['draft-trials', portalId, ruleId] as const;

/** Remembers which backtest tried which draft: a backtest itself does not tell what it tried. */
export function useNoteTrial(portalId: string) {
  const queries = useQueryClient();
  return (ruleId: string, rule: RuleDraft, backtestId: string) =>
    queries.setQueryData<Trial>(keyOf(portalId, ruleId), { rule, backtestId });
}

/** The backtest of this draft, as far as it was asked for since the page was loaded. */
export function useTrialOf(portalId: string, ruleId: string, draft: RuleDraft | null): string | undefined {
  const trial = useQuery<Trial | null>({
    queryKey: keyOf(portalId, ruleId),
    queryFn: () => null,
    enabled: false,
    gcTime: Infinity,
  }).data;
  return trial != null && draft !== null && isSameRule(trial.rule, draft) ? trial.backtestId : undefined;
}
