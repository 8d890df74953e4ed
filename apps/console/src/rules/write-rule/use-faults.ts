import { useDebouncedValue } from '@mantine/hooks';
import { useMemo } from 'react';
import type { RuleFault } from '../../api/schema.js';
import { useRuleCheck } from '../use-own-rules.js';
import { checkable, joinFaults, missingIn } from './faults.js';
import type { RuleDraft } from './rule-draft.js';

/** Long enough for a word to be written to its end. */
const PAUSE_MS = 350;

/** What is wrong with a draft, told while it is written: what is empty at once, conditions after a pause. */
export function useFaults(portalId: string, draft: RuleDraft, takenIds: readonly string[]) {
  const [settled] = useDebouncedValue(draft, PAUSE_MS);
  const check = useRuleCheck(
    portalId,
    useMemo(() => checkable(settled), [settled]),
  );
  const faults = useMemo(() => joinFaults(missingIn(draft, takenIds), check.data ?? []), [draft, takenIds, check.data]);
  const isBehind = settled !== draft || check.isPlaceholderData || check.isFetching;
  return { faults: faults as readonly RuleFault[], isBehind };
}
