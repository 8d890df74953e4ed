import { type CompanyParameters, pipelineIdOf } from '../../parameters/company-parameters.js';
import { OWN_COMPANY_ID } from '../../records/clients.js';
import { LOSS_REASONS, PARTNER_SOURCE, QUEUE_USER_ID } from '../../world/setup.js';
import type { DisciplineSettings } from './rule-parameters.js';

/**
 * The settings with which the rules of docs/rules.md are judged in a generated company: every parameter marked "set"
 * has a value. Plain JSON, by rule.
 */
export function disciplineSettings(parameters: CompanyParameters): DisciplineSettings {
  const reasons = { reason_field: 'UF_CRM_LOSS_REASON' };
  const dealPipelines = parameters.pipelines.filter(({ kind }) => kind === 'deal').map(pipelineIdOf);
  return {
    L01: { hot_sources: ['WEB'] },
    L07: { ...reasons, stop_list: [LOSS_REASONS.other] },
    L13: { queue_users: [QUEUE_USER_ID] },
    D02: reasons,
    D05: {
      proofs: {
        PREPARATION: ['meeting'],
        PREPAYMENT_INVOICE: ['file'],
        'C5:EXECUTING': ['call'],
        'C5:FINAL_INVOICE': ['field:UF_CRM_DELIVERY_CITY'],
      },
    },
    D06: { required: { PREPARATION: ['UF_CRM_DELIVERY_CITY'], 'C5:EXECUTING': ['companyId'] } },
    D15: { allowed: ['deal:0>deal:5'] },
    D16: { stages: ['C5:FINAL_INVOICE'] },
    F06: { approval_field: 'UF_CRM_DISCOUNT_APPROVED' },
    F11: { products: { [WHOLESALE_PRODUCT_ID]: 'deal:5' } },
    F12: { stages: ['C5:PREPARATION'] },
    K04: { stages: ['C5:EXECUTING'] },
    K08: { pipelines: ['deal:5'] },
    K10: { field: 'UF_CRM_KEY_CLIENT' },
    K11: { field: 'UF_CRM_CONSENT' },
    I04: { own_companies: Object.fromEntries(dealPipelines.map((id) => [id, OWN_COMPANY_ID])) },
    I09: { stages: ['C5:FINAL_INVOICE'] },
    O07: { deals: MOST_OPEN_DEALS },
    O08: { hours: { [PARTNER_SOURCE]: 6, calls: 5, mail: 9 } },
  };
}

/** A small number, so that a few records show it. */
const MOST_OPEN_DEALS = 6;

/** A product of the wholesale trade; the others have no pipeline of their own. */
export const WHOLESALE_PRODUCT_ID = '501';
