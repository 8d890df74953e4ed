export { type FleetSize, hardNames, seedFleet, type SeededFleet } from './fleet-of-portals.js';
export {
  type ExecuteOptions,
  executeQueries,
  type ExecutionReport,
  type QueryProblem,
  type QueryTiming,
} from './queries/execute-queries.js';
export { type NamedRange, rangesUntil } from './queries/matrix.js';
