import { basePack, type DisciplineSettings, type RuleDraft } from '@funnelwatch/curation';

/** Words and parameters of a rule as a portal has it; null for one that is there no longer. */
export function ruleOfPortal({ rules }: DisciplineSettings, ruleId: string): RuleDraft | null {
  // It was read as a rule when it was written.
  const own = rules[ruleId]?.own as unknown as RuleDraft | undefined;
  return own ?? basePack.rules.find(({ id }) => id === ruleId) ?? null;
}
