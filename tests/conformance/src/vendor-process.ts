import { type Finding, type Scenario, scenarios, vendorClient } from './vendor-scenarios.js';

/*
 * A process of its own for the vendor's client: it trusts the simulator's authority through NODE_EXTRA_CA_CERTS, which
 * Node reads at its start only.
 */
process.on('message', (message: { id: number; scenario: string; webhookUrl: string }) => {
  const run = scenarios[message.scenario];
  const answer = run ? act(run, message.webhookUrl) : Promise.reject(new Error(`No scenario ${message.scenario}`));
  answer.then(
    (finding) => process.send?.({ id: message.id, finding }),
    (error: unknown) =>
      process.send?.({
        id: message.id,
        error: error instanceof Error ? (error.stack ?? error.message) : String(error),
      }),
  );
});
async function act(run: Scenario, webhookUrl: string): Promise<Finding> {
  return run(vendorClient(webhookUrl));
}

process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready' });
