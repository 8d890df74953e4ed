import { NumberInput, Select, Switch } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { answerOf, api } from '../api/client.js';
import type { PositiveNotes } from '../api/schema.js';
import { useSpeech } from '../i18n/i18n.js';
import { ProblemNote } from '../portals/problem-note.js';
import { Panel } from '../ui/panel.js';
import { ErrorState, TableSkeleton } from '../ui/states.js';
import classes from './good-words-panel.module.css';

const MOST_CHECKS = 1000;
const ways = ['notification', 'task'] as const;

const key = (portalId: string) => ['cases', portalId, 'positive-notes'];

/** Whether employees are told of a week without a violation, from how many checks on, and how. */
export function GoodWordsPanel({ portalId, mayManage }: { portalId: string; mayManage: boolean }) {
  const { t } = useSpeech();
  const notes = useQuery({
    queryKey: key(portalId),
    queryFn: ({ signal }) =>
      answerOf(api.GET('/api/v1/portals/{portalId}/positive-notes', { params: { path: { portalId } }, signal })),
  });
  return (
    <Panel title={t('goodWords.title')} note={t('goodWords.note')}>
      {notes.data === undefined ? (
        notes.isError ? (
          <ErrorState error={notes.error} retry={() => void notes.refetch()} />
        ) : (
          <TableSkeleton rows={2} />
        )
      ) : (
        <Settings portalId={portalId} mayManage={mayManage} notes={notes.data} />
      )}
    </Panel>
  );
}

type SettingsProps = { portalId: string; mayManage: boolean; notes: PositiveNotes };

function Settings({ portalId, mayManage, notes }: SettingsProps) {
  const { t } = useSpeech();
  const queries = useQueryClient();
  const change = useMutation({
    mutationFn: (body: PositiveNotes) =>
      answerOf(api.PUT('/api/v1/portals/{portalId}/positive-notes', { params: { path: { portalId } }, body })),
    // What was decided is shown at once: the read model may be a moment behind.
    onSuccess: (_answer, body) => queries.setQueryData(key(portalId), body),
  });
  const set = (body: Partial<PositiveNotes>) => change.mutate({ ...notes, ...body });
  const isFixed = !mayManage || change.isPending;
  return (
    <div className={classes.settings}>
      <Switch
        checked={notes.isOn}
        disabled={isFixed}
        label={t('goodWords.switch')}
        description={t(notes.isOn ? 'goodWords.on' : 'goodWords.off')}
        onChange={({ currentTarget }) => set({ isOn: currentTarget.checked })}
      />
      <NumberInput
        key={notes.leastChecks}
        size="xs"
        className={classes.least ?? ''}
        label={t('goodWords.least')}
        defaultValue={notes.leastChecks}
        min={1}
        max={MOST_CHECKS}
        allowDecimal={false}
        clampBehavior="strict"
        disabled={isFixed}
        onBlur={({ currentTarget }) => {
          const leastChecks = Number(currentTarget.value);
          if (leastChecks >= 1 && leastChecks !== notes.leastChecks) set({ leastChecks });
        }}
      />
      <Select
        size="xs"
        label={t('goodWords.channel')}
        data={ways.map((way) => ({ value: way, label: t(`channel.${way}`) }))}
        value={notes.channel}
        allowDeselect={false}
        disabled={isFixed}
        onChange={(value) => set({ channel: value === 'task' ? 'task' : 'notification' })}
      />
      {change.error !== null && <ProblemNote error={change.error} />}
    </div>
  );
}
