import { Menu, UnstyledButton } from '@mantine/core';
import { memo } from 'react';
import type { CaseLane, CaseSummary } from '../api/schema.js';
import { formatCount } from '../format/numbers.js';
import { useSpeech } from '../i18n/i18n.js';
import { ChevronIcon } from '../ui/icons.js';
import { furtherLanes, laneLetters, mainLanes } from './lanes.js';
import classes from './queue-page.module.css';

type LaneTabsProps = { lane: CaseLane; summary: CaseSummary | undefined; onLane: (lane: CaseLane) => void };

/** Parts of the queue with their sizes; those used less stand in a menu. */
export const LaneTabs = memo(function LaneTabs({ lane, summary, onLane }: LaneTabsProps) {
  const { t } = useSpeech();
  const further = furtherLanes.find((each) => each === lane);
  const count = (each: CaseLane) => formatCount(summary?.lanes[each] ?? 0);
  return (
    <div className={classes.lanes} role="tablist" aria-label={t('queue.lanes')}>
      {mainLanes.map((each) => (
        <UnstyledButton
          key={each}
          role="tab"
          aria-selected={each === lane}
          className={classes.lane}
          title={`${t(`lane.${each}.does`)} · G ${laneLetters[each]}`}
          onClick={() => onLane(each)}
        >
          {t(`lane.${each}`)} <span className={classes.count}>{count(each)}</span>
        </UnstyledButton>
      ))}
      <Menu position="bottom-end" shadow="md" width={300}>
        <Menu.Target>
          <UnstyledButton className={classes.lane} aria-selected={further !== undefined} role="tab">
            {further === undefined ? (
              t('lane.more')
            ) : (
              <>
                {t(`lane.${further}`)}{' '}
                {further !== 'violations' && <span className={classes.count}>{count(further)}</span>}
              </>
            )}{' '}
            <ChevronIcon />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          {furtherLanes.map((each) => (
            <Menu.Item
              key={each}
              onClick={() => onLane(each)}
              rightSection={<span className={classes.count}>{count(each)}</span>}
            >
              {t(`lane.${each}`)}
              <span className={classes.does}>{t(`lane.${each}.does`)}</span>
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
});
