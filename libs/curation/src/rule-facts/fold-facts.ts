import type { StoredEvent } from '@funnelwatch/kernel';
import { int8Array, jsonArray, textArray, timestamptzArray, uuidArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { type KeptFact, keptFactOf } from '../facts/kept-fact.js';
import { type Link, linksOf, subjectOf } from './links.js';

interface PortalFact {
  portalId: string;
  fact: KeptFact;
}

export interface Place {
  schema: string;
  bucket: number;
}

/** Keeps what rules ask about of a batch of events, and notes whose life it may have changed. */
export async function foldFacts(client: PoolClient, place: Place, events: readonly StoredEvent[]): Promise<void> {
  const facts: PortalFact[] = [];
  for (const event of events) {
    const fact = keptFactOf(event);
    if (fact) facts.push({ portalId: event.portalId, fact });
  }
  if (facts.length === 0) return;
  await saveFacts(client, place, facts);
  await saveLinks(client, place, facts);
  await touchSubjects(client, place, facts);
}

async function saveFacts(client: PoolClient, { schema, bucket }: Place, facts: readonly PortalFact[]): Promise<void> {
  await client.query({
    name: `${schema}-save-facts`,
    text: `INSERT INTO ${schema}.rule_fact
             (bucket, portal_id, stream_id, position, event_id, occurred_at, kind, verb, by_user, provenance, data)
           SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::bigint[], $5::uuid[], $6::timestamptz[], $7::text[], $8::text[],
                                    $9::text[], $10::text[], $11::json[])
           ON CONFLICT DO NOTHING`,
    values: [
      bucket,
      uuidArray(facts.map(({ portalId }) => portalId)),
      textArray(facts.map(({ fact }) => fact.stream)),
      int8Array(facts.map(({ fact }) => fact.position)),
      uuidArray(facts.map(({ fact }) => fact.eventId)),
      timestamptzArray(facts.map(({ fact }) => new Date(fact.at))),
      textArray(facts.map(({ fact }) => fact.kind)),
      textArray(facts.map(({ fact }) => fact.verb)),
      textArray(facts.map(({ fact }) => fact.by)),
      textArray(facts.map(({ fact }) => fact.provenance)),
      jsonArray(facts.map(({ fact }) => JSON.stringify(fact.data).replaceAll('\\u0000', ''))),
    ],
  });
}

async function saveLinks(client: PoolClient, { schema, bucket }: Place, facts: readonly PortalFact[]): Promise<void> {
  const links = new Map<string, Link & { portalId: string }>();
  for (const { portalId, fact } of facts) {
    for (const link of linksOf(fact)) links.set(`${portalId} ${link.child} ${link.parent}`, { ...link, portalId });
  }
  if (links.size === 0) return;
  const rows = [...links].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, link]) => link);
  await client.query({
    name: `${schema}-save-links`,
    text: `INSERT INTO ${schema}.rule_link (bucket, portal_id, child, parent)
           SELECT $1, * FROM unnest($2::uuid[], $3::text[], $4::text[]) ON CONFLICT DO NOTHING`,
    values: [
      bucket,
      uuidArray(rows.map(({ portalId }) => portalId)),
      textArray(rows.map(({ child }) => child)),
      textArray(rows.map(({ parent }) => parent)),
    ],
  });
}

/**
 * Notes for every subject whose life the facts may have changed the position up to which that is so: the record itself,
 * what it hangs on up to three steps away, and what hangs on it where that is judged by it.
 */
async function touchSubjects(client: PoolClient, place: Place, facts: readonly PortalFact[]): Promise<void> {
  const { schema, bucket } = place;
  const byPortal = new Map<string, Map<string, number>>();
  for (const { portalId, fact } of facts) {
    const streams = byPortal.get(portalId) ?? new Map<string, number>();
    streams.set(fact.stream, Math.max(streams.get(fact.stream) ?? 0, fact.position));
    byPortal.set(portalId, streams);
  }
  for (const [portalId, streams] of [...byPortal].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const reached = new Map(streams);
    let frontier = new Map(streams);
    for (let step = 0; step < 3 && frontier.size > 0; step += 1) {
      frontier = await neighbours(client, place, portalId, frontier, reached);
    }
    await touchDealsOfColleagues(client, place, portalId, streams, reached);
    const subjects = new Map<string, number>();
    for (const [stream, position] of reached) {
      const subject = subjectOf(stream);
      if (subject) subjects.set(subject, Math.max(subjects.get(subject) ?? 0, position));
    }
    const rows = [...subjects].sort(([left], [right]) => (left < right ? -1 : 1));
    if (rows.length === 0) continue;
    await client.query({
      name: `${schema}-touch-subjects`,
      text: `INSERT INTO ${schema}.rule_subject AS known (bucket, portal_id, subject, last_position)
             SELECT $1, $2, * FROM unnest($3::text[], $4::bigint[])
             ON CONFLICT (bucket, portal_id, subject)
             DO UPDATE SET last_position = excluded.last_position WHERE known.last_position < excluded.last_position`,
      values: [bucket, portalId, textArray(rows.map(([subject]) => subject)), int8Array(rows.map(([, at]) => at))],
    });
  }
}

/** The contacts of a deal are those of its company too: its deals are judged by facts of a contact, and by no other ones. */
async function touchDealsOfColleagues(
  client: PoolClient,
  { schema, bucket }: Place,
  portalId: string,
  streams: ReadonlyMap<string, number>,
  reached: Map<string, number>,
): Promise<void> {
  const contacts = [...streams.keys()].filter((stream) => stream.startsWith('contact:'));
  if (contacts.length === 0) return;
  const { rows } = await client.query<{ contact: string; deal: string }>({
    name: `${schema}-deals-of-colleagues`,
    text: `SELECT member.child AS contact, deal.child AS deal
             FROM ${schema}.rule_link member
             JOIN ${schema}.rule_link deal ON deal.bucket = $1 AND deal.portal_id = $2 AND deal.parent = member.parent
            WHERE member.bucket = $1 AND member.portal_id = $2 AND member.child = ANY ($3::text[])
              AND split_part(member.parent, ':', 1) = 'company' AND split_part(deal.child, ':', 1) = 'deal'`,
    values: [bucket, portalId, textArray(contacts)],
  });
  for (const { contact, deal } of rows) {
    reached.set(deal, Math.max(reached.get(deal) ?? 0, streams.get(contact) ?? 0));
  }
}

/** Parent and child kinds where the child is judged by its parent; records of one kind are judged by their likes. */
const judgedByParent = new Set(['deal invoice', 'company requisite', 'user contact', 'user company', 'user lead']);

function isJudgedByParent(parent: string, child: string): boolean {
  const [above] = parent.split(':');
  const [below] = child.split(':');
  return above === below || judgedByParent.has(`${above} ${below}`);
}

async function neighbours(
  client: PoolClient,
  { schema, bucket }: Place,
  portalId: string,
  frontier: ReadonlyMap<string, number>,
  reached: Map<string, number>,
): Promise<Map<string, number>> {
  const { rows } = await client.query<{ origin: string; stream: string; is_child: boolean }>({
    name: `${schema}-neighbours`,
    text: `SELECT child AS origin, parent AS stream, false AS is_child FROM ${schema}.rule_link
            WHERE bucket = $1 AND portal_id = $2 AND child = ANY ($3::text[])
           UNION ALL
           SELECT parent, child, true FROM ${schema}.rule_link
            WHERE bucket = $1 AND portal_id = $2 AND parent = ANY ($3::text[])
              AND (split_part(parent, ':', 1) = split_part(child, ':', 1)
                   OR split_part(parent, ':', 1) IN ('deal', 'company', 'user'))`,
    values: [bucket, portalId, textArray([...frontier.keys()])],
  });
  const next = new Map<string, number>();
  for (const { origin, stream, is_child: isChild } of rows) {
    if (isChild && !isJudgedByParent(origin, stream)) continue;
    const position = frontier.get(origin) ?? 0;
    if ((reached.get(stream) ?? 0) >= position) continue;
    reached.set(stream, position);
    next.set(stream, Math.max(next.get(stream) ?? 0, position));
  }
  return next;
}
