export { type FleetSize, hardNames, seedFleet, type SeededFleet } from './fleet-of-portals.js';
