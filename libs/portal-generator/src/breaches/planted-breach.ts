import type { PortalEntity } from '../script.js';

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

export type StarterRule = (typeof STARTER_RULES)[number];

/** A breach put into the script on purpose. Others may have come about by chance. */
export interface PlantedBreach {
  ruleId: StarterRule;
  /** The rule's subject. */
  entity: PortalEntity;
  objectId: string;
  /** When the fact or deadline that starts the breach lies, milliseconds. */
  at: number;
  /**
   * `history`: what the portal holds at the end still shows it. `live`: cured later without a trace, so that only
   * someone who watched saw it.
   */
  visibleFrom: 'history' | 'live';
}
