import type { DefinedDashboard } from '../authoring/dashboard.js';
import type { Mapping } from '../authoring/value-mappings.js';
import { business } from './business.js';
import { capture } from './capture.js';
import { discipline } from './discipline.js';
import { fleet } from './fleet.js';
import { funnel } from './funnel.js';
import { planPace } from './plan-pace.js';
import { portal } from './portal.js';
import { score } from './score.js';
import { workers } from './workers.js';

/** Every dashboard in the language that is being built in; rules are shown by the titles given. */
export const dashboardsOf = (ruleTitles: Mapping): DefinedDashboard[] => [
  fleet(),
  portal(),
  capture(),
  workers(),
  business(),
  funnel(),
  planPace(),
  score(),
  discipline(ruleTitles),
];
