import { z } from 'zod';

/** What is wrong with a rule, and where. */
export const ruleFaultSchema = z
  .object({
    path: z.string().meta({ example: 'when' }),
    message: z.string(),
    line: z.number().int().optional(),
    column: z.number().int().optional(),
    suggestions: z.array(z.string()).optional().meta({ description: 'What may have been meant' }),
  })
  .meta({ id: 'RuleFault' });

/** RFC 9457 problem details. `code` is stable and meant for programs, `detail` is a sentence for people. */
export const problemSchema = z
  .object({
    type: z.string().meta({ example: 'urn:funnelwatch:problem:invalid-request' }),
    title: z.string(),
    status: z.number().int(),
    code: z.string().meta({ example: 'INVALID_REQUEST' }),
    detail: z.string(),
    instance: z.string(),
    progress: z
      .object({ done: z.number().int(), total: z.number().int() })
      .optional()
      .meta({ description: 'Only while something is prepared: how far that is' }),
    errorId: z.string().optional().meta({ description: 'Only for unexpected failures: what to look for in the log' }),
    errors: z
      .array(z.object({ field: z.string(), message: z.string() }))
      .optional()
      .meta({ description: 'Only for invalid requests: which field is wrong and why' }),
    faults: z
      .array(ruleFaultSchema)
      .optional()
      .meta({ description: 'Only for rules that cannot be used: everything that is wrong, by line and column' }),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
