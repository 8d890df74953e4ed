import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { CaseRow, FeedbackChannel, SendFeedback } from '../api/schema.js';
import { cardQuery } from '../queue/use-cases.js';
import { recall, remember } from '../shell/browser-memory.js';
import { enabledChannels, verdictChannel } from './channels.js';
import type { VerdictChannel } from './channels.js';
import { goesWithVerdict } from './message-standing.js';
import { useChannels } from './use-feedback.js';

export type VerdictFeedback = {
  /** Channels that are on; empty where nothing can be sent, and while that is not known. */
  enabled: readonly FeedbackChannel[];
  isKnown: boolean;
  channel: VerdictChannel;
  choose: (channel: VerdictChannel) => void;
  /** What is to be sent along with the verdict `real` on a case; null for nothing. */
  with: (row: CaseRow, words: string | null) => SendFeedback | null;
};

/** What goes to the employee along with a verdict, as this browser last chose for the portal. */
export function useVerdictFeedback(portalId: string, mayJudge: boolean): VerdictFeedback {
  const queries = useQueryClient();
  const settings = useChannels(portalId, mayJudge).data;
  const memory = `feedback-with-verdict.${portalId}`;
  const [chosen, setChosen] = useState<{ memory: string; channel: string | null }>({ memory, channel: recall(memory) });
  const wanted = chosen.memory === memory ? chosen.channel : recall(memory);
  return useMemo(() => {
    const channel = verdictChannel(settings ?? [], wanted);
    return {
      enabled: enabledChannels(settings ?? []),
      isKnown: settings !== undefined,
      channel,
      choose: (next) => {
        remember(memory, next);
        setChosen({ memory, channel: next });
      },
      with: (row, words) => {
        if (channel === 'none') return null;
        const said = queries.getQueryData(cardQuery(portalId, row.caseId).queryKey)?.feedback ?? [];
        if (!goesWithVerdict(row, said)) return null;
        return { channel, to: 'responsible', ...(words === null ? {} : { text: words }) };
      },
    };
  }, [queries, portalId, settings, memory, wanted]);
}
