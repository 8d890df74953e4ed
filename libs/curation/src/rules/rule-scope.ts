import { z } from 'zod';
import type { SubjectKind } from './rule.js';

/** An empty list would leave everything out, which nobody can want. */
const ids = z.array(z.string().min(1).max(60)).min(1).max(500);

export const scopeSchema = z.strictObject({
  /** `deal:0`. */
  pipelines: ids.optional(),
  /** Ids of stages. */
  stages: ids.optional(),
  /** With those below them. */
  departments: ids.optional(),
  /** Users of the portal. */
  users: ids.optional(),
  /** Episodes that begin earlier are no cases: `YYYY-MM-DD` in the portal's zone. */
  from: z.iso.date().optional(),
});
/** Where a rule applies, by what is so when an episode begins; a list that is not there leaves everything in. */
export type RuleScope = z.infer<typeof scopeSchema>;

const inPipelines: ReadonlySet<SubjectKind> = new Set<SubjectKind>(['lead', 'deal', 'invoice']);

/** Why a rule about these subjects cannot have a scope; null when it can. */
export function faultOfScope(
  on: readonly SubjectKind[],
  { pipelines, stages, departments, users }: RuleScope,
): string | null {
  const outside = on.find((kind) => !inPipelines.has(kind));
  if ((pipelines || stages) && outside !== undefined) {
    return `it is about records of the kind ${outside}, which are in no pipeline and no stage.`;
  }
  if ((departments || users) && on.includes('portal')) return 'it is about the portal, which is nobody’s.';
  return null;
}

/** Whether a scope leaves nothing out. */
export const isEverywhere = (scope: RuleScope): boolean => Object.values(scope).every((each) => each === undefined);

/** A scope as far as a rule about these subjects can have one: it was set when the rule was about others. */
export const fittingScope = (on: readonly SubjectKind[], scope: RuleScope): RuleScope =>
  faultOfScope(on, scope) === null ? scope : {};
