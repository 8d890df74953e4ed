import { Fragment } from 'react';
import type { ReactNode } from 'react';
import classes from './stage-bars.module.css';
import { StageName, toneOf } from './stage-names.js';
import type { StageRef } from './stage-names.js';

export type StageBar = {
  stage: StageRef;
  /** What the bar's length stands for. */
  size: number;
  /** The number, as a link. */
  figure: ReactNode;
  /** Beside the number: a sum, an overall rate. */
  detail?: ReactNode;
  /** Between this bar and the next one: the rate of the step. */
  step?: ReactNode;
};

type StageBarsProps = {
  bars: readonly StageBar[];
  label: string;
  /** `funnel`: one population narrowing from stage to stage, centred and joined; `bars`: separate amounts. */
  shape: 'bars' | 'funnel';
};

const SMALLEST_PERCENT = 0.6;

function widthOf(size: number, largest: number): number {
  if (size <= 0 || largest <= 0) return 0;
  return Math.max(SMALLEST_PERCENT, (size / largest) * 100);
}

/** The funnel as horizontal bars by stage. The bars are for the eye; the list holds the same as text and links. */
export function StageBars({ bars, label, shape }: StageBarsProps) {
  const largest = Math.max(1, ...bars.map((bar) => bar.size));
  return (
    <ol className={classes.bars} data-shape={shape} aria-label={label}>
      {bars.map((bar, at) => {
        const width = widthOf(bar.size, largest);
        const next = bars[at + 1];
        return (
          <Fragment key={bar.stage.stageId}>
            <li className={classes.row} data-tone={toneOf(bar.stage)}>
              <span className={classes.name}>
                <StageName stage={{ ...bar.stage, meaning: null }} />
              </span>
              <span className={classes.track} aria-hidden>
                <span className={classes.bar} style={{ width: `${width}%` }} />
              </span>
              <span className={classes.figures}>
                <span className={classes.figure}>{bar.figure}</span>
                {bar.detail !== undefined && <span className={classes.detail}>{bar.detail}</span>}
              </span>
            </li>
            {next !== undefined && bar.step !== undefined && (
              <li className={classes.step}>
                {shape === 'funnel' && (
                  <span
                    className={classes.joint}
                    aria-hidden
                    style={{ clipPath: jointShape(width, widthOf(next.size, largest)) }}
                  />
                )}
                <span className={classes.stepText}>{bar.step}</span>
              </li>
            )}
          </Fragment>
        );
      })}
    </ol>
  );
}

function jointShape(above: number, below: number): string {
  const corners = [
    `${50 - above / 2}% 0`,
    `${50 + above / 2}% 0`,
    `${50 + below / 2}% 100%`,
    `${50 - below / 2}% 100%`,
  ];
  return `polygon(${corners.join(', ')})`;
}
