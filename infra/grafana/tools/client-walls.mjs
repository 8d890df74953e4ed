import { ask } from './query-answer.mjs';
import { Refused } from './refused.mjs';
import { STAFF } from './provisioned-files.mjs';

const PORTALS = 'SELECT portal_id::text AS portal FROM grafana.portal_key ORDER BY 1 LIMIT 10000';
const RELATIONS = `SELECT DISTINCT quote_ident(table_schema) || '.' || quote_ident(table_name) AS relation
  FROM information_schema.columns
 WHERE column_name = 'portal_id' AND table_schema !~ '^(pg_|information_schema)' ORDER BY 1 LIMIT 10000`;

/**
 * What somebody who knows how might try: each is refused, or shows nothing more. Each ends with its transaction, as
 * connections are shared.
 */
const attempts = [
  ['tells another scope', `SELECT set_config('funnelwatch.portals', 'all', true)`],
  ['becomes the login of the staff', 'SET LOCAL ROLE funnelwatch_grafana'],
  ['becomes the owner', 'SET LOCAL ROLE funnelwatch_migrate'],
  ['switches the walls off', 'SET LOCAL row_security = off'],
];

const listOf = (ids) => ids.map((id) => `'${id}'`).join(',');
const isId = (text) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(text);

/**
 * Proves with a client's login to Grafana that no row of another portal comes through. The staff is asked which portals
 * there are and whether others have rows at all: a client who is shown nothing of nothing proves nothing.
 *
 * @param {import('./grafana-api.mjs').GrafanaApi} staff
 * @param {import('./grafana-api.mjs').GrafanaApi} client
 * @param {string[]} expected Portals that the client must see, no more and no fewer; empty when not told.
 * @returns {Promise<{ org: number, own: string[], asked: number, problems: string[] }>} Its organisation, the portals it
 *   sees, how many tables and views were asked. Throws `Refused`.
 */
export async function checkClient(staff, client, expected) {
  const { orgId: org, isGrafanaAdmin } = await client.get('/api/user');
  if (org === STAFF || isGrafanaAdmin) throw new Refused(`${client.user} belongs to the staff and is no client.`);
  const own = await portalsOf(client, client.user);
  const others = (await portalsOf(staff, staff.user, STAFF)).filter((portal) => !own.includes(portal));
  const problems = [...wrongPortals(own, expected)];
  if (others.length === 0) problems.push('the staff sees no portal that the client does not: nothing is proven');
  const relations = await rowsOf(client, RELATIONS, client.user);
  let speaking = 0;
  for (const relation of others.length === 0 ? [] : relations) {
    const sql = `SELECT portal_id::text FROM ${relation} WHERE portal_id = ANY (ARRAY[${listOf(others)}]::uuid[]) LIMIT 1`;
    const seen = await ask(client, { rawSql: sql });
    if (seen.problem !== null) problems.push(`${relation}: ${seen.problem}`);
    else if (seen.rows.length > 0) problems.push(`${relation} shows rows of another portal`);
    const there = await ask(staff, { rawSql: sql }, { org: STAFF });
    if (there.rows.length > 0) speaking += 1;
  }
  if (others.length > 0 && speaking === 0) problems.push('no other portal has a row anywhere: nothing is proven');
  problems.push(...(await triedIn(client, own)), ...(await reachedOutside(client, own)));
  return { org, own, asked: relations.length, problems };
}

function wrongPortals(own, expected) {
  if (own.length === 0) return ['the client sees no portal at all'];
  if (expected.length === 0) return [];
  return [
    ...own.filter((portal) => !expected.includes(portal)).map((portal) => `it sees ${portal}, which is not its own`),
    ...expected.filter((portal) => !own.includes(portal)).map((portal) => `it does not see ${portal}`),
  ];
}

async function triedIn(client, own) {
  const problems = [];
  for (const [title, sql] of attempts) {
    // In one message, so that the question is asked in the same transaction.
    const answer = await ask(client, { rawSql: `${sql}; ${PORTALS}` });
    if (showsMore(answer, own)) problems.push(`it sees other portals when it ${title}`);
  }
  return problems;
}

const showsMore = ({ rows }, own) => rows.some(([text]) => isId(String(text)) && !own.includes(text));

/** What Grafana itself must refuse: another organisation, the metrics, the administration. */
async function reachedOutside(client, own) {
  const problems = [];
  const inStaff = await ask(client, { rawSql: PORTALS }, { org: STAFF });
  if (showsMore(inStaff, own)) problems.push('Grafana lets it ask in the organisation of the staff');
  const metrics = await client.ask('POST', '/api/ds/query', {
    from: 'now-1h',
    to: 'now',
    queries: [{ refId: 'A', datasource: { type: 'prometheus', uid: 'prom' }, expr: 'up', instant: true }],
  });
  if (metrics.status < 300) problems.push('Grafana lets it ask for metrics, which know no clients');
  const organisations = await client.ask('GET', '/api/orgs');
  if (organisations.status < 300) problems.push('Grafana tells it all organisations');
  return problems;
}

const portalsOf = (api, who, org) => rowsOf(api, PORTALS, who, org);

async function rowsOf(api, rawSql, who, org) {
  const { problem, rows } = await ask(api, { rawSql }, { org });
  if (problem !== null) throw new Refused(`The read models do not answer ${who}: ${problem}`);
  return rows.map(([value]) => String(value));
}
