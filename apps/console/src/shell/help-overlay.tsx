import { Modal } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { MessageKey } from '../i18n/i18n.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './help-overlay.module.css';

type Group = { says: MessageKey; keys: readonly { keys: readonly string[]; says: MessageKey }[] };

const groups: readonly Group[] = [
  {
    says: 'help.group.everywhere',
    keys: [
      { keys: ['?'], says: 'help.help' },
      { keys: ['G', 'F'], says: 'help.funnel' },
      { keys: ['G', 'L'], says: 'help.plan' },
      { keys: ['G', 'Y'], says: 'help.pay' },
      { keys: ['G', 'Q'], says: 'help.queue' },
      { keys: ['G', 'R'], says: 'help.rules' },
      { keys: ['G', 'V'], says: 'help.discipline' },
      { keys: ['G', 'K'], says: 'help.quality' },
      { keys: ['G', 'U'], says: 'help.people' },
      { keys: ['G', 'P'], says: 'help.portals' },
      { keys: ['G', 'H'], says: 'help.fleet' },
      { keys: ['G', 'O'], says: 'help.operations' },
      { keys: ['J'], says: 'help.next' },
      { keys: ['K'], says: 'help.previous' },
      { keys: ['Esc'], says: 'help.close' },
    ],
  },
  {
    says: 'help.group.funnel',
    keys: [
      { keys: ['1'], says: 'help.now' },
      { keys: ['2'], says: 'help.flow' },
      { keys: ['3'], says: 'help.cohort' },
      { keys: ['T'], says: 'help.moment' },
      { keys: ['N'], says: 'help.toNow' },
      { keys: ['/'], says: 'help.pipeline' },
      { keys: ['Enter'], says: 'help.open' },
    ],
  },
  {
    says: 'help.group.queue',
    keys: [
      { keys: ['Enter'], says: 'help.queue.open' },
      { keys: ['1', '2', '3', '4'], says: 'help.queue.verdicts' },
      { keys: ['Z'], says: 'help.queue.undo' },
      { keys: ['H'], says: 'help.queue.snooze' },
      { keys: ['A'], says: 'help.queue.assign' },
      { keys: ['D'], says: 'help.queue.merge' },
      { keys: ['E'], says: 'help.queue.close' },
      { keys: ['M'], says: 'help.queue.template' },
      { keys: ['F'], says: 'help.queue.feedback' },
      { keys: ['X'], says: 'help.queue.select' },
      { keys: ['Shift', 'X'], says: 'help.queue.range' },
      { keys: ['/'], says: 'help.queue.find' },
      { keys: ['G', 'Q W D S'], says: 'help.queue.lanes' },
      { keys: ['G', 'B C E'], says: 'help.queue.furtherLanes' },
      { keys: ['G', 'I X N'], says: 'help.queue.lastLanes' },
    ],
  },
  {
    says: 'help.group.plan',
    keys: [
      { keys: ['1', '2'], says: 'help.plan.views' },
      { keys: ['[', ']'], says: 'help.plan.months' },
      { keys: ['C'], says: 'help.plan.new' },
    ],
  },
  {
    says: 'help.pay',
    keys: [
      { keys: ['1', '2'], says: 'help.pay.views' },
      { keys: ['[', ']'], says: 'help.plan.months' },
      { keys: ['C'], says: 'help.pay.new' },
    ],
  },
  {
    says: 'help.group.discipline',
    keys: [{ keys: ['1', '2', '3'], says: 'help.discipline.views' }],
  },
  {
    says: 'help.group.quality',
    keys: [
      { keys: ['Shift', '1 … 5'], says: 'help.quality.tabs' },
      { keys: ['1', '2', '3'], says: 'help.quality.verdict' },
      { keys: ['0 … 5'], says: 'help.quality.points' },
      { keys: ['N'], says: 'help.quality.none' },
      { keys: ['Enter'], says: 'help.quality.give' },
    ],
  },
];

/** What the keys do. */
export function HelpOverlay({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useSpeech();
  const isNarrow = useMediaQuery('(max-width: 860px)') ?? false;
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('help.title')}
      size="xl"
      fullScreen={isNarrow}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group.says}>
            <h3 className={classes.title}>{t(group.says)}</h3>
            <dl className={classes.keys}>
              {group.keys.map((each) => (
                <div key={each.says} className={classes.row}>
                  <dt>
                    {each.keys.map((key) => (
                      <kbd key={key} className={classes.key}>
                        {key}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{t(each.says)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className={classes.note}>{t('help.layout')}</p>
    </Modal>
  );
}
