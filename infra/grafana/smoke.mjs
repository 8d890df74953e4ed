import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { checkQueries, compareDashboards, dashboardsIn } from './tools/check-dashboards.mjs';
import { checkClient } from './tools/client-walls.mjs';
import { grafanaOf, readOptions, readSecret, runCommand } from './tools/command-line.mjs';
import { GrafanaApi } from './tools/grafana-api.mjs';
import { compareRules, readProvisioned, STAFF } from './tools/provisioned-files.mjs';
import { ask } from './tools/query-answer.mjs';
import { Refused } from './tools/refused.mjs';

const HELP = `node infra/grafana/smoke.mjs [options]

Asks a running Grafana whether it has made of its provisioning what the files say: dashboards by folder, an answer without
error to the query of every panel, rules of alerts; with a client's login also that no other portal's rows come through.
It changes nothing. Ends with 1 when anything is wrong.

  --url, --user, --password-file   as for create-organisations.mjs; an administrator of the server
  --portal ID                      the portal that dashboards are asked about; the first one
  --wait SECONDS                   for Grafana to answer, 120
  --client-user NAME --client-password-file FILE
                                   a client's login to Grafana, which must not see other portals
  --client-portal ID               a portal of that client; once for each
  --restart                        restarts Grafana (docker compose restart grafana) and compares again
  --files FOLDER                   the folder of this file`;

const options = {
  portal: { type: 'string' },
  wait: { type: 'string', default: '120' },
  'client-user': { type: 'string' },
  'client-password-file': { type: 'string' },
  'client-portal': { type: 'string', multiple: true, default: [] },
  restart: { type: 'boolean' },
  files: { type: 'string' },
};

let isWell = true;

/** One line for what was checked, and one for everything that is wrong with it. */
function report(title, problems) {
  if (problems.length > 0) isWell = false;
  console.log([`${problems.length === 0 ? 'ok   ' : 'wrong'}  ${title}`, ...problems].join('\n         '));
}

async function waitForHealth(api, text) {
  const seconds = Number(text);
  if (!(seconds >= 0)) throw new Refused('--wait is no number of seconds.');
  const deadline = Date.now() + seconds * 1_000;
  while (!(await api.isHealthy())) {
    if (Date.now() >= deadline) throw new Refused(`Grafana is not well after ${seconds} s, by its /api/health.`);
    await sleep(Math.min(1_000, Math.max(1, deadline - Date.now())));
  }
  report('Grafana answers', []);
}

/** Dashboards and rules of every organisation; what was found, to be compared after a restart. */
async function checkProvisioned(api, { dashboards, folders, rules }) {
  const found = [];
  for (const [org, ofOrganisation] of folders) {
    const there = await dashboardsIn(api, org);
    const { counts, problems } = compareDashboards(dashboards, ofOrganisation, there);
    report(`Dashboards of organisation ${org}: ${counts}`, problems);
    found.push(...there.map(({ uid, folder }) => `${org} ${folder} ${uid}`));
  }
  for (const [org, uids] of rules) {
    const there = await api.get('/api/v1/provisioning/alert-rules', { org });
    report(`Alert rules of organisation ${org}: ${there.length}, in files ${uids.length}`, compareRules(uids, there));
    found.push(...there.map(({ uid }) => `${org} rule ${uid}`));
  }
  return found.sort();
}

async function firstPortal(api) {
  const rawSql = 'SELECT key FROM grafana.portal_key ORDER BY name, key LIMIT 1';
  const { problem, rows } = await ask(api, { rawSql }, { org: STAFF });
  if (problem !== null) throw new Refused(`The read models do not answer: ${problem}`);
  if (rows.length === 0) throw new Refused('No portal is connected yet: there is nothing to ask dashboards about.');
  return String(rows[0][0]);
}

async function checkPanels(api, dashboards, portal, org) {
  for (const dashboard of dashboards) {
    const { sent, withRows, problems } = await checkQueries(api, dashboard, portal, org);
    report(`${dashboard.uid} as ${api.user}: ${sent} queries of panels, ${withRows} with rows`, problems);
  }
}

async function checkAsClient(api, client, { dashboards, folders }, expected) {
  const { org, own, asked, problems } = await checkClient(api, client, expected);
  report(`${client.user} is shown no other portal in ${asked} tables and views`, problems);
  const shown = dashboards.filter(({ folder }) => folders.get(org)?.includes(folder));
  report(`It has ${shown.length} dashboards`, shown.length === 0 ? [`no folder is for organisation ${org}`] : []);
  if (own[0] !== undefined) await checkPanels(client, shown, own[0], org);
}

async function restart() {
  const cwd = fileURLToPath(new URL('../..', import.meta.url));
  await promisify(execFile)('docker', ['compose', 'restart', 'grafana'], { cwd }).catch((error) => {
    const [reason] = String(error.stderr || error.message)
      .trim()
      .split('\n');
    throw new Refused(`docker compose restart grafana: ${reason}`);
  });
}

await runCommand(HELP, async (argv) => {
  const values = readOptions(argv, options);
  const grafana = await grafanaOf(values, process.env);
  const api = new GrafanaApi(grafana);
  const files = await readProvisioned(values.files ?? fileURLToPath(new URL('.', import.meta.url)));
  await waitForHealth(api, values.wait);
  const before = await checkProvisioned(api, files);
  await checkPanels(api, files.dashboards, values.portal ?? (await firstPortal(api)), STAFF);
  if (values['client-user'] !== undefined) {
    const password = await readSecret(values['client-password-file'] ?? '', '--client-password-file');
    const client = new GrafanaApi({ url: grafana.url, user: values['client-user'], password });
    await checkAsClient(api, client, files, values['client-portal']);
  }
  if (values.restart) {
    await restart();
    await waitForHealth(api, values.wait);
    const after = await checkProvisioned(api, files);
    const drifted = [...before, ...after].filter((line) => before.includes(line) !== after.includes(line));
    report('The same dashboards and rules after a restart', drifted);
  }
  return isWell;
});
