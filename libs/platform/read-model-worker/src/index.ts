export { openFeed } from './open-feed.js';
export { ReadModelMetrics } from './read-model-metrics.js';
export { readinessOf } from './readiness.js';
