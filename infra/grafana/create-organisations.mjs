import { fileURLToPath } from 'node:url';
import { grafanaOf, readJson, readOptions, runCommand } from './tools/command-line.mjs';
import { GrafanaApi } from './tools/grafana-api.mjs';
import { clientsOf, ensureOrganisations } from './tools/organisations.mjs';

const HELP = `node infra/grafana/create-organisations.mjs [options]

Makes sure that every client of clients.json has its organisation in Grafana, under the number that stands there. Run it
before the files of provisioning are generated: Grafana does not start while a file names an organisation that is missing.
May be repeated. Ends with 1 when a number is another one, and says which to write.

  --url URL              GRAFANA_URL, http://127.0.0.1:3000
  --user NAME            GRAFANA_USER, admin: an administrator of the server
  --password-file FILE   GRAFANA_PASSWORD_FILE, or the password itself in GRAFANA_PASSWORD;
                         infra/docker/secrets/grafana_admin_password
  --clients FILE         clients.json beside this file`;

await runCommand(HELP, async (argv) => {
  const values = readOptions(argv, { clients: { type: 'string' } });
  const path = values.clients ?? fileURLToPath(new URL('clients.json', import.meta.url));
  const clients = clientsOf(await readJson(path));
  if (clients.length === 0) {
    console.log('clients.json names no client: there is nothing to make.');
    return true;
  }
  const api = new GrafanaApi(await grafanaOf(values, process.env));
  await ensureOrganisations(api, clients, (line) => console.log(line));
  return true;
});
