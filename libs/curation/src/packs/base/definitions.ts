import type { RuleDefinition } from '../define.js';
import { activityRules } from './activities.js';
import { clientRules } from './clients.js';
import { dealCompletenessRules } from './deal-completeness.js';
import { dealMovementRules } from './deal-movement.js';
import { invoiceRules } from './invoices.js';
import { leadRules } from './leads.js';
import { ownershipRules } from './ownership.js';

/** Every rule of the base pack without its words. */
export const baseDefinitions: readonly RuleDefinition[] = [
  ...leadRules,
  ...dealMovementRules,
  ...dealCompletenessRules,
  ...activityRules,
  ...clientRules,
  ...invoiceRules,
  ...ownershipRules,
];

/** Rules that are on for a portal from the beginning. */
export const starterRules: readonly string[] = [
  ...['L01', 'L03', 'L04', 'L07', 'D01', 'D05', 'D08', 'D11', 'F01', 'F02', 'K05', 'I02'],
];
