import type { Match, MatchedKind, MatchKind } from '@funnelwatch/capture-contracts';

/** One who has a value: its stream, taken apart. */
export interface Holder {
  stream: string;
  kind: MatchedKind;
  /** The id as a number: ids of the portal are. */
  number: number;
}

/** How many matches a list names, so that it stays readable and a common value changes few lists. */
export const MOST_MATCHES = 50;

const clients: readonly MatchedKind[] = ['company', 'contact', 'lead'];
const clientsAndStaff: readonly MatchedKind[] = [...clients, 'user'];
const withTitle: readonly MatchedKind[] = ['deal', 'lead'];

/**
 * Whom a record of a kind lists, by what they share. A call lists whom it may have been with, and nobody lists calls:
 * one number may have thousands. Users do not list each other.
 */
const listed: Readonly<Record<MatchKind, Partial<Record<MatchedKind, readonly MatchedKind[]>>>> = {
  phone: {
    ...{ company: clientsAndStaff, contact: clientsAndStaff, lead: clientsAndStaff, user: clients },
    call: ['contact', 'lead'],
  },
  email: { company: clientsAndStaff, contact: clientsAndStaff, lead: clientsAndStaff, user: clients },
  title: { deal: withTitle, lead: withTitle },
  company: { company: ['company'] },
  inn: { requisite: ['requisite'] },
  number: { invoice: ['invoice'] },
};

/** Kinds that a record of a kind lists when they share a value of this kind. */
export const kindsListedBy = (kind: MatchedKind, on: MatchKind): readonly MatchedKind[] => listed[on][kind] ?? [];

export interface MatchList {
  matches: Match[];
  isCapped?: true;
}

/**
 * The list of one record: everybody else who shares a value, each once for each kind of value; of more than `most` those
 * with the nearest ids. `holdersOf` gives holders of a value in ascending order of number, at least the `most` + 1 nearest
 * to the record on both sides.
 */
export function listOfMatches<Hash>(
  own: Holder,
  keys: readonly { on: MatchKind; hash: Hash }[],
  holdersOf: (hash: Hash, kind: MatchedKind) => readonly Holder[],
  most = MOST_MATCHES,
): MatchList {
  const found = new Map<string, Match & { holder: Holder; distance: number }>();
  for (const { on, hash } of keys) {
    for (const kind of kindsListedBy(own.kind, on)) {
      for (const holder of nearest(holdersOf(hash, kind), own.number, most + 1)) {
        if (holder.stream === own.stream) continue;
        const distance = Math.abs(holder.number - own.number);
        found.set(`${holder.stream} ${on}`, { stream: holder.stream, on, holder, distance });
      }
    }
  }
  const all = [...found.values()];
  const isCapped = all.length > most;
  if (isCapped) all.sort((a, b) => a.distance - b.distance || byPlace(a, b)).splice(most);
  const matches = all.sort(byPlace).map(({ stream, on }): Match => ({ on, stream }));
  return isCapped ? { isCapped, matches } : { matches };
}

type Placed = { holder: Holder; on: MatchKind };

/** By kind, id and what is shared. */
function byPlace(a: Placed, b: Placed): number {
  if (a.holder.kind !== b.holder.kind) return a.holder.kind < b.holder.kind ? -1 : 1;
  if (a.holder.number !== b.holder.number) return a.holder.number - b.holder.number;
  return a.on < b.on ? -1 : a.on > b.on ? 1 : 0;
}

/** So many on either side of a number, and whoever has the number itself. */
function nearest(holders: readonly Holder[], number: number, count: number): readonly Holder[] {
  if (holders.length <= count) return holders;
  let low = 0;
  for (let high = holders.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((holders[middle]?.number ?? 0) < number) low = middle + 1;
    else high = middle;
  }
  return holders.slice(Math.max(0, low - count), low + count + 1);
}
