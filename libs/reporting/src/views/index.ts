import { captureViews } from './capture-views.js';
import { disciplineViews } from './discipline-views.js';
import { figureViews } from './figure-views.js';
import { funnelViews } from './funnel-views.js';
import { portalViews } from './portal-views.js';
import { signalViews } from './signal-view.js';
import type { ReportingView } from './view.js';
import { workerViews } from './worker-views.js';

/** Every view, each after those that it asks. */
export const reportingViews: readonly ReportingView[] = [
  ...captureViews,
  ...workerViews,
  ...portalViews,
  ...funnelViews,
  ...disciplineViews,
  ...figureViews,
  ...signalViews,
];
