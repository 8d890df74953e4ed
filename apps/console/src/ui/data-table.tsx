import type { ReactNode } from 'react';
import classes from './table.module.css';

/** A table that scrolls sideways in a narrow window while its first column stays. */
export function DataTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    // A region that scrolls must be reachable with the keyboard.
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.table}>{children}</table>
    </div>
  );
}
