import { CreateFunnelReadModels1795830000001 } from './create-funnel-read-models.js';
import { IndexVisitsByStage1795830000002 } from './index-visits-by-stage.js';
import { NoStatisticsOfNames1795830000040 } from './no-statistics-of-names.js';
import { RegisterFunnel1795830000003 } from './register-funnel.js';

/** Migrations of the funnel's read models, in order; they need those of the event log. */
export const funnelMigrations = [
  CreateFunnelReadModels1795830000001,
  IndexVisitsByStage1795830000002,
  RegisterFunnel1795830000003,
  NoStatisticsOfNames1795830000040,
];
