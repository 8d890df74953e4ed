import type { SqlAlert } from '../alerts/sql-alert.js';
import { AuthoringError } from '../authoring/authoring-error.js';
import { type DefinedDashboard, withConsoleUrl } from '../authoring/dashboard.js';
import { alertingFiles } from './alerting.js';
import type { Client, Settings } from './clients.js';
import { dashboardProvidersYaml } from './dashboard-providers.js';
import { datasourcesYaml } from './datasources.js';

/** Everything that is shown and watched. */
export interface Catalogue {
  dashboards: readonly DefinedDashboard[];
  alerts: readonly SqlAlert[];
  /** Uids of rules that once were. */
  retiredAlerts: readonly string[];
}

const toJson = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

function checkDashboards(dashboards: readonly DefinedDashboard[]): void {
  const seen = new Set<string>();
  const audiences = new Map<string, string>();
  for (const { uid, folder, title, audience } of dashboards) {
    for (const identity of [uid, `${folder}/${title}`]) {
      if (seen.has(identity)) throw new AuthoringError('DASHBOARD_TWICE', `There are two dashboards ${identity}.`);
      seen.add(identity);
    }
    if (!/^\p{Lu}[\p{L} ]*\p{Ll}$/u.test(folder)) {
      throw new AuthoringError('FOLDER_NAME', `"${folder}" is not the name of a folder: words of letters.`);
    }
    if ((audiences.get(folder) ?? audience) !== audience) {
      throw new AuthoringError('MIXED_FOLDER', `"${folder}" holds dashboards for clients and for the staff alone.`);
    }
    audiences.set(folder, audience);
  }
}

/** An alert leads to a panel of a dashboard that stands in the same organisations. */
function checkAlerts({ alerts, dashboards, retiredAlerts }: Catalogue): void {
  for (const { rule, audience } of alerts) {
    const target = dashboards.find(({ uid }) => uid === rule.dashboardUid);
    if (!target || (audience === 'client' && target.audience !== 'client')) {
      throw new AuthoringError('ALERT_DASHBOARD', `${rule.uid} leads to ${rule.dashboardUid}, which its readers lack.`);
    }
    if (retiredAlerts.includes(rule.uid)) {
      throw new AuthoringError('ALERT_RETIRED', `${rule.uid} is in use and among the retired.`);
    }
  }
}

/**
 * Every generated file below infra/grafana, by its path there. The same input gives the same bytes.
 *
 * @throws AuthoringError DASHBOARD_TWICE, FOLDER_NAME, MIXED_FOLDER, ALERT_DASHBOARD, ALERT_RETIRED, ALERT_TWICE
 */
export function generateFiles(
  catalogue: Catalogue,
  clients: readonly Client[],
  { consoleUrl, timeZone }: Settings,
): Map<string, string> {
  const { dashboards, alerts, retiredAlerts: retired } = catalogue;
  checkDashboards(dashboards);
  checkAlerts(catalogue);
  const clientFolders = [
    ...new Set(dashboards.filter(({ audience }) => audience === 'client').map(({ folder }) => folder)),
  ].sort();
  return new Map([
    ...dashboards.map((dashboard): [string, string] => [
      `dashboards/${dashboard.folder}/${dashboard.uid}.json`,
      toJson(withConsoleUrl(dashboard, consoleUrl).json),
    ]),
    ['provisioning/datasources/funnelwatch.yml', datasourcesYaml(clients)],
    ['provisioning/dashboards/funnelwatch.yml', dashboardProvidersYaml(clients, clientFolders)],
    ...Object.entries(alertingFiles({ clients, alerts, retired, timeZone })).map(([name, file]): [string, string] => [
      `provisioning/alerting/${name}`,
      toJson(file),
    ]),
  ]);
}
