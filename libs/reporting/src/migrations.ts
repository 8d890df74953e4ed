import { CreatePublished1795960000001 } from './published/create-published-1795960000001.js';
import { CreateReportingViews1796400000002 } from './schema/create-reporting-views.js';

/** Migrations of reporting, in order; they need those of every read model. */
export const reportingMigrations = [CreatePublished1795960000001, CreateReportingViews1796400000002];
