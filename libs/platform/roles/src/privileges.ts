/**
 * Group roles; nobody logs in as one of them.
 *
 * - `append` writes the log through its functions; `project` folds it into read models; `relay` copies it to brokers;
 *   `read` sees `read.*`; `erase` only empties; `migrate` owns every object.
 * - `judge` keeps what the rules engine has said so far.
 * - `seal` makes keys of data subjects, `open` reads them; `capture` keeps what is known of portals; `manage` does what
 *   a person may do through the API.
 */
export const groupNames = [
  'append',
  'project',
  'relay',
  'read',
  'erase',
  'migrate',
  'seal',
  'open',
  'capture',
  'judge',
  'manage',
] as const;

export type Group = (typeof groupNames)[number];

export const roleOf = (group: Group): string => `funnelwatch_${group}`;

/** Privileges by group, as they stand in a GRANT; `(all but a, b)` stands for every other column. */
export type Grants = Partial<Record<Group, string>>;

const all = 'SELECT, INSERT, UPDATE, DELETE';
const working: Grants = { project: all, relay: all };
const captured: Grants = { capture: all, manage: 'SELECT' };
const shown: Grants = { ...captured, read: 'SELECT' };
const judged: Grants = { judge: all, manage: 'SELECT', read: 'SELECT' };

/**
 * Every table and view of our schemas. Nobody may change or remove an event: rows enter by the functions that chain
 * them, and `erase` may empty two columns.
 */
const tablePrivileges: Record<string, Grants> = {
  'log.event': { append: 'SELECT', project: 'SELECT', relay: 'SELECT', erase: 'SELECT, UPDATE (body, sealed)' },
  'log.counter': { append: 'SELECT', project: 'SELECT', relay: 'SELECT', erase: 'SELECT' },
  'log.incarnation': { append: 'SELECT', project: 'SELECT', relay: 'SELECT' },
  'log.verification': { manage: 'SELECT' },
  'log.checkpoint': { ...working, capture: 'SELECT', judge: 'SELECT', manage: 'SELECT' },
  'log.lease': working,
  'log.member': working,
  'log.quarantine': { project: all, judge: 'SELECT', manage: 'SELECT, UPDATE (retry_requested_at)', read: 'SELECT' },
  'log.scratch': { project: 'SELECT' },
  'log.projection_version': { project: 'SELECT, UPDATE', manage: 'SELECT' },

  'keys.subject_key': {
    seal: 'SELECT, INSERT (bucket, portal_id, subject, wrapped)',
    open: 'SELECT',
    // What a person writes is sealed where it is written, also about somebody who has no key yet.
    manage: 'INSERT (bucket, portal_id, subject, wrapped)',
    erase:
      'SELECT (bucket, portal_id, subject, destroyed_at), INSERT (bucket, portal_id, subject, destroyed_at), UPDATE (wrapped, destroyed_at)',
  },
  'keys.match_key': { seal: 'SELECT, INSERT (bucket, portal_id, wrapped)' },

  'keys.erased_subject': {
    seal: 'SELECT, INSERT (bucket, portal_id, subject, root)',
    open: 'SELECT',
    erase: 'SELECT, INSERT (bucket, portal_id, subject, root)',
  },

  'registry.portal': {
    capture: 'SELECT, UPDATE',
    judge: 'SELECT (all but credentials)',
    manage: 'SELECT, INSERT, UPDATE',
    erase: 'SELECT (portal_id, bucket)',
    // Views of operations ask with the rights of whoever reads.
    read: 'SELECT (all but credentials, connection_message)',
  },
  'registry.reader_role': { read: 'SELECT' },

  'capture.lease': captured,
  'capture.entity_head': { ...captured, erase: 'SELECT (portal_id, kind, id), UPDATE (personal_hashes)' },
  'capture.stage_move': captured,
  'capture.follow_up': captured,
  'capture.cursor': captured,
  'capture.backfill_progress': shown,
  'capture.configuration': captured,
  'capture.certificate': shown,
  'capture.visibility_loss': { ...shown, manage: 'SELECT, UPDATE (confirmed_missing)' },
  'capture.rebinding': captured,
  // Hashes are for nobody who only looks.
  'capture.match_key': { capture: all, erase: 'SELECT, DELETE' },
  'capture.match_list': { capture: all, erase: 'SELECT, UPDATE (is_doubtful)' },
  'capture.status': shown,

  'identity.account': { manage: 'SELECT, INSERT, UPDATE' },
  'identity.credential': { manage: all },
  'identity.session': { manage: all },
  'identity.verification': { manage: all },
  'identity.membership': { manage: all },
  'identity.one_time_link': { manage: 'SELECT, INSERT, UPDATE' },
  'identity.substitution': { manage: 'SELECT, INSERT, UPDATE' },
  'identity.sign_in_attempts': { manage: all },
  'identity.audit': { manage: 'SELECT, INSERT' },

  'judge.progress': judged,
  'judge.episode': judged,
  'judge.deadline': judged,
  'judge.contribution': judged,
  'judge.touched': judged,
  'judge.subject_checks': judged,
  'judge.checks': judged,
  'judge.heard_hour': judged,

  'desk.presence': { manage: all },
  'desk.saved_view': { manage: all },
  'desk.template': { manage: all },
  'desk.backtest': { manage: all, judge: 'SELECT, UPDATE' },
  'writeback.channel_setting': { capture: 'SELECT', manage: 'SELECT, INSERT, UPDATE' },
  'writeback.message': {
    capture: 'SELECT, UPDATE',
    manage: 'SELECT, INSERT, UPDATE',
    project: 'SELECT (bucket, portal_id, message_id, marker)',
    read: 'SELECT (all but recipient_id, about_kind, about_id, purpose, sealed_text, marker, reason, lease_token, portal_object_id)',
  },
  'writeback.own_object': { capture: 'SELECT, INSERT', manage: 'SELECT', project: 'SELECT' },

  'travel.snapshot': { manage: all, erase: 'SELECT' },

  // Asks its table with the rights of whoever reads it.
  'read.ops_quarantine': { read: 'SELECT', manage: 'SELECT', project: 'SELECT' },

  'public.schema_migration': Object.fromEntries(groupNames.map((group) => [group, 'SELECT'])),
};

/** Functions that do more than compute. Nobody else may call them. */
export const functionPrivileges: Record<string, readonly Group[]> = {
  'log.append_one': ['append'],
  'log.append_many': ['append'],
  'log.append_alone': ['append'],
  'log.lock_counter': [],
  'log.chain_hash': ['append', 'project', 'relay'],
  'log.refuse_change': [],
  'keys.refuse_revival': [],
  'keys.destroy_key': [],
  // Computes for the views of operations, whose readers call it.
  'log.is_held': groupNames.filter((group) => group !== 'migrate'),
  'log.create_generation': ['project', 'manage'],
  'log.create_generation_tables': [],
  'log.drop_generation': ['project', 'manage'],
  'log.repoint_views': ['project'],
  'log.create_scratch': ['project'],
  'log.drop_scratch': ['project'],
  'identity.refuse_change': [],
  'log.refuse_other_portals': [],
  'log.copy_wall': ['manage'],
  'travel.create_schemas': ['manage'],
  'travel.wall_snapshot': ['manage'],
  'travel.drop_snapshot': ['manage', 'erase'],
};

/** Schemas whose objects are all alike: views that readers ask, and tables of the generations of read models. */
const schemaPrivileges: readonly { schema: RegExp; name: RegExp; grants: Grants }[] = [
  // Workers tell how far they are.
  { schema: /^read$/, name: /^ops_/, grants: { read: 'SELECT', manage: 'SELECT', project: 'SELECT', relay: 'SELECT' } },
  // Reference verdicts of gold cases, and who is to be talked to, are for nobody who looks at dashboards.
  {
    schema: /^read$/,
    name: /^(quality|calibration|coaching|coached_case|clean_week)$/,
    grants: { manage: 'SELECT', judge: 'SELECT' },
  },
  {
    schema: /^curation_v\d+$/,
    name: /^(quality|calibration|coaching|coached_case|clean_week)$/,
    grants: { project: all, manage: 'SELECT', judge: 'SELECT' },
  },
  {
    schema: /^read$/,
    name: /^(rule_|discipline$|violation_case$|case_entry$|audit$)/,
    grants: { read: 'SELECT', manage: 'SELECT', judge: 'SELECT' },
  },
  // What pays people is for nobody who looks at dashboards either.
  { schema: /^read$/, name: /^(scheme|pay_period|payslip|pay_dispute|sale_share)$/, grants: { manage: 'SELECT' } },
  {
    schema: /^motivation_v\d+$/,
    name: /^(scheme|pay_period|payslip|pay_dispute|sale_share)$/,
    grants: { project: all, manage: 'SELECT' },
  },
  { schema: /^read$/, name: /./, grants: { read: 'SELECT', manage: 'SELECT' } },
  // What the API answers, written down by it for dashboards.
  { schema: /^published$/, name: /./, grants: { manage: all, read: 'SELECT' } },
  { schema: /^grafana$/, name: /./, grants: { read: 'SELECT' } },
  // Views ask them with the rights of whoever reads.
  { schema: /^(funnel|plan|motivation)_v\d+$/, name: /./, grants: { project: all, read: 'SELECT', manage: 'SELECT' } },
  { schema: /^curation_v\d+$/, name: /./, grants: { project: all, read: 'SELECT', manage: 'SELECT', judge: 'SELECT' } },
];

/** Whether everything in the schema belongs to us and goes by this file. */
export const isOurSchema = (schema: string): boolean =>
  ['log', 'keys', 'registry', 'capture', 'judge', 'desk', 'travel', 'identity', 'writeback'].includes(schema) ||
  schemaPrivileges.some((known) => known.schema.test(schema));

/** Privileges of a table or view, null when this file does not state them. */
export function grantsOf(schema: string, name: string): Grants | null {
  return (
    tablePrivileges[`${schema}.${name}`] ??
    schemaPrivileges.find((known) => known.schema.test(schema) && known.name.test(name))?.grants ??
    null
  );
}

/** What the programs log in as, and the groups each is in. */
export const loginGroups = {
  ingest: ['append', 'relay', 'seal', 'capture'],
  projector: ['project', 'open'],
  curator: ['append', 'project', 'open', 'judge'],
  api: ['append', 'open', 'manage'],
  operator: [...groupNames],
  grafana: ['read'],
} as const satisfies Record<string, readonly Group[]>;

export type Login = keyof typeof loginGroups;

export const loginNameOf = (login: Login): string => `funnelwatch_${login}`;
