export { type PortalSim, type PortalSimOptions, startPortalSim } from './start-portal-sim.js';
