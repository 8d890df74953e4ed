import { Modal } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { FeedbackChannel, ListedCase } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { recordText } from '../queue/case-words.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './send-dialog.module.css';
import { useFeedbackPreview } from './use-feedback.js';
import { Written } from './written.js';

type SampleDialogProps = { portalId: string; channel: FeedbackChannel; onClose: () => void };

/** A message as it would be written about the case that stands first in the queue. */
export function SampleDialog({ portalId, channel, onClose }: SampleDialogProps) {
  const { t } = useSpeech();
  const first = useFirstCase(portalId);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('sample.title', { name: t(`channel.${channel}`) })}
      closeButtonProps={{ 'aria-label': t('close') }}
      size="lg"
      centered
    >
      {first.data === undefined ? (
        first.isError ? (
          <ErrorState error={first.error} retry={() => void first.refetch()} />
        ) : (
          <TableSkeleton rows={4} />
        )
      ) : first.data === null ? (
        <p className={classes.soft}>{t('sample.none')}</p>
      ) : (
        <Sample portalId={portalId} channel={channel} row={first.data} />
      )}
    </Modal>
  );
}

function Sample({ portalId, channel, row }: Omit<SampleDialogProps, 'onClose'> & { row: ListedCase }) {
  const { t } = useSpeech();
  const preview = useFeedbackPreview(portalId, row.caseId, { channel, to: 'responsible' });
  if (preview.data === undefined) {
    return preview.isError ? (
      <ErrorState error={preview.error} retry={() => void preview.refetch()} />
    ) : (
      <TableSkeleton rows={4} />
    );
  }
  return (
    <div className={classes.form}>
      <p className={classes.soft}>{t('sample.of', { record: recordText(row.about, t) })}</p>
      <Written text={preview.data.written} className={classes.written} />
    </div>
  );
}

/** The case that is looked at first; null where the queue is empty. */
function useFirstCase(portalId: string) {
  return useQuery({
    queryKey: ['feedback', portalId, 'sample'],
    queryFn: async ({ signal }) => {
      const { items } = await answerOf(
        api.GET('/api/v1/portals/{portalId}/cases', {
          params: { path: { portalId }, query: { lane: 'queue', limit: 20 } },
          signal,
        }),
      );
      return items.find(({ responsible }) => responsible !== null) ?? null;
    },
  });
}
