import type { Contact } from '../alerts/notifications.js';
import { contactPoints, nightTiming, policy } from '../alerts/notifications.js';
import { ruleGroups } from '../alerts/rule-groups.js';
import type { SqlAlert, Team } from '../alerts/sql-alert.js';
import type { Client } from './clients.js';

/** The staff's addresses: e-mail from the environment of Grafana, the webhook, which is as good as a password, from a file. */
const STAFF: Record<Team, Contact> = {
  operations: {
    email: '$FUNNELWATCH_ALERT_EMAIL',
    webhook: '$__file{/run/secrets/grafana_alert_webhook}',
  },
  account: { email: '$FUNNELWATCH_ACCOUNT_EMAIL' },
};

interface Organisation {
  orgId: number;
  contacts: Partial<Record<Team, Contact>>;
  teams: [Team, ...Team[]];
  alerts: readonly SqlAlert[];
}

/** The staff with all rules, and every client that is told of its own portals, with those that are for clients. */
function organisations(clients: readonly Client[], alerts: readonly SqlAlert[]): Organisation[] {
  const told = clients.flatMap(({ org, alertEmail }): Organisation[] =>
    alertEmail === undefined
      ? []
      : [
          {
            orgId: org,
            contacts: { account: { email: alertEmail } },
            teams: ['account'],
            alerts: alerts.filter(({ audience }) => audience === 'client'),
          },
        ],
  );
  return [{ orgId: 1, contacts: STAFF, teams: ['operations', 'account'], alerts }, ...told];
}

/**
 * The files of alerting by name. `retired` are uids of rules that once were: Grafana keeps a rule that is only left out.
 *
 * @throws AuthoringError ALERT_TWICE
 */
export function alertingFiles({
  clients,
  alerts,
  retired,
  timeZone,
}: {
  clients: readonly Client[];
  alerts: readonly SqlAlert[];
  retired: readonly string[];
  timeZone: string;
}): Record<string, object> {
  const all = organisations(clients, alerts);
  return {
    'rules.json': {
      apiVersion: 1,
      groups: all.flatMap((each) => ruleGroups(each.orgId, each.alerts)),
      deleteRules: [1, ...clients.map(({ org }) => org)].flatMap((orgId) => retired.map((uid) => ({ orgId, uid }))),
    },
    'contact-points.json': {
      apiVersion: 1,
      contactPoints: all.flatMap(({ orgId, contacts }) => contactPoints(orgId, contacts)),
    },
    'policies.json': { apiVersion: 1, policies: all.map(({ orgId, teams }) => policy(orgId, teams)) },
    'mute-timings.json': { apiVersion: 1, muteTimes: all.map(({ orgId }) => nightTiming(orgId, timeZone)) },
  };
}
