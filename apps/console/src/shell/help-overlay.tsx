import { Modal } from '@mantine/core';
import type { MessageKey } from '../i18n/i18n.js';
import { useSpeech } from '../i18n/i18n.js';
import classes from './help-overlay.module.css';

const keys: readonly { keys: readonly string[]; says: MessageKey }[] = [
  { keys: ['?'], says: 'help.help' },
  { keys: ['G', 'P'], says: 'help.portals' },
  { keys: ['G', 'F'], says: 'help.funnel' },
  { keys: ['G', 'U'], says: 'help.people' },
  { keys: ['G', 'H'], says: 'help.fleet' },
  { keys: ['G', 'O'], says: 'help.operations' },
  { keys: ['1'], says: 'help.now' },
  { keys: ['2'], says: 'help.flow' },
  { keys: ['3'], says: 'help.cohort' },
  { keys: ['T'], says: 'help.moment' },
  { keys: ['N'], says: 'help.toNow' },
  { keys: ['/'], says: 'help.pipeline' },
  { keys: ['J'], says: 'help.next' },
  { keys: ['K'], says: 'help.previous' },
  { keys: ['Enter'], says: 'help.open' },
  { keys: ['Esc'], says: 'help.close' },
];

/** What the keys do. */
export function HelpOverlay({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useSpeech();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('help.title')}
      size="sm"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <dl className={classes.keys}>
        {keys.map((each) => (
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
      <p className={classes.note}>{t('help.layout')}</p>
    </Modal>
  );
}
