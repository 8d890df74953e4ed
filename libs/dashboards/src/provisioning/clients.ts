import { AuthoringError } from '../authoring/authoring-error.js';
import { type Language, languages } from '../authoring/language.js';

/** A client with an organisation of its own in Grafana, where everybody sees that client's portals and nothing else. */
export interface Client {
  /** The number that Grafana gave the organisation; 1 is the staff's. */
  org: number;
  name: string;
  /** The login of the database that sees the client's portals alone. */
  login: string;
  /** Where Grafana finds that login's password. */
  passwordFile: string;
  /** Where alerts about the client's portals go, besides the staff; none go there without it. */
  alertEmail?: string;
}

/** What differs between installations. */
export interface Settings {
  /** Where people reach the console. */
  consoleUrl: string;
  /** The zone in whose nights business alerts keep quiet. */
  timeZone: string;
  /** Of dashboards and alerts, for the staff and for clients. */
  language: Language;
}

const KEYS = ['org', 'name', 'login', 'passwordFile', 'alertEmail'];

function clientOf(value: unknown, index: number): Client {
  const refuse = (message: string): never => {
    throw new AuthoringError('CLIENTS_INVALID', `Client ${index + 1} of clients.json ${message}`);
  };
  if (typeof value !== 'object' || value === null) return refuse('is no object.');
  const { org, name, login, passwordFile, alertEmail } = value as Record<string, unknown>;
  const unknown = Object.keys(value).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) refuse(`has "${unknown}", which means nothing.`);
  if (typeof org !== 'number' || !Number.isInteger(org) || org < 2) {
    return refuse('needs org, the number of an organisation other than 1.');
  }
  if (typeof name !== 'string' || !name.trim()) return refuse('needs a name.');
  if (typeof login !== 'string' || !/^[a-z_][a-z0-9_]*$/.test(login)) return refuse('needs a login of the database.');
  if (typeof passwordFile !== 'string' || !/^\/[\w./-]+$/.test(passwordFile)) {
    return refuse('needs passwordFile, an absolute path. A password itself does not stand here.');
  }
  if (alertEmail !== undefined && (typeof alertEmail !== 'string' || !/^(\S+@\S+|\$\w+)$/.test(alertEmail))) {
    return refuse('has an alertEmail that is neither an address nor $VARIABLE.');
  }
  return { org, name, login, passwordFile, ...(alertEmail === undefined ? {} : { alertEmail }) };
}

/**
 * The clients of `clients.json`.
 *
 * @throws AuthoringError CLIENTS_INVALID
 */
export function parseClients(json: unknown): Client[] {
  if (!Array.isArray(json)) throw new AuthoringError('CLIENTS_INVALID', 'clients.json holds no list.');
  const clients = json.map(clientOf);
  for (const key of ['org', 'login'] as const) {
    const values = clients.map((client) => client[key]);
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    // Two organisations with one login would see the same portals.
    if (twice !== undefined) throw new AuthoringError('CLIENTS_INVALID', `Two clients have ${key} ${twice}.`);
  }
  return clients;
}

/**
 * The settings of `settings.json`.
 *
 * @throws AuthoringError SETTINGS_INVALID
 */
export function parseSettings(json: unknown): Settings {
  const { consoleUrl, timeZone, language, ...others } = (json ?? {}) as Record<string, unknown>;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) throw new AuthoringError('SETTINGS_INVALID', `"${unknown}" means nothing.`);
  if (typeof consoleUrl !== 'string' || !/^https?:\/\/[^\s/?#"'$]+(\/[^\s?#"'$]*[^/\s?#"'$])?$/.test(consoleUrl)) {
    throw new AuthoringError(
      'SETTINGS_INVALID',
      'consoleUrl is no address of http or https without a slash at its end.',
    );
  }
  if (typeof timeZone !== 'string' || !/^[A-Z]\w+(\/[A-Z][\w-]+)*$/.test(timeZone)) {
    throw new AuthoringError('SETTINGS_INVALID', 'timeZone is no zone as Europe/Moscow.');
  }
  const known = languages.find((each) => each === language);
  if (!known) throw new AuthoringError('SETTINGS_INVALID', `language is none of ${languages.join(', ')}.`);
  return { consoleUrl, timeZone, language: known };
}
