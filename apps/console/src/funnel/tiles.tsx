import type { ReactNode } from 'react';
import classes from './tiles.module.css';

export type Tile = { label: string; value: ReactNode; detail?: ReactNode };

/** The few numbers one looks at first. */
export function Tiles({ tiles, label }: { tiles: readonly Tile[]; label: string }) {
  return (
    <dl className={classes.tiles} aria-label={label}>
      {tiles.map((tile) => (
        <div key={tile.label} className={classes.tile}>
          <dt className={classes.label}>{tile.label}</dt>
          <dd className={classes.value}>{tile.value}</dd>
          {tile.detail !== undefined && <dd className={classes.detail}>{tile.detail}</dd>}
        </div>
      ))}
    </dl>
  );
}
