import { basePack, type RuleDraft } from '@funnelwatch/curation';

/** Words and parameters of a rule of the base pack; null for one it does not have. */
export const ruleOfPack = (ruleId: string): RuleDraft | null => basePack.rules.find(({ id }) => id === ruleId) ?? null;
