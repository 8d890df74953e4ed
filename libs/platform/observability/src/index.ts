export { type Closer, onShutdown, reportReady, shutDown } from './lifecycle.js';
export { createLogger, type Logger, withoutSecrets } from './logger.js';
export { Counter, createMetrics, Gauge, Histogram, Registry } from './metrics.js';
export { type OperationsServer, type Readiness, serveOperations } from './serve-operations.js';
