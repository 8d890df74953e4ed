import { type RuleDefinition, stateRule } from '../define.js';

/** Rules of the catalogue that wait for a fact nobody captures yet: they are named, and never fire. */
export const unavailableRules: RuleDefinition[] = [
  {
    ...stateRule('O02', { on: ['employee'], severity: 'S2', feedbackTo: ['head'], when: 'false' }),
    unavailable: {
      ru: 'Нет фактов об отсутствиях сотрудников: график отсутствий портала ещё не читается.',
      en: 'There are no facts of absences: the portal’s absence schedule is not captured yet.',
    },
  },
];
