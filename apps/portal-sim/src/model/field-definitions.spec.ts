import { describe, expect, it } from '@jest/globals';
import { crmFields, itemNameOfUserField } from './field-definitions.js';

describe('names of fields', () => {
  it('of the portal follow the irregular rule of conversion', () => {
    expect(itemNameOfUserField('UF_CRM_3_DIGIT')).toBe('ufCrm3Digit');
    expect(itemNameOfUserField('UF_CRM_3_1747309727')).toBe('ufCrm3_1747309727');
    expect(itemNameOfUserField('UF_CRM_1747309879')).toBe('ufCrm_1747309879');
    expect(itemNameOfUserField('UF_CRM_3_DIGIT10')).toBe('ufCrm_3_DIGIT10');
    expect(itemNameOfUserField('UF_CRM_LOSS_REASON')).toBe('ufCrmLossReason');
  });

  it('of deals are the universal ones', () => {
    const names = new Map(crmFields.deal.map((field) => [field.name, field.itemName]));
    expect(names.get('DATE_MODIFY')).toBe('updatedTime');
    expect(names.get('ASSIGNED_BY_ID')).toBe('assignedById');
    expect(names.get('MOVED_BY_ID')).toBe('movedBy');
    expect(names.get('IS_MANUAL_OPPORTUNITY')).toBe('isManualOpportunity');
    expect(crmFields.invoice.find((field) => field.name === 'PARENT_ID_2')?.itemName).toBe('parentId2');
  });
});
