export { type Interval, leastObservations, tooFew, wilson, z95 } from './wilson.js';
