import { afterKills } from '../truth/scenarios.js';
import { testWithBroker } from './needs-broker.js';

testWithBroker('every figure equals the planted truth after kill -9 of relay, broker, projectors and API', () =>
  afterKills([16, 17], '14,none', 20_261_204, 'distributed'),
);
