export {
  type PrometheusOptions,
  type RunningPrometheus,
  startPrometheus,
  whatPrometheusLacks,
} from './start-prometheus.js';
