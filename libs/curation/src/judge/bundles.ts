import type { Provenance } from '@funnelwatch/kernel';
import type { JsonObject } from '@funnelwatch/kernel';
import { textArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import type { KeptFact } from '../facts/kept-fact.js';

export interface PortalPlace {
  portalId: string;
  bucket: number;
}

/** Facts of a subject and of what it is judged by, by stream. */
export type Bundle = ReadonlyMap<string, readonly KeptFact[]>;

/** From what to what one goes to gather what a subject is judged by: `>` to what hangs on it, `<` to what it hangs on. */
const ways: Readonly<Record<string, ReadonlySet<string>>> = {
  lead: new Set([
    'lead>activity',
    'lead>task',
    'lead>product-rows',
    'lead>call',
    'lead>lead',
    'lead<lead',
    'activity>call',
    'call<activity',
  ]),
  deal: new Set([
    'deal>activity',
    'deal>task',
    'deal>product-rows',
    'deal>invoice',
    'deal>deal',
    'deal<deal',
    'deal<company',
    'company>contact',
    'activity>call',
  ]),
  invoice: new Set([
    ...['invoice>activity', 'invoice>product-rows', 'invoice>invoice', 'invoice<invoice', 'invoice<deal'],
    ...['deal>activity', 'activity>call'],
  ]),
  activity: new Set(['activity>call']),
  contact: new Set([
    'contact>activity',
    'contact>deal',
    'contact>contact',
    'contact<contact',
    'contact<user',
    'activity>call',
  ]),
  company: new Set([
    ...[
      'company>activity',
      'company>deal',
      'company>contact',
      'company>requisite',
      'company>invoice',
      'company>company',
    ],
    ...['company<company', 'company<user', 'deal>activity', 'contact>activity', 'activity>call'],
    ...['requisite>requisite', 'requisite<requisite', 'requisite<company'],
  ]),
};

const kindOf = (stream: string): string => stream.slice(0, stream.indexOf(':'));
const longestWay = 4;

/** Gathers what each subject is judged by: facts up to a position. One question a step for all of them. */
export async function gatherBundles(
  client: PoolClient,
  place: PortalPlace,
  subjects: readonly string[],
  upTo: number,
): Promise<Map<string, Bundle>> {
  const streamsOf = new Map(subjects.map((subject) => [subject, new Set([subject])]));
  let frontier = new Map(subjects.map((subject) => [subject, new Set([subject])]));
  for (let step = 0; step < longestWay && frontier.size > 0; step += 1) {
    frontier = await goOn(client, place, streamsOf, frontier);
  }
  const streams = [...new Set([...streamsOf.values()].flatMap((each) => [...each]))];
  const facts = await loadFacts(client, place, streams, upTo);
  return new Map(
    [...streamsOf].map(([subject, each]) => [
      subject,
      new Map([...each].flatMap((stream) => (facts.has(stream) ? [[stream, facts.get(stream) ?? []] as const] : []))),
    ]),
  );
}

/** One step further from each subject; returns what is new, stream → subjects it is new for. */
async function goOn(
  client: PoolClient,
  { portalId, bucket }: PortalPlace,
  streamsOf: Map<string, Set<string>>,
  frontier: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<Map<string, Set<string>>> {
  const from = textArray([...frontier.keys()]);
  const { rows } = await client.query<{ origin: string; stream: string; way: string }>({
    name: 'judge.links',
    text: `SELECT parent AS origin, child AS stream, '>' AS way FROM read.rule_link
            WHERE bucket = $1 AND portal_id = $2 AND parent = ANY ($3::text[])
           UNION ALL
           SELECT child, parent, '<' FROM read.rule_link
            WHERE bucket = $1 AND portal_id = $2 AND child = ANY ($3::text[])`,
    values: [bucket, portalId, from],
  });
  const next = new Map<string, Set<string>>();
  for (const { origin, stream, way } of rows) {
    for (const subject of frontier.get(origin) ?? []) {
      const kind = kindOf(subject);
      // Records of the subject's own kind are looked at, not gone on from.
      if (origin !== subject && kindOf(origin) === kind) continue;
      if (!ways[kind]?.has(`${kindOf(origin)}${way}${kindOf(stream)}`)) continue;
      const known = streamsOf.get(subject);
      if (!known || known.has(stream)) continue;
      known.add(stream);
      const subjects = next.get(stream);
      if (subjects) subjects.add(subject);
      else next.set(stream, new Set([subject]));
    }
  }
  return next;
}

/** Facts of streams up to a position, by stream in the order of the log. */
export async function loadFacts(
  client: PoolClient,
  { portalId, bucket }: PortalPlace,
  streams: readonly string[],
  upTo: number,
): Promise<Map<string, KeptFact[]>> {
  const facts = new Map<string, KeptFact[]>();
  if (streams.length === 0) return facts;
  const { rows } = await client.query<{
    stream_id: string;
    position: number;
    event_id: string;
    occurred_at: Date;
    kind: KeptFact['kind'];
    verb: KeptFact['verb'];
    by_user: string | null;
    provenance: Provenance;
    data: JsonObject;
  }>({
    name: 'judge.facts',
    text: `SELECT stream_id, position, event_id, occurred_at, kind, verb, by_user, provenance, data FROM read.rule_fact
            WHERE bucket = $1 AND portal_id = $2 AND stream_id = ANY ($3::text[]) AND position <= $4
            ORDER BY stream_id, position`,
    values: [bucket, portalId, textArray(streams), upTo],
  });
  for (const row of rows) {
    const fact: KeptFact = {
      stream: row.stream_id,
      kind: row.kind,
      verb: row.verb,
      eventId: row.event_id,
      position: row.position,
      at: row.occurred_at.getTime(),
      by: row.by_user,
      provenance: row.provenance,
      data: row.data,
    };
    const known = facts.get(fact.stream);
    if (known) known.push(fact);
    else facts.set(fact.stream, [fact]);
  }
  return facts;
}

/** Facts of a kind of the whole portal, such as users, departments and configuration: there are few. */
export async function loadFactsOfKinds(
  client: PoolClient,
  place: PortalPlace,
  prefixes: readonly string[],
  upTo: number,
): Promise<KeptFact[]> {
  const { rows } = await client.query<{ stream_id: string }>({
    name: 'judge.streams_of_kinds',
    text: `SELECT DISTINCT fact.stream_id FROM unnest($3::text[]) AS wanted (prefix)
             JOIN read.rule_fact fact ON fact.bucket = $1 AND fact.portal_id = $2
              AND fact.stream_id >= wanted.prefix AND fact.stream_id < wanted.prefix || chr(1114111)`,
    values: [place.bucket, place.portalId, textArray(prefixes)],
  });
  const facts = await loadFacts(
    client,
    place,
    rows.map((row) => row.stream_id),
    upTo,
  );
  return [...facts.values()].flat();
}
