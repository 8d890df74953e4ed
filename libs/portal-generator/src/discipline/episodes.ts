import type { Breach } from './breach.js';

interface Whose {
  ruleId: string;
  subject: string;
  about?: string | null;
  /** When the subject, or what the case is about, went. */
  goneAt?: number | null;
}

/** What a look at a state that holds says. */
export interface Holding {
  /** Moves when the clock begins anew; states without an anchor leave it out. */
  anchor?: number | string;
  /** When limit and grace have run out, for an episode that begins at this look. */
  due: () => number;
  items?: () => string[];
}

interface State extends Whose {
  /** Every instant at which the state may change, in any order. */
  instants: Iterable<number>;
  look: (at: number) => Holding | null;
  /** A verdict alone ends the case. */
  staysOpen?: boolean;
}

/** Cases of a state rule: looks at the state at every instant and follows its episodes. */
export function stateBreaches(state: State, until: number): Breach[] {
  const breaches: Breach[] = [];
  const goneAt = state.goneAt ?? null;
  let episode: { startAt: number; anchor: number | string; opensAt: number } | null = null;
  const end = (endsAt: number | null) => {
    if (episode === null) return;
    const { startAt, opensAt } = episode;
    episode = null;
    const isOver = endsAt !== null && endsAt <= opensAt;
    if (isOver || opensAt > until || (goneAt !== null && goneAt <= opensAt)) return;
    const resolvesAt = state.staysOpen ? null : endsAt;
    breaches.push({
      ruleId: state.ruleId,
      subject: state.subject,
      about: state.about ?? null,
      startAt,
      opensAt,
      resolvesAt,
      voidAt: resolvesAt === null ? goneAt : null,
      items: (state.look(opensAt)?.items?.() ?? []).sort(),
    });
  };
  for (const at of ascending(state.instants)) {
    if (at > until || (goneAt !== null && at >= goneAt)) break;
    const holding = state.look(at);
    const anchor = holding?.anchor ?? 0;
    if (episode && (!holding || anchor !== episode.anchor)) end(at);
    if (!episode && holding) episode = { startAt: at, anchor, opensAt: Math.max(at, holding.due()) };
  }
  end(null);
  return breaches;
}

interface FiredFact {
  at: number;
  /** The record that joins the episode. */
  item?: string;
  /** When its resolving condition came true; null when it has not, or never can. */
  resolvesAt?: number | null;
}

interface Firing extends Whose {
  facts: FiredFact[];
  /** When the grace of an episode that begins at the instant has run out. */
  due: (startAt: number) => number;
  /** Whether a later fact joins an episode whose last fact lies at the given instant; facts of one instant always do. */
  joins?: (lastAt: number, at: number) => boolean;
  /** An episode's end that follows from its facts, instead of those of its facts. */
  resolution?: (lastAt: number) => number | null;
}

/** Cases of a fact rule: facts gathered into episodes. */
export function factBreaches(firing: Firing, until: number): Breach[] {
  const goneAt = firing.goneAt ?? null;
  const facts = firing.facts
    .filter(({ at }) => at <= until && (goneAt === null || at < goneAt))
    .sort((one, other) => one.at - other.at);
  const episodes: FiredFact[][] = [];
  for (const fact of facts) {
    const episode = episodes.at(-1);
    const last = episode?.at(-1);
    if (episode && last && (last.at === fact.at || firing.joins?.(last.at, fact.at))) episode.push(fact);
    else episodes.push([fact]);
  }
  return episodes.flatMap((episode) => {
    const startAt = episode[0]?.at ?? 0;
    const lastAt = episode.at(-1)?.at ?? 0;
    const opensAt = firing.due(startAt);
    const endsAt = firing.resolution ? firing.resolution(lastAt) : endOf(episode);
    const resolvesAt = endsAt !== null && endsAt <= until && (goneAt === null || endsAt < goneAt) ? endsAt : null;
    const isOver = resolvesAt !== null && resolvesAt <= opensAt;
    if (isOver || opensAt > until || (goneAt !== null && goneAt <= opensAt)) return [];
    return [
      {
        ruleId: firing.ruleId,
        subject: firing.subject,
        about: firing.about ?? null,
        startAt,
        opensAt,
        resolvesAt,
        voidAt: resolvesAt === null ? goneAt : null,
        items: [...new Set(episode.flatMap(({ item }) => (item === undefined ? [] : [item])))].sort(),
      },
    ];
  });
}

/** When everything with which the episode began has been made good. */
function endOf(episode: FiredFact[]): number | null {
  let endsAt = 0;
  for (const { at, resolvesAt } of episode) {
    if (at !== episode[0]?.at) continue;
    if (resolvesAt === null || resolvesAt === undefined) return null;
    endsAt = Math.max(endsAt, resolvesAt);
  }
  return endsAt;
}

function ascending(instants: Iterable<number>): number[] {
  return [...new Set(instants)].sort((one, other) => one - other);
}
