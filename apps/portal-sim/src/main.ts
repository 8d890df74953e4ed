import { exitOnConfigurationProblem } from '@funnelwatch/config';
import { createLogger, onShutdown, reportReady, serveOperations } from '@funnelwatch/observability';
import { readConfig } from './config.js';
import { metricsOf } from './metrics.js';
import { startPortalSim } from './start-portal-sim.js';

const config = await exitOnConfigurationProblem(() => readConfig(process.argv.slice(2), process.env));
const logger = createLogger({ app: 'portal-sim', level: config['log-level'] });
const portal = await exitOnConfigurationProblem(() =>
  startPortalSim({
    host: config.host,
    port: config.port,
    tlsPort: config['tls-port'],
    company: config.company,
    seed: config.seed,
    deals: config.deals,
    months: config.months,
    anchor: config.anchor,
    until: config.until,
    speed: config.speed,
    history: config.history,
    limits: config.limits,
    operatingCostSeconds: config['operating-cost'],
    batchAccounting: config['batch-accounting'],
    stateDir: config['state-dir'],
    truthFile: config['truth-file'],
    onProblem: (error) => {
      logger.error({ err: error }, 'A request could not be answered');
    },
  }),
);
onShutdown(() => portal.close());
const operationsPort = config['operations-port'];
if (operationsPort !== undefined) {
  const operations = await exitOnConfigurationProblem(() =>
    serveOperations({ host: config.host, port: operationsPort, ready: () => true, registry: metricsOf(portal) }),
  );
  onShutdown(() => operations.close());
}
const { webhookUrl, tlsWebhookUrl, caPath, controlUrl } = portal;
reportReady({ webhookUrl, tlsWebhookUrl, caPath, controlUrl }, logger);
// A person at a terminal needs the code that the log hides; a parent gets it by message.
if (!process.send) process.stdout.write(`${webhookUrl}\n${tlsWebhookUrl}\n${controlUrl}\n`);
