import type { EventLog } from '@funnelwatch/event-log';
import type { WorkingTime } from '@funnelwatch/calendar';
import { textArray, timestamptzArray } from '@funnelwatch/postgres';
import type { PoolClient } from 'pg';
import { loadCase } from '../cases/handle-case.js';
import { type ScopeTest, scopeTest } from '../episodes/in-scope.js';
import { judgeStory } from '../episodes/judge-story.js';
import type { Episode, Fault } from '../episodes/episode.js';
import type { KeptFact } from '../facts/kept-fact.js';
import { kindOfSubject } from '../rule-facts/links.js';
import type { Contribution } from '../stories/contribution.js';
import { EmployeeStory } from '../stories/employee-story.js';
import { PortalStory } from '../stories/portal-story.js';
import { RecordStory } from '../stories/record-story.js';
import type { Story } from '../stories/story.js';
import { Pipelines } from '../world/pipelines.js';
import { gatherBundles, loadAuditsOf, loadFacts, loadFactsOfKinds, type PortalPlace } from './bundles.js';
import { loadContributions, saveContributions } from './contribution-store.js';
import { countsOf, saveChecks } from './count-checks.js';
import { loadEpisodes, saveEpisodes } from './episode-store.js';
import { loadHeardHours } from './heard-hours.js';
import { OrgChart } from './org-chart.js';
import { type PortalRules, rulesOn } from './portal-rules.js';
import { Speaker } from './say.js';

/** What a portal is judged by in one pass. */
export interface Bench {
  place: PortalPlace;
  zone: string;
  workingTime: WorkingTime;
  rules: PortalRules;
  pipelines: Pipelines;
  orgChart: OrgChart;
  /** Stages of pipelines, as configured, and what is usual in them. */
  configuration: readonly KeptFact[];
  /** The rule clock, and the position up to which facts count. */
  untilMs: number;
  upTo: number;
  now: Date;
  isOurs: (stream: string) => boolean;
}

/** Reads what all subjects of a portal are judged by. */
export async function openBench(client: PoolClient, parts: Omit<Bench, 'pipelines' | 'orgChart'>): Promise<Bench> {
  const { place, upTo, configuration } = parts;
  const people = await loadFactsOfKinds(client, place, ['user', 'department'], upTo);
  return { ...parts, pipelines: new Pipelines(configuration), orgChart: new OrgChart(people) };
}

export interface Judged {
  faults: Fault[];
  cases: number;
  /** Rules applied to lives, each pair counted. */
  evaluations: number;
}

/**
 * Judges the lives of subjects and says what follows: events of cases, episodes, deadlines, counts and contributions, all
 * in the caller's transaction. The append comes last, because it holds the bucket until the end.
 */
export async function judgeSubjects(
  client: PoolClient,
  log: EventLog,
  bench: Bench,
  subjects: readonly string[],
): Promise<Judged> {
  const { place, untilMs, upTo } = bench;
  const stories = await storiesOf(client, bench, subjects);
  const found = new Map<string, Episode[]>();
  const faults: Fault[] = [];
  const deadlines = new Map<string, number | null>();
  const counts = new Map<string, Record<string, number>>();
  const contributions = new Map<string, readonly Contribution[]>();
  const scopes = scopesOf(bench);
  let evaluations = 0;
  for (const { story, untoldAt } of stories) {
    const rules = rulesOn(bench.rules, kindOfSubject(story.subject));
    evaluations += rules.length;
    const judgement = judgeStory(story, rules, bench, untilMs, scopes);
    found.set(story.subject, judgement.opened);
    faults.push(...judgement.faults);
    deadlines.set(story.subject, earlier(judgement.nextDueAt, untoldAt));
    counts.set(story.subject, countsOf(judgement.checks, bench.zone));
    if (story instanceof RecordStory) contributions.set(story.subject, story.contributions);
  }
  const abouts = [...new Set([...found.values()].flat().map(({ about }) => about))];
  const known = await loadEpisodes(client, place, subjects, abouts);
  const speaker = new Speaker(
    {
      portal: place,
      asAt: upTo,
      now: bench.now,
      workingTime: bench.workingTime,
      orgChart: bench.orgChart,
      history: async (caseId) => (await loadCase(log, place, caseId)).state,
    },
    known,
  );
  const faulty = new Set(faults.map(({ ruleId }) => ruleId));
  const judged = new Map([...bench.rules.judged].filter(([ruleId]) => !faulty.has(ruleId)));
  for (const { story } of stories) {
    const view = story.view as { owner?: string };
    const ownerNow = (about: string) => (about === story.subject ? (view.owner ?? null) : null);
    await speaker.say(story.subject, found.get(story.subject) ?? [], judged, ownerNow);
  }
  await saveContributions(client, place, contributions);
  await saveChecks(client, place, counts);
  await saveDeadlines(client, place, deadlines);
  await saveEpisodes(client, place, [...speaker.said.values()]);
  await speaker.append(log, { tx: client });
  return { faults, cases: speaker.events.length, evaluations };
}

/** Where rules apply, for those that do not apply everywhere. */
function scopesOf({ rules, zone, orgChart }: Bench): Map<string, ScopeTest> {
  const scopes = new Map<string, ScopeTest>();
  for (const [ruleId, { scope }] of rules.judged) {
    const test = scopeTest(scope, zone, orgChart);
    if (test) scopes.set(ruleId, test);
  }
  return scopes;
}

const earlier = (one: number | null, other: number | null): number | null =>
  one === null ? other : other === null ? one : Math.min(one, other);

export interface Told {
  story: Story;
  /** The first instant that the rule clock has not reached: the subject is judged again by then. */
  untoldAt: number | null;
}

/** The lives of subjects, ready to be told up to the rule clock. */
export async function storiesOf(client: PoolClient, bench: Bench, subjects: readonly string[]): Promise<Told[]> {
  const { place, upTo, untilMs, pipelines, isOurs } = bench;
  const around = { workingTime: bench.workingTime, zone: bench.zone };
  const isTogether = (subject: string) => subject.startsWith('employee:') || subject.startsWith('portal:');
  const bundles = await gatherBundles(
    client,
    place,
    subjects.filter((subject) => !isTogether(subject)),
    upTo,
  );
  const told: Told[] = [...bundles].map(([subject, facts]) => ({
    story: new RecordStory({ subject, facts, pipelines, around, untilMs, isOurs }),
    untoldAt: firstAfter([...facts.values(), pipelines.readings], untilMs),
  }));
  for (const subject of subjects.filter(isTogether)) {
    const contributions = await loadContributions(client, place, subject);
    const untoldAt = Math.min(...contributions.map(({ at }) => at).filter((at) => at > untilMs));
    const userId = subject.slice(subject.indexOf(':') + 1);
    if (subject.startsWith('portal:')) {
      const heard = await loadHeardHours(client, place);
      const story = new PortalStory({ facts: bench.configuration, contributions, heard, untilMs });
      const untold = earlier(Number.isFinite(untoldAt) ? untoldAt : null, firstAfter([pipelines.readings], untilMs));
      told.push({ story, untoldAt: untold });
      continue;
    }
    const own = await loadFacts(client, place, [`user:${userId}`], upTo);
    const audits = await loadAuditsOf(client, place, userId, upTo);
    const facts = [...own.values()].flat();
    const story = new EmployeeStory({ userId, facts, audits, contributions, around, untilMs });
    const untold = earlier(Number.isFinite(untoldAt) ? untoldAt : null, firstAfter([facts, audits], untilMs));
    told.push({ story, untoldAt: untold });
  }
  return told;
}

function firstAfter(facts: readonly (readonly KeptFact[])[], untilMs: number): number | null {
  let first: number | null = null;
  for (const own of facts) {
    for (const { at } of own) if (at > untilMs && (first === null || at < first)) first = at;
  }
  return first;
}

async function saveDeadlines(
  client: PoolClient,
  { portalId, bucket }: PortalPlace,
  deadlines: ReadonlyMap<string, number | null>,
): Promise<void> {
  const subjects = [...deadlines.keys()].sort();
  const due = subjects.filter((subject) => deadlines.get(subject) !== null);
  const none = subjects.filter((subject) => deadlines.get(subject) === null);
  if (none.length > 0) {
    await client.query({
      name: 'judge.drop_deadlines',
      text: 'DELETE FROM judge.deadline WHERE bucket = $1 AND portal_id = $2 AND subject = ANY ($3::text[])',
      values: [bucket, portalId, textArray(none)],
    });
  }
  if (due.length === 0) return;
  await client.query({
    name: 'judge.save_deadlines',
    text: `INSERT INTO judge.deadline AS known (bucket, portal_id, subject, due_at)
           SELECT $1, $2, * FROM unnest($3::text[], $4::timestamptz[])
           ON CONFLICT (bucket, portal_id, subject) DO UPDATE SET due_at = excluded.due_at
            WHERE known.due_at <> excluded.due_at`,
    values: [
      bucket,
      portalId,
      textArray(due),
      timestamptzArray(due.map((subject) => new Date(deadlines.get(subject) ?? 0))),
    ],
  });
}
