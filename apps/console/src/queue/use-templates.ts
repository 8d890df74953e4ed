import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api, doneOf } from '../api/client.js';
import type { FeedbackTemplate } from '../api/schema.js';
import { foldText } from '../people/people-list.js';

const key = (portalId: string) => ['templates', portalId] as const;

/** Words for feedback that the portal's curators share. */
export function useTemplates(portalId: string) {
  return useQuery({
    queryKey: key(portalId),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/feedback-templates', { params: { path: { portalId } }, signal })),
    select: (list) => list.items,
    staleTime: 30_000,
  });
}

/** Makes, changes and removes templates. */
export function useManageTemplates(portalId: string) {
  const queries = useQueryClient();
  const onSettled = () => queries.invalidateQueries({ queryKey: key(portalId) });
  return {
    save: useMutation({
      mutationFn: ({ templateId, ...body }: FeedbackTemplate) =>
        answerOf(
          api.PUT('/api/v1/portals/{portalId}/feedback-templates/{templateId}', {
            params: { path: { portalId, templateId } },
            body,
          }),
        ),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (templateId: string) =>
        doneOf(
          api.DELETE('/api/v1/portals/{portalId}/feedback-templates/{templateId}', {
            params: { path: { portalId, templateId } },
          }),
        ),
      onSettled,
    }),
  };
}

/** Templates for a rule: those of the rule first, then those for any, that hold every word looked for. */
export function templatesFor(
  templates: readonly FeedbackTemplate[],
  ruleId: string,
  wanted: string,
): readonly FeedbackTemplate[] {
  const words = foldText(wanted).split(/\s+/u).filter(Boolean);
  return templates
    .filter((each) => each.ruleId === '' || each.ruleId === ruleId)
    .filter(({ name, body }) => words.every((word) => foldText(`${name} ${body}`).includes(word)))
    .sort((left, right) => Number(left.ruleId === '') - Number(right.ruleId === ''));
}
