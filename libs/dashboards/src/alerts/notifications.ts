import type { Team } from './sql-alert.js';

type ReceiverJson =
  | { uid: string; type: 'email'; settings: { addresses: string; singleEmail: true } }
  | { uid: string; type: 'webhook'; settings: { url: string; httpMethod: 'POST' } };

/** Somebody who is told, by one way or several at once. */
export interface ContactPointJson {
  orgId: number;
  name: Team;
  receivers: ReceiverJson[];
}

interface RouteJson {
  receiver: Team;
  object_matchers?: [label: string, comparison: '=', value: string][];
  group_by?: string[];
  group_wait?: string;
  group_interval?: string;
  repeat_interval?: string;
  mute_time_intervals?: string[];
  routes?: RouteJson[];
}

export type PolicyJson = { orgId: number } & RouteJson;

export interface MuteTimingJson {
  orgId: number;
  name: string;
  time_intervals: { times: { start_time: string; end_time: string }[]; location: string }[];
}

/** Where alerts of a team go: addresses of e-mail and webhooks, as values or as what Grafana replaces by them. */
export interface Contact {
  email?: string;
  webhook?: string;
}

const NIGHT = 'night';

function receiversOf(team: Team, { email, webhook }: Contact): ReceiverJson[] {
  const receivers: ReceiverJson[] = [];
  if (email !== undefined) {
    receivers.push({ uid: `fw-${team}-email`, type: 'email', settings: { addresses: email, singleEmail: true } });
  }
  if (webhook !== undefined) {
    receivers.push({ uid: `fw-${team}-webhook`, type: 'webhook', settings: { url: webhook, httpMethod: 'POST' } });
  }
  return receivers;
}

/** The contact points of an organisation, by team. */
export const contactPoints = (orgId: number, contacts: Readonly<Partial<Record<Team, Contact>>>): ContactPointJson[] =>
  (Object.entries(contacts) as [Team, Contact][]).map(([name, contact]) => ({
    orgId,
    name,
    receivers: receiversOf(name, contact),
  }));

/** Business can wait for the morning and is said again once a day. */
const account: RouteJson = {
  receiver: 'account',
  object_matchers: [['team', '=', 'account']],
  group_by: ['portal'],
  group_wait: '5m',
  group_interval: '15m',
  repeat_interval: '24h',
  mute_time_intervals: [NIGHT],
};

/** What keeps the product from working is said at once, at night too. */
const operations: RouteJson = {
  receiver: 'operations',
  object_matchers: [['team', '=', 'operations']],
  group_by: ['portal'],
  group_wait: '0s',
  group_interval: '1m',
  repeat_interval: '4h',
};

/**
 * The whole tree of an organisation: one message for each portal. What belongs to no team, rules of Prometheus for instance, goes
 * to the first team.
 */
export const policy = (orgId: number, teams: readonly [Team, ...Team[]]): PolicyJson => ({
  orgId,
  receiver: teams[0],
  group_by: ['portal', 'alertname'],
  group_wait: '30s',
  group_interval: '5m',
  repeat_interval: '4h',
  routes: [operations, account].filter(({ receiver }) => teams.includes(receiver)),
});

/** The hours in which business alerts keep quiet, in the zone of those who would be woken. */
export const nightTiming = (orgId: number, location: string): MuteTimingJson => ({
  orgId,
  name: NIGHT,
  time_intervals: [
    {
      times: [
        { start_time: '21:00', end_time: '24:00' },
        { start_time: '00:00', end_time: '08:00' },
      ],
      location,
    },
  ],
});
