import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readJson } from './command-line.mjs';
import { Refused } from './refused.mjs';

/** The organisation of the staff. */
export const STAFF = 1;

/**
 * What the generated files of a folder say: dashboards by folder, which folders each organisation has, and which rules.
 *
 * @returns {Promise<{ dashboards: { folder: string, uid: string, json: object }[], folders: Map<number, string[]>,
 *   rules: Map<number, string[]> }>} `folders` and `rules` by number of the organisation. Throws `Refused`.
 */
export async function readProvisioned(root) {
  const dashboards = await readDashboards(join(root, 'dashboards'));
  const all = [...new Set(dashboards.map(({ folder }) => folder))];
  const providers = await readFile(join(root, 'provisioning/dashboards/funnelwatch.yml'), 'utf8').catch((error) => {
    throw new Refused(`The providers of dashboards cannot be read (${error.code}). Generate the files first.`);
  });
  const rules = await readJson(join(root, 'provisioning/alerting/rules.json'));
  return {
    dashboards,
    folders: new Map([[STAFF, all], ...clientFolders(providers)]),
    rules: rulesByOrganisation(rules),
  };
}

async function readDashboards(root) {
  const found = [];
  const folders = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  for (const { name: folder } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const files = (await readdir(join(root, folder))).filter((file) => file.endsWith('.json')).sort();
    for (const file of files) {
      const json = await readJson(join(root, folder, file));
      found.push({ folder, uid: String(json.uid), json });
    }
  }
  if (found.length === 0) throw new Refused(`There are no dashboards in ${root}. Generate the files first.`);
  return found;
}

/** Folders of the organisations of clients, from the providers as they are generated: a block begins with its name. */
export function clientFolders(yaml) {
  const folders = new Map();
  for (const block of yaml.split(/^ {2}- name: /m).slice(1)) {
    const org = Number(/^ {4}orgId: (\d+)$/m.exec(block)?.[1]);
    const folder = /^ {4}folder: (?:'([^']*)'|(.*))$/m
      .exec(block)
      ?.slice(1)
      .find((text) => text !== undefined);
    if (!Number.isInteger(org)) throw new Refused('A provider of dashboards has no orgId. Generate the files again.');
    if (org !== STAFF && folder !== undefined) folders.set(org, [...(folders.get(org) ?? []), folder]);
  }
  return folders;
}

/** Uids of the rules of each organisation. */
export function rulesByOrganisation({ groups = [] }) {
  const rules = new Map();
  for (const { orgId, rules: ofGroup } of groups) {
    rules.set(orgId, [...(rules.get(orgId) ?? []), ...ofGroup.map(({ uid }) => uid)]);
  }
  return rules;
}

/**
 * What differs between the rules of the files and those of an organisation. Rules that people made are their own.
 *
 * @param {string[]} uids
 * @param {{ uid: string, provenance?: string }[]} there
 */
export function compareRules(uids, there) {
  const missing = uids.filter((uid) => !there.some((rule) => rule.uid === uid));
  const left = there.filter(({ uid, provenance }) => provenance === 'file' && !uids.includes(uid));
  return [...missing.map((uid) => `${uid} is missing`), ...left.map(({ uid }) => `${uid} is in no file any more`)];
}
