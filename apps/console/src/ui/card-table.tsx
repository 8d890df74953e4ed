import type { ReactNode } from 'react';
import classes from './card-table.module.css';

/**
 * A table whose rows become cards in a narrow window. Cells carry `data-label`, the name of their column; `data-main`
 * the one that stands on top, `data-actions` the one with buttons.
 */
export function CardTable({
  label,
  children,
  isDense = false,
}: {
  label: string;
  children: ReactNode;
  isDense?: boolean;
}) {
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table} data-dense={isDense || undefined}>
        {children}
      </table>
    </div>
  );
}
