import { factRule, mapOf, type RuleDefinition, stateRule } from '../define.js';

/** Rules of the catalogue that wait for a fact nobody captures yet: they are named, and never fire. */
export const unavailableRules: RuleDefinition[] = [
  {
    ...factRule('A09', {
      on: ['lead', 'deal'],
      fact: 'changed',
      severity: 'S2',
      feedbackTo: ['doer'],
      when: 'false',
    }),
    unavailable: {
      ru: 'Нет фактов выборочных проверок: их результаты ещё не фиксируются.',
      en: 'There are no facts of sampled audits: their outcomes are not recorded yet.',
    },
  },
  {
    ...stateRule('O02', { on: ['employee'], severity: 'S2', feedbackTo: ['head'], when: 'false' }),
    unavailable: {
      ru: 'Нет фактов об отсутствиях сотрудников: график отсутствий портала ещё не читается.',
      en: 'There are no facts of absences: the portal’s absence schedule is not captured yet.',
    },
  },
  {
    ...stateRule('O08', {
      on: ['portal'],
      severity: 'S1',
      feedbackTo: ['admin'],
      when: 'false',
      parameters: { hours: mapOf(true) },
    }),
    unavailable: {
      ru: 'Неизвестно, как часто канал обычно приносит обращения: это ещё не изучается.',
      en: 'How often a channel usually brings something is not known: it is not learned yet.',
    },
  },
];
