import { WorkingTime } from '@funnelwatch/calendar';
import { Environment } from '@marcbachmann/cel-js';
import type { SubjectKind } from '../rules/rule.js';
import { RuleFact } from '../world/rule-fact.js';
import { ActivityView } from './activity-view.js';
import { ClientDeal, ClientView } from './client-view.js';
import { EmployeeView, PortalView } from './employee-view.js';
import { fieldCatalogue, type ViewType } from './field-catalogue.js';
import { functionCatalogue } from './function-catalogue.js';
import { PipelineRecordView } from './pipeline-record-view.js';

export type { ViewType };

/** Variable under which the subject stands in conditions, and its type. */
export const viewOfKind: Readonly<Record<SubjectKind, { variable: string; type: ViewType }>> = {
  lead: { variable: 'record', type: 'Record' },
  deal: { variable: 'record', type: 'Record' },
  invoice: { variable: 'record', type: 'Record' },
  contact: { variable: 'record', type: 'Client' },
  company: { variable: 'record', type: 'Client' },
  activity: { variable: 'activity', type: 'Activity' },
  employee: { variable: 'employee', type: 'Employee' },
  portal: { variable: 'portal', type: 'Portal' },
};

/** Field → CEL type, of every view and of facts. */
export const viewFields = Object.fromEntries(
  Object.entries(fieldCatalogue).map(([view, fields]) => [
    view,
    Object.fromEntries(Object.entries(fields).map(([name, [type]]) => [name, type])),
  ]),
) as Readonly<Record<ViewType | 'Fact', Readonly<Record<string, string>>>>;

const called = /^(?:(\w+)\.)?(\w+)\(/;

/** Names of the functions that conditions on a view can call, beside those of CEL itself. */
export function functionsOf(type: ViewType): string[] {
  return functionCatalogue.flatMap(({ signature }) => {
    const [, receiver, name = ''] = called.exec(signature) ?? [];
    return receiver === undefined || receiver === type || receiver === 'Calendar' ? [name] : [];
  });
}

/** Conditions are small; what takes longer to read takes too long to run. */
export const conditionLimits = {
  ...{ maxAstNodes: 300, maxDepth: 24, maxListElements: 200, maxMapEntries: 50, maxCallArguments: 8 },
};

function baseEnvironment(): Environment {
  const environment = new Environment({ limits: conditionLimits });
  environment.registerOperator('double == int', (left: number, right: bigint) => left === Number(right));
  environment.registerType('Fact', { ctor: RuleFact, fields: { ...viewFields.Fact } });
  environment.registerType('ClientDeal', {
    ctor: ClientDeal,
    fields: { ref: 'string', pipeline: 'string', stage: 'string', owner: 'string' },
  });
  const views = {
    ...{ Record: PipelineRecordView, Client: ClientView, Activity: ActivityView, Employee: EmployeeView },
    Portal: PortalView,
  };
  for (const [name, ctor] of Object.entries(views)) {
    environment.registerType(name, { ctor, fields: { ...viewFields[name as ViewType] } });
  }
  environment.registerType('Calendar', { ctor: WorkingTime, fields: {} });
  environment.registerVariable('params', 'map<string, dyn>');
  environment.registerVariable('calendar', 'Calendar');
  for (const { signature, run } of functionCatalogue) {
    environment.registerFunction(signature, run as (...parameters: unknown[]) => unknown);
  }
  return environment;
}

const environments = new Map<string, Environment>();

/** The environment in which conditions on a kind of view are read and run. */
export function environmentOf(type: ViewType, variable: string, withFact: boolean): Environment {
  const key = `${type}${withFact ? '+fact' : ''}`;
  let environment = environments.get(key);
  if (!environment) {
    environment = baseEnvironment();
    environment.registerVariable(variable, type);
    if (withFact) environment.registerVariable('fact', 'Fact');
    environments.set(key, environment);
  }
  return environment;
}
