import { useEffect, useRef } from 'react';
import type { RuleView } from '../../api/schema.js';
import { useRuleDetail } from '../use-own-rules.js';
import { listAt, withValue } from './rule-draft.js';
import type { RuleDraft } from './rule-draft.js';

/** The rule of the pack that is about the same as this one, with the fewest subjects besides. */
export function alike(rules: readonly RuleView[], on: readonly string[]): RuleView | undefined {
  return rules
    .filter((rule) => !rule.isOwn && rule.unavailable === null && on.every((kind) => rule.on.includes(kind)))
    .sort((left, right) => left.on.length - right.on.length || (left.ruleId < right.ruleId ? -1 : 1))[0];
}

type FeedsProps = {
  portalId: string;
  rules: readonly RuleView[];
  draft: RuleDraft;
  isWanted: boolean;
  onChange: (draft: RuleDraft) => void;
};

/** Names for a new rule the feeds that a rule of the pack about the same waits for, until somebody names others. */
export function useFeeds({ portalId, rules, draft, isWanted, onChange }: FeedsProps): void {
  const on = listAt(draft, 'on');
  const like = isWanted && on.length > 0 ? alike(rules, on)?.ruleId : undefined;
  const known = useRuleDetail(portalId, like).data;
  const given = useRef<string | null>(null);
  const feeds = known === undefined ? undefined : listAt(known.definition, 'feeds');
  const now = JSON.stringify(listAt(draft, 'feeds'));
  useEffect(() => {
    if (feeds === undefined || (now !== '[]' && now !== given.current)) return;
    const next = JSON.stringify(feeds);
    given.current = next;
    if (next !== now) onChange(withValue(draft, 'feeds', feeds));
  });
}
