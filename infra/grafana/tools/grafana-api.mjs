import { Buffer } from 'node:buffer';
import { Refused } from './refused.mjs';

const TIMEOUT_MS = 60_000;

/** The HTTP API of Grafana as one person asks it. Its errors never name the password. */
export class GrafanaApi {
  #origin;
  #authorization;

  /**
   * @param {{ url: string, user: string, password: string }} grafana The address may have a path, as behind a proxy.
   * Throws `Refused` for an address that would send the password in clear over a network.
   */
  constructor({ url, user, password }) {
    this.user = user;
    this.#origin = addressOf(url);
    this.#authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  /** Whether Grafana answers and reaches its own database; never throws. */
  async isHealthy() {
    const answer = await this.#send('GET', '/api/health').catch(() => null);
    return answer?.status === 200 && answer.body?.database === 'ok';
  }

  /**
   * What Grafana answers to a question. Throws `Refused` for anything but 2xx.
   *
   * @param {string} path
   * @param {{ org?: number }} [inOrganisation] Asks in this organisation, which the person must be in.
   */
  async get(path, inOrganisation = {}) {
    return this.#expectDone('GET', path, await this.ask('GET', path, undefined, inOrganisation));
  }

  /** As `get`, with a body. */
  async post(path, body, inOrganisation = {}) {
    return this.#expectDone('POST', path, await this.ask('POST', path, body, inOrganisation));
  }

  /**
   * Status and JSON, whatever the status is; the JSON is null where there is none. Throws `Refused` when nobody answers, or
   * something that is no Grafana.
   */
  async ask(method, path, body, { org } = {}) {
    const answer = await this.#send(method, path, body, org).catch((error) => {
      throw new Refused(
        `Grafana does not answer at ${this.#origin} (${reasonOf(error)}). Does it run, and is --url right?`,
      );
    });
    if (answer.status >= 300 && answer.status < 400) {
      throw new Refused(`${this.#origin} leads elsewhere. Give the address that it leads to as --url.`);
    }
    if (answer.body === null && answer.status !== 401)
      throw new Refused(`${this.#origin} is no Grafana: it answers without JSON.`);
    return answer;
  }

  async #send(method, path, body, org) {
    const response = await globalThis.fetch(`${this.#origin}${path}`, {
      method,
      // Whoever it leads to would be given the password.
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        authorization: this.#authorization,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(org === undefined ? {} : { 'x-grafana-org-id': String(org) }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: globalThis.AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    try {
      return { status: response.status, body: JSON.parse(text) };
    } catch {
      return { status: response.status, body: null };
    }
  }

  #expectDone(method, path, { status, body }) {
    if (status < 300) return body;
    if (status === 401) throw new Refused(`Grafana does not know ${this.user} with this password.`);
    if (status === 403) throw new Refused(`${this.user} may not ask Grafana for ${path}: ${messageOf(body)}`);
    throw new Refused(`Grafana answers ${status} to ${method} ${path}: ${messageOf(body)}`);
  }
}

/** What Grafana says of a failure, in one line. */
export const messageOf = (body) =>
  String(body?.message ?? 'no reason given')
    .replace(/\s+/g, ' ')
    .slice(0, 300);

function addressOf(text) {
  let url;
  try {
    url = new URL(text);
  } catch {
    throw new Refused('--url is no address such as https://grafana.example.com.');
  }
  if (url.username || url.password) throw new Refused('--url carries a password. Leave it out: it comes from a file.');
  const isLocal = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isLocal)) {
    throw new Refused(
      `The password would go to ${url.host} in clear. Take https, or run this on the machine of Grafana.`,
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

const reasonOf = (error) => error?.cause?.code ?? (error?.name === 'TimeoutError' ? 'timed out' : 'no connection');
