import type { Group } from './privileges.js';

/** A policy of row-level security: rows for which the expression holds may be read and, with ALL, written. */
export interface Policy {
  name: string;
  command: 'ALL' | 'SELECT';
  /** Logins in any of these groups; policies of one login add up, and a login without one sees nothing. */
  groups: readonly Group[];
  expression: string;
  /** A table that the expression asks, where that is part of the database. */
  asks?: string;
}

const scope = `current_setting('funnelwatch.portals', true)`;
const ownPortals = (what: string): string =>
  `(SELECT ${what} FROM registry.reader_role AS own WHERE own.role_name = current_user)`;

/**
 * Who may touch which rows of a table with a portal. A subquery is asked once a statement. Anybody can set the setting,
 * so it counts only for the group whose login tells in it whom it works for: ids of portals in small letters and with
 * commas between them, or `all`.
 */
const portalPolicies: readonly Policy[] = [
  {
    // Programs that work on all portals; the owner passes anyhow.
    name: 'all_portals',
    command: 'ALL',
    groups: ['project', 'relay', 'erase', 'seal', 'capture', 'judge'],
    expression: 'true',
  },
  {
    name: 'named_portals',
    command: 'ALL',
    groups: ['manage'],
    // One portal is the usual case, and compared as cheaply as can be. What follows is asked about rows of other portals
    // only; written as `<> 0`, the planner takes it for nearly always true, and its estimates stay as without a wall.
    expression: `portal_id = (SELECT CASE WHEN length(${scope}) = 36 THEN ${scope}::uuid END)
      OR strpos(${scope}, portal_id::text) <> 0
      OR ${scope} = 'all'`,
  },
  {
    name: 'portals_of_reader',
    command: 'SELECT',
    groups: ['read'],
    expression: `portal_id = ANY (${ownPortals('array_agg(own.portal_id)')}::uuid[])
      OR ${ownPortals('bool_or(own.portal_id IS NULL)')}`,
    asks: 'registry.reader_role',
  },
];

const ownRows: readonly Policy[] = [
  { name: 'own_rows', command: 'SELECT', groups: ['read'], expression: 'role_name = current_user' },
];

/** Tables with rows of portals. Every table with a portal_id must be one of them. */
const tablePolicies: readonly { schema: RegExp; name: RegExp; policies: readonly Policy[] }[] = [
  { schema: /^log$/, name: /^(event|quarantine)$/, policies: portalPolicies },
  { schema: /^keys$/, name: /^(subject_key|match_key|erased_subject)$/, policies: portalPolicies },
  { schema: /^registry$/, name: /^portal$/, policies: portalPolicies },
  { schema: /^registry$/, name: /^reader_role$/, policies: ownRows },
  {
    schema: /^capture$/,
    name: /^(lease|entity_head|stage_move|follow_up|cursor|backfill_progress|configuration|certificate|visibility_loss|rebinding|match_key|match_list|status)$/,
    policies: portalPolicies,
  },
  { schema: /^identity$/, name: /^(membership|one_time_link|substitution|audit)$/, policies: portalPolicies },
  { schema: /^writeback$/, name: /^(channel_setting|message|own_object)$/, policies: portalPolicies },
  { schema: /^travel$/, name: /^snapshot$/, policies: portalPolicies },
  { schema: /^(funnel|curation|plan|motivation)_v\d+$/, name: /./, policies: portalPolicies },
  { schema: /^(judge|desk|published)$/, name: /./, policies: portalPolicies },
];

/** Tables without a wall, and what they tell. */
const withoutWall: Record<string, string> = {
  'identity.account': 'who can sign in',
  'identity.credential': 'hashes of passwords',
  'identity.session': 'who is signed in',
  'identity.verification': 'nothing; the library of sessions wants it',
  'identity.sign_in_attempts': 'hashes of e-mails and addresses, and how often they failed',
  'log.counter': 'how many events a bucket has',
  'log.verification': 'through where a bucket was verified',
  'log.checkpoint': 'how far a read model is in a bucket',
  'log.lease': 'who works on a bucket',
  'log.member': 'which workers are alive',
  'log.incarnation': 'which life of the log this is',
  'log.projection_version': 'generations of read models',
  'log.scratch': 'schemas in use',
  'public.schema_migration': 'which migrations ran',
};

/** Views that ask with the rights of their owner: they tell how the installation is, and of no portal. */
const ownersViews = new Set(['read.ops_hole', 'read.ops_lag', 'read.ops_relay', 'read.ops_rebuild', 'read.ops_worker']);

/** Policies of a table; none for one without a wall, null when this file does not state it. */
export function policiesOf(schema: string, name: string): readonly Policy[] | null {
  const known = tablePolicies.find((each) => each.schema.test(schema) && each.name.test(name));
  if (known) return known.policies;
  return `${schema}.${name}` in withoutWall ? [] : null;
}

/** Whether a view asks with the rights of whoever reads it, so that policies hold for the reader. */
export const asksAsReader = (schema: string, name: string): boolean => !ownersViews.has(`${schema}.${name}`);
