/** A case as an account of breaches knows it: when it begins, opens, and how it ends. Instants are milliseconds. */
export interface Breach {
  ruleId: string;
  /** `lead:12`, `activity:7`, `task:3`, `employee:5`, `portal:-`. */
  subject: string;
  /** Where the rule says "about": `activity:7`, `deal:9`, `pipelines:deal`. Part of the subject then. */
  about: string | null;
  startAt: number;
  opensAt: number;
  resolvesAt: number | null;
  /** When the subject, or what the case is about, was found to have gone. */
  voidAt: number | null;
  /** Records that the episode gathered, or that make up the state when the case opens; sorted as texts. */
  items: string[];
}

/** By opening, rule, subject and beginning. */
export function inOrder(breaches: Breach[]): Breach[] {
  const key = ({ ruleId, subject, about }: Breach) => `${ruleId} ${subject} ${about ?? ''}`;
  return breaches.sort(
    (one, other) =>
      one.opensAt - other.opensAt ||
      (key(one) < key(other) ? -1 : key(one) > key(other) ? 1 : 0) ||
      one.startAt - other.startAt,
  );
}
