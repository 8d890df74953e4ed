import { messageOf } from './grafana-api.mjs';
import { Refused } from './refused.mjs';

/** Organisations of one answer. */
const PAGE = 1000;

/**
 * Clients of `clients.json`: names and numbers. A number may be left out until Grafana has given one. Throws `Refused`;
 * everything else of a client is checked when the files are generated.
 *
 * @returns {{ name: string, org?: number }[]}
 */
export function clientsOf(json) {
  if (!Array.isArray(json)) throw new Refused('clients.json holds no list.');
  const clients = json.map((client, index) => {
    const { name, org } = client ?? {};
    if (typeof name !== 'string' || name.trim() === '' || name !== name.trim()) {
      throw new Refused(`Client ${index + 1} of clients.json needs a name without blanks around it.`);
    }
    if (org !== undefined && !(Number.isInteger(org) && org > 1)) {
      throw new Refused(`org of ${name} in clients.json is no number of an organisation; 1 is the staff's.`);
    }
    return { name, org };
  });
  for (const key of ['name', 'org']) {
    const values = clients.map((client) => client[key]).filter((value) => value !== undefined);
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) throw new Refused(`Two clients of clients.json have ${key} ${twice}.`);
  }
  return clients;
}

/**
 * What stands between the clients and the organisations that are there, as sentences.
 *
 * @param {{ name: string, org?: number }[]} clients
 * @param {{ id: number, name: string }[]} organisations
 */
export function contradictions(clients, organisations) {
  return clients.flatMap(({ name, org }) => {
    const named = organisations.find((organisation) => organisation.name === name);
    const numbered = organisations.find(({ id }) => id === org);
    if (named && named.id !== org) return [wrongNumber(name, named.id)];
    if (numbered && numbered.name !== name) {
      return [`Organisation ${org} is called ${numbered.name} in Grafana, clients.json calls it ${name}.`];
    }
    return [];
  });
}

const wrongNumber = (name, id) =>
  `The organisation of ${name} has the number ${id}. Write "org": ${id} into clients.json.`;

/** All organisations. Needs an administrator of the server. Throws `Refused`. */
export async function readOrganisations(api) {
  const found = new Map();
  for (let page = 0; ; page += 1) {
    const organisations = await api.get(`/api/orgs?perpage=${PAGE}&page=${page}`);
    if (!Array.isArray(organisations)) throw new Refused('Grafana lists no organisations.');
    for (const { id, name } of organisations) found.set(id, { id, name });
    if (organisations.length < PAGE) return [...found.values()];
  }
}

/**
 * Makes the organisations that are missing, in the order of their numbers, as Grafana gives these one after the other.
 * Nothing is made while anything contradicts; it stops at the first number that is not the one written down. Throws
 * `Refused`; whatever was made by then was said.
 *
 * @param {(line: string) => void} say
 */
export async function ensureOrganisations(api, clients, say) {
  const organisations = await readOrganisations(api);
  const wrong = contradictions(clients, organisations);
  if (wrong.length > 0) throw new Refused(wrong.join('\n'));
  const last = Number.MAX_SAFE_INTEGER;
  for (const { name, org } of clients.toSorted((a, b) => (a.org ?? last) - (b.org ?? last))) {
    const known = organisations.find((organisation) => organisation.name === name);
    const id = known?.id ?? (await create(api, name));
    say(`${known ? 'there' : 'made '}  ${id}  ${name}`);
    if (id !== org) throw new Refused(wrongNumber(name, id));
  }
}

async function create(api, name) {
  const { status, body } = await api.ask('POST', '/api/orgs', { name });
  if (status === 200 && Number(body?.orgId) > 0) return Number(body.orgId);
  // Somebody else made it a moment ago.
  const known = status === 409 && (await readOrganisations(api)).find((organisation) => organisation.name === name);
  if (known) return known.id;
  if (status === 403)
    throw new Refused(`${api.user} may not make organisations: it is no administrator of the server.`);
  throw new Refused(`Grafana made no organisation for ${name}: ${status}, ${messageOf(body)}`);
}
