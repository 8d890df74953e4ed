import { Menu, UnstyledButton } from '@mantine/core';
import { describeProblem } from '../api/problem.js';
import { useSpeech } from '../i18n/i18n.js';
import { isPast, useMoment } from '../moment/moment.js';
import { useAccess } from '../session/use-me.js';
import { ChevronIcon } from '../ui/icons.js';
import { meaningName, meanings } from './stage-names.js';
import type { StageRef } from './stage-names.js';
import classes from './stage-meaning.module.css';
import { useMapStageMeaning } from './use-map-stage-meaning.js';

/** Stands for "no meaning" in the menu, whose values are texts. */
const NONE = 'none';

type StageMeaningProps = { portalId: string; pipelineId: string; stage: StageRef };

/** What a stage means to the business, and a way to decide it. */
export function StageMeaning({ portalId, pipelineId, stage }: StageMeaningProps) {
  const { t, language } = useSpeech();
  const past = isPast(useMoment());
  const mayDecide = useAccess().may('configuration.change', portalId);
  const map = useMapStageMeaning(portalId, pipelineId);
  const shown = map.isPending ? map.variables.meaning : stage.meaning;
  const name = shown === null ? t('meaning.none') : meaningName(shown, t);
  const problem = map.isError ? describeProblem(map.error, language, t) : null;
  // What a stage meant is only looked at: a decision is made about now.
  if (past || !mayDecide) return <span data-none={shown === null || undefined}>{name}</span>;
  return (
    <>
      <Menu position="bottom-start" shadow="md">
        <Menu.Target>
          <UnstyledButton
            className={classes.button}
            data-none={shown === null || undefined}
            aria-label={t('meaning.of', { stage: stage.name, meaning: name })}
          >
            {name} <ChevronIcon />
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('meaning.label')}</Menu.Label>
          <Menu.RadioGroup
            value={shown ?? NONE}
            onChange={(value) => map.mutate({ stageId: stage.stageId, meaning: value === NONE ? null : value })}
          >
            <Menu.RadioItem value={NONE} closeMenuOnClick>
              {t('meaning.none')}
            </Menu.RadioItem>
            {Object.keys(meanings).map((meaning) => (
              <Menu.RadioItem key={meaning} value={meaning} closeMenuOnClick>
                {meaningName(meaning, t)}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      {problem !== null && (
        <span className={classes.problem} role="alert">
          {problem.sentence}
        </span>
      )}
    </>
  );
}
