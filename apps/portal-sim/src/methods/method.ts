import type { PortalOperation } from '@funnelwatch/portal-generator';
import type { PersonalNotification } from '../model/notification-list.js';
import type { PortalModel } from '../model/portal-model.js';
import type { PortalRecord } from '../model/record-table.js';
import type { Parameters } from '../protocol/parameters.js';
import type { PortalSettings } from '../portal/portal-settings.js';
import type { Webhook } from '../portal/webhooks.js';

export type RecordKind = keyof PortalModel['tables'];

/** An operation that a method asks for; the portal adds who and when, and notes it in its journal. */
export type WrittenOperation = PortalOperation extends infer Operation
  ? Operation extends PortalOperation
    ? Omit<Operation, 'at' | 'by'>
    : never
  : never;

/** What a method may see and do on behalf of its caller. */
export interface CallContext {
  readonly model: PortalModel;
  readonly settings: PortalSettings;
  readonly webhook: Webhook;
  readonly memberId: string;
  readonly host: string;
  /** Portal time of the call. */
  readonly nowMs: number;
  write(operation: WrittenOperation): void;
  /** The id of a record about to be added. */
  nextId(entity: RecordKind): number;
  addComment(comment: { entityType: string; entityId: number; text: string }): number;
  addNotification(notification: Omit<PersonalNotification, 'id' | 'fromUserId' | 'createdMs'>): number;
  /** Which records of a kind the caller may read; undefined when all. */
  visibility(kind: RecordKind): ((record: PortalRecord) => boolean) | undefined;
  methodNames(): string[];
}

export interface MethodAnswer {
  result: unknown;
  total?: number;
  next?: number;
}

export interface Method {
  name: string;
  /** Scope the caller needs; null for what everybody may call. */
  scope: string | null;
  run(parameters: Parameters, context: CallContext): MethodAnswer;
}

/** A method that answers with a result alone. */
export function method(
  name: string,
  scope: string | null,
  run: (parameters: Parameters, context: CallContext) => unknown,
): Method {
  return { name, scope, run: (parameters, context) => ({ result: run(parameters, context) }) };
}

/** A method that lists: its answer carries counts. */
export function listMethod(
  name: string,
  scope: string | null,
  run: (parameters: Parameters, context: CallContext) => MethodAnswer,
): Method {
  return { name, scope, run };
}
