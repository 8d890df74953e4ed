import { readdir, readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { repositoryFile } from './compose-file.js';

export interface AlertRule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity?: string; team?: string };
  annotations: { summary?: string; description?: string; runbook_url?: string };
}

/** One question of a test to an alert: what fires at a time, nothing where the list is empty. */
export interface AlertTest {
  alertname: string;
  exp_alerts: { exp_labels: Record<string, string>; exp_annotations: Record<string, string> }[];
}

export const readYaml = async <Shape>(path: string): Promise<Shape> =>
  parse(await readFile(repositoryFile(path), 'utf8')) as Shape;

async function everyFileOf<Shape>(folder: string): Promise<Shape[]> {
  const names = await readdir(repositoryFile(`${folder}/`));
  return Promise.all(names.sort().map((name) => readYaml<Shape>(`${folder}/${name}`)));
}

export async function readRules(): Promise<AlertRule[]> {
  const files = await everyFileOf<{ groups: { rules: AlertRule[] }[] }>('infra/prometheus/rules');
  return files.flatMap(({ groups }) => groups).flatMap(({ rules }) => rules);
}

export async function readRuleTests(): Promise<AlertTest[]> {
  const files = await everyFileOf<{ tests: { alert_rule_test: AlertTest[] }[] }>('infra/prometheus/tests');
  return files.flatMap(({ tests }) => tests).flatMap((group) => group.alert_rule_test);
}

/** The file name of an alert's runbook. */
export const runbookOf = (alert: string): string => `${alert.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`;
