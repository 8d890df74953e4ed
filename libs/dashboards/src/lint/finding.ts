import type { Dashboard } from '@grafana/grafana-foundation-sdk/dashboard';
import type { AlertRule } from '../sql/alert-file.js';
import type { DashboardFacts } from './dashboard-facts.js';

/** What is wrong, and where. */
export interface Finding {
  /** Id of the rule that says so. */
  rule: string;
  where: string;
  message: string;
}

/** What a metric is registered as. */
export type MetricType = 'counter' | 'gauge' | 'histogram' | 'summary';

/** A series that PromQL selects, with the names of the functions around it from the outermost in. */
export interface PromqlSelector {
  metric: string;
  functions: readonly string[];
}

/** What a parser of PromQL says of an expression. */
export interface PromqlReading {
  hasError: boolean;
  selectors: readonly PromqlSelector[];
}

/** What the checks of a dashboard have to know about everything else. */
export interface LintContext {
  /** All dashboards, the checked one among them. */
  dashboards: readonly DashboardFacts[];
  /** Views of the schema `grafana` by their bare names: columns with their types, an empty type where it is not known. */
  views: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Metrics that the programs register, and `up` and the like. */
  metrics: Readonly<Record<string, MetricType>>;
  /** The one time zone setting of all dashboards. */
  timezone: string;
  /** Whether a `runbook_url` leads to a section that exists. */
  hasRunbook(url: string): boolean;
  /** Reads an expression in which no variable is left. */
  readPromql(expression: string): PromqlReading;
}

export type Complaint = Omit<Finding, 'rule'>;

/** One thing that is checked of a subject. */
export interface Rule<Subject> {
  /** Stable and kebab-case: specs and reports name it. */
  id: string;
  check(subject: Subject, context: LintContext): Complaint[];
}

export type DashboardRule = Rule<Dashboard>;
export type AlertRuleRule = Rule<AlertRule>;
