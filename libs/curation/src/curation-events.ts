import { cleanWeekEvents } from './clean-weeks/clean-week-events.js';
import { coachingEvents } from './coaching/coaching-events.js';
import { caseEvents } from './cases/case-events.js';
import { disciplineEvents } from './cases/discipline-events.js';
import { limitEvents } from './learning/limit-events.js';
import { auditEvents } from './quality/audits/audit-events.js';
import { calibrationEvents } from './quality/calibration/calibration-events.js';
import { qualityEvents } from './quality/settings/quality-events.js';

/** Every event type that curation appends. */
export const curationEvents = [
  ...caseEvents,
  ...disciplineEvents,
  ...qualityEvents,
  ...calibrationEvents,
  ...auditEvents,
  ...coachingEvents,
  ...cleanWeekEvents,
  ...limitEvents,
];
