/** How the apps of a stack are put together: fed from the log by one projector, or over Kafka by two. */
export type Topology = 'embedded' | 'distributed';

/** `E2E_TOPOLOGY=distributed npm run test:e2e` runs every spec in the topology of the containers. */
export const topologyOfRun: Topology = process.env['E2E_TOPOLOGY'] === 'distributed' ? 'distributed' : 'embedded';
