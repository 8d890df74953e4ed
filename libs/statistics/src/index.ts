export { type Interval, leastObservations, tooFew, wilson, z95 } from './wilson.js';
export { type Agreement, agreementOf, type PairedVerdicts } from './agreement.js';
export { benjaminiHochberg, binomialTail } from './concentration.js';
export { type Followed, medianTime, quantileTime, survivalOf, type SurvivalStep } from './survival.js';
export { differenceOfRates } from './newcombe.js';
export { chanceOfAtLeast, triesFor } from './requirement.js';
export { type Rate, shrinkageWeight, shrunk } from './shrinkage.js';
export { chanceToReach } from './reaching.js';
