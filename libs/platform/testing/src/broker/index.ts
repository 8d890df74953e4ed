export { fetchBrokerJars, whatBrokerLacks } from './broker-jars.js';
export { type BrokerOptions, type RunningBroker, startBroker } from './start-broker.js';
