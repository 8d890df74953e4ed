import { randomUUID } from 'node:crypto';
import type { Pool } from './connection.js';

/** Two portals, with a mark that every text of theirs bears. */
export const portals = {
  a: { portalId: '018f0000-0000-7000-8000-00000000000a', bucket: 3, mark: 'mark-of-a' },
  b: { portalId: '018f0000-0000-7000-8000-00000000000b', bucket: 3, mark: 'mark-of-b' },
};
export type Portal = (typeof portals)['a'];

export interface Relation {
  /** Quoted, with its schema. */
  name: string;
  kind: 'table' | 'view';
  hasPortal: boolean;
}

/** Every table and view that is not the server's own. */
export async function readRelations(pool: Pool): Promise<Relation[]> {
  const { rows } = await pool.query<Relation>(`
    SELECT format('%I.%I', nspname, relname) AS name, CASE WHEN relkind IN ('r', 'p') THEN 'table' ELSE 'view' END AS kind,
           EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation.oid AND attname = 'portal_id') AS "hasPortal"
      FROM pg_class relation JOIN pg_namespace ON pg_namespace.oid = relnamespace
     WHERE relkind NOT IN ('i', 'I', 'S', 't', 'c') AND nspname !~ '^pg_' AND nspname <> 'information_schema'
     ORDER BY 1`);
  return rows;
}

/** Whether anything in an answer is the portal's. */
export const speaksOf = ({ portalId, mark }: Portal, answer: unknown): boolean => {
  const text = JSON.stringify(answer);
  return text.includes(portalId) || text.includes(mark);
};

/** One of two accounts, which belong to no portal. */
const accountAt = (offset: number): string => `(SELECT id FROM identity.account ORDER BY id OFFSET ${offset} LIMIT 1)`;

/** Values that checks demand; everything else is made from the type of the column. */
const demanded: Record<string, Record<string, string>> = {
  'log.quarantine': { status: `'poison'`, reason_code: `'CODE'` },
  'keys.subject_key': { wrapped: `'x'` },
  'capture.stage_move': { state: `'recorded'` },
  'capture.follow_up': { work: `'stage-history'` },
  'capture.entity_head': { state: `'present'` },
  'capture.status': { limiter: `'{"profile": "standard"}'`, through: `'{"deal": "2026-03-02T09:00:00Z"}'` },
  'capture.certificate': { expected: `'{"deal": 1}'`, held: `'{"deal": 1}'` },
  'capture.match_key': { kind: `'phone'` },
  'writeback.channel_setting': { channel: `'task'` },
  'writeback.message': { channel: `'task'` },
  'writeback.own_object': { kind: `'task'` },
  'desk.backtest': { state: `'done'` },
  'identity.audit': { actor: `'nobody'`, result: `'done'` },
  'identity.membership': { account_id: accountAt(0), role: `'viewer'` },
  'identity.one_time_link': { kind: `'invitation'` },
  'identity.substitution': {
    absent_id: accountAt(0),
    substitute_id: accountAt(1),
    ends_at: `'2026-03-03T09:00:00Z'`,
  },
};
const demandedEverywhere: Record<string, Record<string, string>> = {
  funnel_object: { state: `'present'`, pipeline_id: `'deal:0'` },
  record: { state: `'present'` },
  violation_case: { case_id: `'018f0000-0000-7000-8000-0000000000cc'`, responsible: `'1'` },
  case_entry: { case_id: `'018f0000-0000-7000-8000-0000000000cc'`, type: `'FeedbackSent'` },
};

const ofType: Record<string, (portal: Portal) => string> = {
  uuid: () => `'${randomUUID()}'`,
  name: ({ mark }) => `'${mark}'`,
  text: ({ mark }) => `'${mark}'`,
  'text[]': ({ mark }) => `'{${mark}}'`,
  json: ({ mark }) => `'{"text": "${mark}"}'`,
  bytea: ({ mark }) => `'${mark}'`,
  integer: () => '1',
  smallint: () => '1',
  bigint: () => '1',
  boolean: () => 'true',
  numeric: () => '1',
  'double precision': () => '1',
  date: () => `'2026-03-02'`,
  'timestamp with time zone': () => `'2026-03-02T09:00:00Z'`,
  '"char"': () => `'P'`,
};

/** The statement that puts a row of the portal into a table. */
export async function insertionOf(pool: Pool, table: string, portal: Portal): Promise<string> {
  const { rows } = await pool.query<{ column: string; type: string }>(
    `SELECT attname AS column, format_type(atttypid, atttypmod) AS type FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''
        AND (attnotnull AND NOT atthasdef OR attname = ANY ($2))`,
    [table, ['portal_id', ...Object.keys(demandedOf(table))]],
  );
  const values = rows.map(({ column, type }) => {
    if (column === 'portal_id') return `'${portal.portalId}'`;
    if (column === 'bucket') return String(portal.bucket);
    // Two portals of one bucket share the positions of the log.
    if (column === 'position' && type === 'bigint') return portal === portals.a ? '1001' : '1002';
    const make = ofType[type];
    if (!make && !demandedOf(table)[column]) throw new Error(`No value for ${table}.${column}, which is ${type}`);
    return demandedOf(table)[column] ?? make?.(portal);
  });
  return `INSERT INTO ${table} (${rows.map(({ column }) => `"${column}"`).join(', ')}) VALUES (${values.join(', ')})`;
}

const demandedOf = (table: string): Record<string, string> => ({
  ...demandedEverywhere[table.split('.')[1] ?? ''],
  ...demanded[table],
});
