import type { Message } from './message.js';
import type { ruRuleScope } from './ru-rule-scope.js';

/** Where a rule applies, and what was learned to be usual. */
export const enRuleScope: Readonly<Record<keyof typeof ruRuleScope, Message>> = {
  'scope.title': 'Where it applies',
  'scope.note':
    'By what was so when a violation began: where the record stood then and who was responsible. An empty list leaves nothing out.',
  'scope.pipelines': 'Pipelines',
  'scope.stages': 'Stages',
  'scope.users': 'Employees',
  'scope.departments': 'Departments',
  'scope.departmentsNote': 'Their numbers in the portal; those below are included',
  'scope.from': 'From this day on',
  'scope.all': 'All',
  'scope.everybody': 'Everybody',
  'scope.always': 'At any time',
  'usual.title': 'Usual in this portal',
  'usual.nothing': 'Not learned yet: it takes at least 20 observations within a year. Until then the parameters hold.',
  'usual.days': { one: '{n} working day', other: '{n} working days' },
  'usual.stays': { one: '{n} observation', other: '{n} observations' },
  'usual.stagesNote': 'In so many, 80% of the won deals pass the stage.',
  'usual.amount': 'above {sum}',
  'usual.deals': { one: '{n} deal', other: '{n} deals' },
  'usual.amountsNote': 'An amount is odd when it is five times what 95% of the won deals stay below.',
  'usual.hours': { one: 'silent for up to {n} working hour', other: 'silent for up to {n} working hours' },
  'usual.silences': { one: '{n} pause', other: '{n} pauses' },
  'usual.silencesNote': 'Twice as long as 99% of the pauses between what it brought.',
  'scope.save': 'Save the scope',
  'usual.since':
    'Learned once a week from the data of a year. In force since {day}: what began earlier keeps its limit.',
};
