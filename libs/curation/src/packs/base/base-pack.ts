import { type Pack, rulesWithTexts, type RuleTexts } from '../pack.js';
import { baseDefinitions, starterRules } from './definitions.js';
import { activityTexts } from './texts/activities.js';
import { clientTexts } from './texts/clients.js';
import { dealCompletenessTexts } from './texts/deal-completeness.js';
import { dealMovementTexts } from './texts/deal-movement.js';
import { invoiceTexts } from './texts/invoices.js';
import { leadTexts } from './texts/leads.js';
import { ownershipTexts } from './texts/ownership.js';
import { unavailableRules } from './unavailable.js';

/** Words of the rules of the base pack, by rule. */
export const baseTexts: Readonly<Record<string, RuleTexts>> = {
  ...leadTexts,
  ...dealMovementTexts,
  ...dealCompletenessTexts,
  ...activityTexts,
  ...clientTexts,
  ...invoiceTexts,
  ...ownershipTexts,
};

/** What every portal begins with: the rules of docs/rules.md, those that wait for a fact among them. */
export const basePack: Pack = {
  id: 'base',
  version: 1,
  title: { ru: 'Базовые правила дисциплины в CRM', en: 'Base rules of discipline in the CRM' },
  rules: rulesWithTexts([...baseDefinitions, ...unavailableRules], baseTexts),
  starters: starterRules,
};
