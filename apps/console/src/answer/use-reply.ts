import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import { ApiProblem } from '../api/problem.js';
import type { CaseAnswer } from '../api/schema.js';
import { isAnswerToken } from './reply-standing.js';

const keyOf = (token: string) => ['answer', token] as const;

/** What a link in a message is about. */
export function useAskedAbout(token: string) {
  return useQuery({
    queryKey: keyOf(token),
    queryFn: ({ signal }) =>
      isAnswerToken(token)
        ? answerOf(api.POST('/api/v1/answers/inspect', { body: { token }, signal }))
        : Promise.reject(new ApiProblem(404, 'LINK_UNKNOWN', '', null, [])),
    // What was read must not change under the finger of somebody who is about to answer.
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
}

/** Answers by the link, and says why where somebody wants to. */
export function useReply(token: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ answer, comment }: { answer: CaseAnswer; comment?: string }) =>
      answerOf(api.POST('/api/v1/answers', { body: { token, answer, ...(comment === undefined ? {} : { comment }) } })),
    onSuccess: (page) => queries.setQueryData(keyOf(token), page),
  });
}
