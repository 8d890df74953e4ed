import { CreateFunnelReadModels1795830000001 } from './create-funnel-read-models.js';

/** Migrations of the funnel's read models, in order. */
export const funnelMigrations = [CreateFunnelReadModels1795830000001];
