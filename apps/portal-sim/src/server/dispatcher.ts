import type { Faults } from '../faults/faults.js';
import type { OperatingTime } from '../limits/operating-time.js';
import { allMethods } from '../methods/all-methods.js';
import type { CallContext, MethodAnswer } from '../methods/method.js';
import { nestedBatchError } from '../methods/system.js';
import type { PortalTime } from '../model/portal-time.js';
import type { PortalSettings } from '../portal/portal-settings.js';
import { type BatchOutcome, substituteReferences } from '../protocol/batch-references.js';
import { decodeForm, mapOf, type Parameters, textOf } from '../protocol/parameters.js';
import { phpMap } from '../protocol/php-containers.js';
import { RestError, systemError } from '../protocol/rest-error.js';
import type { Counters } from './counters.js';

const maxBatchLength = 50;

/** Scopes that open the same methods. */
const scopeAliases: Record<string, string[]> = {
  user: ['user', 'user_basic', 'user_brief'],
  task: ['task', 'tasks'],
};

interface Dependencies {
  settings: PortalSettings;
  operating: OperatingTime;
  faults: Faults;
  counters: Counters;
  /** Wall time in milliseconds; limits run on it. */
  wall: () => number;
}

/** Runs methods, one or a batch of them, with their accounting. */
export class Dispatcher {
  constructor(private readonly dependencies: Dependencies) {}

  /** The body of a successful answer. Throws RestError for what the portal refuses. */
  run(method: string, parameters: Parameters, context: CallContext): Record<string, unknown> {
    const startedMs = this.dependencies.wall();
    if (method === 'batch') return this.runBatch(parameters, context, startedMs);
    const answer = this.runMethod(method, parameters, context);
    return { ...answer, time: this.timeOf(method, context, startedMs) };
  }

  private runMethod(method: string, parameters: Parameters, context: CallContext, paidBy = method): MethodAnswer {
    const { settings, operating, counters, wall } = this.dependencies;
    const known = allMethods.get(method);
    try {
      if (!known) throw systemError('ERROR_METHOD_NOT_FOUND', settings.statusProfile);
      this.requireScope(known.scope, context);
      const key = `${context.webhook.code}:${paidBy}`;
      if (settings.limits && operating.seconds(key, wall()) > settings.operatingLimitSeconds) {
        throw systemError('OPERATION_TIME_LIMIT', settings.statusProfile);
      }
      const startedMs = wall();
      const answer = known.run(parameters, context);
      const spent = (wall() - startedMs) / 1000;
      operating.charge(key, settings.operatingCostSeconds + (spent > 0.1 ? spent : 0), startedMs);
      counters.noteCall(method, false, rowsIn(answer.result));
      return answer;
    } catch (error) {
      counters.noteCall(method, true, 0);
      throw error;
    }
  }

  private requireScope(scope: string | null, context: CallContext): void {
    if (scope === null) return;
    const accepted = scopeAliases[scope] ?? [scope];
    if (!accepted.some((candidate) => context.webhook.scopes.includes(candidate))) {
      throw systemError('insufficient_scope', this.dependencies.settings.statusProfile);
    }
  }

  private runBatch(parameters: Parameters, context: CallContext, startedMs: number): Record<string, unknown> {
    const { settings, counters, wall } = this.dependencies;
    const halts = ['1', 'Y', 'true'].includes(textOf(parameters.halt)) || parameters.halt === true;
    const outcome: BatchOutcome = {
      result: new Map(),
      next: new Map(),
      total: new Map(),
      time: new Map(),
      error: new Map(),
    };
    const isOuter = settings.batchAccounting === 'outer';
    let position = 0;
    for (const [key, command] of Object.entries(mapOf(parameters.cmd))) {
      if (typeof command !== 'string') continue;
      position++;
      const commandStartedMs = wall();
      try {
        if (position > maxBatchLength) throw systemError('ERROR_BATCH_LENGTH_EXCEEDED', settings.statusProfile);
        const answer = this.runCommand(command, outcome, context, isOuter);
        outcome.result.set(key, answer.result);
        if (answer.total !== undefined) outcome.total.set(key, answer.total);
        if (answer.next !== undefined) outcome.next.set(key, answer.next);
        outcome.time.set(key, this.timeOf(isOuter ? 'batch' : methodOf(command), context, commandStartedMs));
      } catch (error) {
        if (!(error instanceof RestError)) throw error;
        outcome.error.set(key, error.body());
        if (halts) break;
      }
    }
    counters.noteCall('batch', false, 0);
    return {
      result: {
        result: phpMap([...outcome.result]),
        result_error: phpMap([...outcome.error]),
        result_total: phpMap([...outcome.total]),
        result_next: phpMap([...outcome.next]),
        result_time: phpMap([...outcome.time]),
      },
      time: this.timeOf(isOuter ? 'batch' : null, context, startedMs),
    };
  }

  private runCommand(command: string, outcome: BatchOutcome, context: CallContext, isOuter: boolean): MethodAnswer {
    const { settings, faults } = this.dependencies;
    const method = methodOf(command);
    if (method === 'batch') throw nestedBatchError();
    const fault = faults.forCommand(method);
    if (fault)
      throw systemError(fault.code ?? 'INTERNAL_SERVER_ERROR', settings.statusProfile, fault.description, fault.status);
    const query = command.indexOf('?');
    const written = query < 0 ? {} : decodeForm(command.slice(query + 1));
    const parameters = substituteReferences(written, outcome) as Parameters;
    return this.runMethod(method, parameters, context, isOuter ? 'batch' : method);
  }

  /** The `time` block. Without a method nothing was accounted; with limits off the portal says nothing about it. */
  private timeOf(method: string | null, context: CallContext, startedMs: number): Record<string, unknown> {
    const { operating, settings, wall } = this.dependencies;
    const nowMs = wall();
    const duration = (nowMs - startedMs) / 1000;
    const start = context.nowMs / 1000;
    const time: Record<string, unknown> = {
      start,
      finish: start + duration,
      duration,
      processing: duration,
      date_start: dateTime(context.model.time, context.nowMs),
      date_finish: dateTime(context.model.time, context.nowMs + (nowMs - startedMs)),
    };
    if (!settings.limits || method === null) return time;
    const key = `${context.webhook.code}:${method}`;
    const resetAtMs = operating.resetAtMs(key, nowMs);
    // Limits run on wall time; the instant is given in portal time, so that its distance from `start` is right.
    if (resetAtMs !== null) time.operating_reset_at = Math.floor((context.nowMs + (resetAtMs - nowMs)) / 1000);
    time.operating = operating.seconds(key, nowMs);
    return time;
  }
}

/** Name of the method of a batch command, in lower case and without a suffix. */
export function methodOf(command: string): string {
  const query = command.indexOf('?');
  return normalisedMethod(query < 0 ? command : command.slice(0, query));
}

/** Methods are matched without regard to case; `.json` and `.xml` are suffixes. */
export function normalisedMethod(name: string): string {
  return name
    .toLowerCase()
    .replace(/^\/+/, '')
    .replace(/\.(json|xml)$/, '');
}

function dateTime(time: PortalTime, atMs: number): string {
  return time.dateTime(Math.floor(atMs / 1000) * 1000);
}

function rowsIn(result: unknown): number {
  if (Array.isArray(result)) return result.length;
  if (typeof result !== 'object' || result === null) return 0;
  for (const value of Object.values(result)) if (Array.isArray(value)) return value.length;
  return 0;
}
