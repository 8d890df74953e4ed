import { AuthoringError } from '../authoring/authoring-error.js';
import type { RuleJson, SqlAlert } from './sql-alert.js';

/** A group of rules as files of provisioning have it. The folder is named by its path of titles. */
export interface RuleGroupJson {
  orgId: number;
  name: string;
  folder: string;
  interval: '60s';
  rules: RuleJson[];
}

/**
 * The rules of one organisation by folder and group, in the order of writing.
 *
 * @throws AuthoringError ALERT_TWICE
 */
export function ruleGroups(orgId: number, alerts: readonly SqlAlert[]): RuleGroupJson[] {
  const groups = new Map<string, RuleGroupJson>();
  const seen = new Set<string>();
  for (const { folder, group, rule } of alerts) {
    for (const identity of [rule.uid, `${folder}/${group}/${rule.title}`]) {
      if (seen.has(identity)) throw new AuthoringError('ALERT_TWICE', `There are two alerts ${identity}.`);
      seen.add(identity);
    }
    const key = JSON.stringify([folder, group]);
    const found = groups.get(key) ?? { orgId, name: group, folder, interval: '60s', rules: [] };
    found.rules.push(rule);
    groups.set(key, found);
  }
  return [...groups.values()];
}
