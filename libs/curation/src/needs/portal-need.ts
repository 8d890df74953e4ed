import type { SubjectKind } from '../rules/rule.js';

/** Parts of a portal's configuration that a rule can name. */
export type NeededPart = 'field' | 'stage' | 'pipeline' | 'source';

/** Something of the portal's configuration that a rule names: it means nothing where that is gone. */
export interface PortalNeed {
  part: NeededPart;
  /** `UF_CRM_1`, `C1:OFFER`, `deal:0`, `WEB`. */
  id: string;
  /** Kinds of records it may belong to: it is there while one of them has it. */
  kinds: readonly SubjectKind[];
}
