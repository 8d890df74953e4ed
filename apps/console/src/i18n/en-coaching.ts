import type { Message } from './message.js';
import type { ruCoaching } from './ru-coaching.js';

/** English words of `ruCoaching`. */
export const enCoaching: Readonly<Record<keyof typeof ruCoaching, Message>> = {
  'coaching.title': 'Coaching',
  'coaching.note': 'Three cases of one rule within 30 days are one talk instead of three remarks',
  'coaching.open': 'To hold',
  'coaching.done': 'Held',
  'coaching.none': 'Nothing repeats: nobody broke one rule three times within 30 days.',
  'coaching.noneDone': 'No talk has been noted yet.',
  'coaching.cases': 'Cases',
  'coaching.caseCount': { one: '{n} case', other: '{n} cases' },
  'coaching.since': 'Since',
  'coaching.heldAt': 'Held at',
  'coaching.actions': 'Actions',
  'coaching.held': 'The talk was held',
  'coaching.takeBack': 'Take back',
  'goodWords.title': 'Good words',
  'goodWords.note': 'For a week without a confirmed violation, once a week and to the employee alone',
  'goodWords.off': 'Off: nothing is written to employees.',
  'goodWords.on': 'On: after a clean week the employee gets a message, if the way it goes by is switched on.',
  'goodWords.switch': 'Write good words',
  'goodWords.least': 'Checks a week at least',
  'goodWords.channel': 'How it is sent',
};
