import type { RuleProperties } from 'json-rules-engine';

/** What the peer needs of a deal: fields of the view that conditions read, as plain values. */
export const fieldsOfPeer = [
  ...[
    'is_open',
    'planned',
    'has_expected_close',
    'pushes',
    'pushed_days',
    'stage_rank',
    'amount',
    'contacts',
    'contact',
  ],
  ...['company', 'is_won', 'paid_invoices', 'exists', 'source'],
] as const;

const is = (fact: string, value: unknown) => ({ fact, operator: 'equal', value });
const atLeast = (fact: string, value: number) => ({ fact, operator: 'greaterThanInclusive', value });
const above = (fact: string, value: number) => ({ fact, operator: 'greaterThan', value });
const below = (fact: string, value: number) => ({ fact, operator: 'lessThan', value });

/** Conditions of rules of the base pack with its parameters, as json-rules-engine has them. */
export const conditionsOfPeer: Record<string, RuleProperties['conditions']> = {
  F01: { all: [is('is_open', true), is('planned', 0)] },
  F02: { all: [is('is_open', true), is('has_expected_close', true)] },
  F03: { all: [is('is_open', true), { any: [atLeast('pushes', 3), above('pushed_days', 30)] }] },
  F04: { all: [is('is_open', true), atLeast('stage_rank', 1), is('amount', 0)] },
  F07: { all: [is('is_open', true), above('amount', 50_000_000), below('contacts', 2)] },
  F09: { all: [is('is_open', true), atLeast('stage_rank', 1), is('contact', ''), is('company', '')] },
  D11: { all: [is('is_won', true), is('paid_invoices', 0)] },
  L08: { all: [is('exists', true), is('source', '')] },
};
