/** Parameters of the rules that have any, by rule; what they mean stands in docs/rules.md. */
export interface RuleParameters {
  L01: { minutes: number; hot_minutes: number; hot_sources: string[] };
  L05: { times: number };
  L06: { touches: number; days: number };
  L07: { reason_field: string | null; stop_list: string[]; length: number };
  L11: { hours: number };
  L12: { times: number; days: number };
  L13: { queue_users: string[] };
  D01: { mandatory: string[] };
  D02: { reason_field: string | null };
  D03: { moves: number; minutes: number };
  D04: { excluded: string[]; stage_limits: Record<string, number>; days: number };
  D05: { proofs: Record<string, string[]> };
  D06: { required: Record<string, string[]> };
  D07: { moves: number; minutes: number; last_days: number };
  D08: { attempts: number; days: number };
  D09: { days: number };
  D11: { days: number };
  /** Roubles by pipeline. */
  D12: { amount_limits: Record<string, number> };
  D15: { allowed: string[] };
  D16: { stages: string[]; days: number };
  D17: { moves: number };
  F03: { times: number; days: number };
  F04: { from_rank: number };
  F05: { tolerance: number };
  F06: { percent: number; approval_field: string | null };
  F07: { amount: number };
  F08: { median_cycle_days: number; days: number };
  F09: { from_rank: number };
  F11: { products: Record<string, string> };
  F12: { stages: string[] };
  A05: { minutes: number };
  A06: { count: number; minutes: number };
  A07: { allowed: string[] };
  K04: { stages: string[] };
  K08: { pipelines: string[] };
  K09: { allowed: string[] };
  K10: { field: string | null; days: number };
  K11: { field: string | null };
  I02: { tolerance: number };
  I04: { own_companies: Record<string, string> };
  I05: { sent_rank: number };
  I09: { stages: string[] };
  O03: { deleted: number };
  O06: { times: number };
  O07: { deals: number };
  /** Working hours by channel. */
  O08: { hours: Record<string, number> };
}

export type RuleWithParameters = keyof RuleParameters;

/** Parameters that differ from those of the pack, by rule: plain JSON. */
export type DisciplineSettings = { readonly [Rule in RuleWithParameters]?: Partial<RuleParameters[Rule]> };

const defaults: RuleParameters = {
  L01: { minutes: 30, hot_minutes: 5, hot_sources: [] },
  L05: { times: 3 },
  L06: { touches: 3, days: 1 },
  L07: { reason_field: null, stop_list: [], length: 15 },
  L11: { hours: 2 },
  L12: { times: 3, days: 2 },
  L13: { queue_users: [] },
  D01: { mandatory: [] },
  D02: { reason_field: null },
  D03: { moves: 3, minutes: 10 },
  D04: { excluded: [], stage_limits: {}, days: 3 },
  D05: { proofs: {} },
  D06: { required: {} },
  D07: { moves: 10, minutes: 5, last_days: 3 },
  D08: { attempts: 3, days: 5 },
  D09: { days: 14 },
  D11: { days: 3 },
  D12: { amount_limits: {} },
  D15: { allowed: [] },
  D16: { stages: [], days: 10 },
  D17: { moves: 5 },
  F03: { times: 3, days: 30 },
  F04: { from_rank: 1 },
  F05: { tolerance: 1 },
  F06: { percent: 10, approval_field: null },
  F07: { amount: 500_000 },
  F08: { median_cycle_days: 14, days: 20 },
  F09: { from_rank: 1 },
  F11: { products: {} },
  F12: { stages: [] },
  A05: { minutes: 2 },
  A06: { count: 10, minutes: 5 },
  A07: { allowed: [] },
  K04: { stages: [] },
  K08: { pipelines: [] },
  K09: { allowed: [] },
  K10: { field: null, days: 20 },
  K11: { field: null },
  I02: { tolerance: 1 },
  I04: { own_companies: {} },
  I05: { sent_rank: 1 },
  I09: { stages: [] },
  O03: { deleted: 20 },
  O06: { times: 5 },
  O07: { deals: 60 },
  O08: { hours: {} },
};

/** The parameters of a rule as the settings leave them. */
export function parametersOf<Rule extends RuleWithParameters>(
  settings: DisciplineSettings,
  rule: Rule,
): RuleParameters[Rule] {
  return { ...defaults[rule], ...settings[rule] };
}
