import { CreateFunnelReadModels1795830000001 } from './create-funnel-read-models.js';
import { IndexVisitsByStage1795830000002 } from './index-visits-by-stage.js';

/** Migrations of the funnel's read models, in order. */
export const funnelMigrations = [CreateFunnelReadModels1795830000001, IndexVisitsByStage1795830000002];
