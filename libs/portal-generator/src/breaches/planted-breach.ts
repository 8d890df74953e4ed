/** The twelve rules a first portal starts with. */
export const STARTER_RULES = [
  'L01',
  'L03',
  'L04',
  'L07',
  'D01',
  'D05',
  'D08',
  'D11',
  'F01',
  'F02',
  'K05',
  'I02',
] as const;

/** A breach put into the script on purpose. Others may have come about by chance. */
export interface PlantedBreach {
  ruleId: string;
  /** `lead:12`, `activity:7`, `employee:5`, `portal:-`. */
  subject: string;
  /** Where the rule says "about": `activity:7`, `deal:9`, `pipelines:deal`. */
  about: string | null;
  /** When the fact or deadline that starts the breach lies, milliseconds. */
  at: number;
  /**
   * `history`: what the portal holds at the end still shows it. `live`: cured later without a trace, so that only
   * someone who watched saw it.
   */
  visibleFrom: 'history' | 'live';
}

/** What a rule just does not object to: no breach of it by this subject may begin within the time. */
export interface NearMiss {
  ruleId: string;
  subject: string;
  about: string | null;
  /** Milliseconds, both included; without an end for subjects that do nothing else. */
  from: number;
  to: number | null;
}
