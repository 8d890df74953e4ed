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

interface FactRow {
  stream_id: string;
  position: number;
  event_id: string;
  occurred_at: Date;
  kind: KeptFact['kind'];
  verb: KeptFact['verb'];
  by_user: string | null;
  provenance: Provenance;
  data: JsonObject;
}

const factColumns = 'stream_id, position, event_id, occurred_at, kind, verb, by_user, provenance, data';

const factOfRow = (row: FactRow): KeptFact => ({
  stream: row.stream_id,
  kind: row.kind,
  verb: row.verb,
  eventId: row.event_id,
  position: row.position,
  at: row.occurred_at.getTime(),
  by: row.by_user,
  provenance: row.provenance,
  data: row.data,
});

/** Facts of streams up to a position, by stream in the order of the log. */
export async function loadFacts(
  client: PoolClient,
  { portalId, bucket }: PortalPlace,
  streams: readonly string[],
  upTo: number,
): Promise<Map<string, KeptFact[]>> {
  const facts = new Map<string, KeptFact[]>();
  if (streams.length === 0) return facts;
  const { rows } = await client.query<FactRow>({
    name: 'judge.facts',
    text: `SELECT ${factColumns} FROM read.rule_fact
            WHERE bucket = $1 AND portal_id = $2 AND stream_id = ANY ($3::text[]) AND position <= $4
            ORDER BY stream_id, position`,
    values: [bucket, portalId, textArray(streams), upTo],
  });
  for (const fact of rows.map(factOfRow)) {
    const known = facts.get(fact.stream);
    if (known) known.push(fact);
    else facts.set(fact.stream, [fact]);
  }
  return facts;
}

/** Sampled audits of somebody's work. */
export async function loadAuditsOf(
  client: PoolClient,
  place: PortalPlace,
  userId: string,
  upTo: number,
): Promise<KeptFact[]> {
  const { rows } = await client.query<{ stream: string }>({
    name: 'judge.audits_of_user',
    text: `SELECT child AS stream FROM read.rule_link
            WHERE bucket = $1 AND portal_id = $2 AND parent = $3 AND child LIKE 'audit:%'`,
    values: [place.bucket, place.portalId, `user:${userId}`],
  });
  const facts = await loadFacts(
    client,
    place,
    rows.map(({ stream }) => stream),
    upTo,
  );
  return [...facts.values()].flat();
}

/** Facts of kinds of the whole portal, such as users, departments and configuration: there are few. */
export async function loadFactsOfKinds(
  client: PoolClient,
  place: PortalPlace,
  kinds: readonly ('user' | 'department' | 'pipelines' | 'dictionary' | 'learned')[],
  upTo: number,
): Promise<KeptFact[]> {
  const facts: KeptFact[] = [];
  for (const kind of kinds) {
    // A semicolon follows a colon: all streams of the kind lie between, and none is looked at beside them.
    const { rows } = await client.query<FactRow>({
      name: 'judge.facts_of_kind',
      text: `SELECT ${factColumns} FROM read.rule_fact
              WHERE bucket = $1 AND portal_id = $2 AND stream_id > $3 AND stream_id < $4 AND position <= $5
              ORDER BY stream_id, position`,
      values: [place.bucket, place.portalId, `${kind}:`, `${kind};`, upTo],
    });
    facts.push(...rows.map(factOfRow));
  }
  return facts;
}
