import type {
  Duration,
  FactRule,
  FactType,
  FeedbackTarget,
  ParameterDeclaration,
  RuleDraft,
  Severity,
  StateRule,
  SubjectKind,
} from '../rules/rule.js';

type WithoutWords<Draft> = Draft extends unknown
  ? Omit<Draft, 'title' | 'clause' | 'feedback' | 'parameters' | 'version'>
  : never;

/** A rule without its words: what the machine needs. */
export type RuleDefinition = WithoutWords<RuleDraft> & {
  version?: number;
  parameters?: Record<string, Omit<ParameterDeclaration, 'title' | 'isRequired'> & { isRequired?: boolean }>;
};

interface Common {
  on: SubjectKind[];
  severity: Severity;
  feedbackTo: FeedbackTarget[];
  when: string;
  grace?: Duration;
  parameters?: RuleDefinition['parameters'];
  inhibitedBy?: string[];
  feeds?: string[];
  evidence?: string[];
  outlivesSubject?: boolean;
}

const oneDay: Duration = { amount: 1, unit: 'wd' };
const none: Duration = { amount: 0, unit: 'min' };
const graceOf = ({ severity, grace }: Common): Duration => grace ?? (severity === 'S1' ? none : oneDay);

/** Grace of a rule whose row names its own limit. */
export const noGrace = none;

const feedsOf: Readonly<Record<SubjectKind, string[]>> = {
  lead: ['leads', 'leadStageHistory', 'activities', 'calls'],
  deal: ['deals', 'dealStageHistory', 'activities', 'calls'],
  invoice: ['invoices', 'invoiceStageHistory', 'deals', 'activities'],
  activity: ['activities'],
  contact: ['contacts', 'deals', 'activities'],
  company: ['companies', 'contacts', 'deals', 'activities'],
  employee: ['users', 'deals', 'leads', 'activities'],
  portal: ['deals', 'leads', 'contacts'],
};

export function stateRule(
  id: string,
  rule: Common & Partial<Pick<StateRule, 'clocks' | 'resolve' | 'items'>>,
): RuleDefinition {
  return { ...rule, id, kind: 'state', grace: graceOf(rule), feeds: rule.feeds ?? feeds(rule.on) };
}

export function factRule(
  id: string,
  rule: Common & { fact: FactType | FactType[]; resolve?: FactRule['resolve'] | { when: string } } & Partial<
      Pick<FactRule, 'gather' | 'about'>
    >,
): RuleDefinition {
  const { fact, ...rest } = rule;
  return {
    ...rest,
    facts: Array.isArray(fact) ? fact : [fact],
    id,
    kind: 'fact',
    resolve: rule.resolve ?? 'verdict',
    grace: graceOf(rule),
    feeds: rule.feeds ?? feeds(rule.on),
  };
}

const feeds = (on: readonly SubjectKind[]): string[] => [...new Set(on.flatMap((kind) => feedsOf[kind]))];

export const numberOf = (value: number) => ({ type: 'number' as const, default: value });
export const textOf = (value: string) => ({ type: 'text' as const, default: value });
export const listOf = (isRequired = false) => ({ type: 'list' as const, default: [], isRequired });
/** Stage, pipeline or product → text or number. */
export const mapOf = (isRequired = false) => ({ type: 'map' as const, default: {}, isRequired });
/** Stage → list. */
export const listsOf = (isRequired = false) => ({ type: 'lists' as const, default: {}, isRequired });
export const requiredText = { type: 'text' as const, default: '', isRequired: true };
