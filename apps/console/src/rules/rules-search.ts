/** The rule that is looked at, and which of its backtests, as they stand in the address. */
export type RulesSearch = { rule?: string; backtest?: string };

/** The rule that a new one begins like. */
export type NewRuleSearch = { like?: string };

const RULE = /^[A-Z][A-Z0-9]{1,15}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Reads the search; whatever is not valid is left out instead of failing. */
export function readRulesSearch({ rule, backtest }: Record<string, unknown>): RulesSearch {
  if (typeof rule !== 'string' || !RULE.test(rule)) return {};
  return typeof backtest === 'string' && UUID.test(backtest) ? { rule, backtest } : { rule };
}

/** Reads the search of a new rule's page. */
export const readNewRuleSearch = ({ like }: Record<string, unknown>): NewRuleSearch =>
  typeof like === 'string' && RULE.test(like) ? { like } : {};
