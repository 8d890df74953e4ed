import { useId } from 'react';
import type { ReactNode } from 'react';
import classes from './panel.module.css';

type PanelProps = {
  title: string;
  /** One line under the title: which definition, which window. */
  note?: ReactNode;
  /** Right of the title: freshness, switches. */
  aside?: ReactNode;
  children: ReactNode;
  /** The content brings its own padding (tables that touch the edges). */
  flush?: boolean;
  id?: string;
};

/** A titled card; every group of figures stands in one. */
export function Panel({ title, note, aside, children, flush = false, id }: PanelProps) {
  const titleId = useId();
  return (
    <section className={classes.panel} aria-labelledby={titleId} id={id}>
      <header className={classes.head}>
        <div className={classes.titles}>
          <h2 id={titleId} className={classes.title}>
            {title}
          </h2>
          {note !== undefined && <div className={classes.note}>{note}</div>}
        </div>
        {aside !== undefined && <div className={classes.aside}>{aside}</div>}
      </header>
      <div className={flush ? classes.flush : classes.body}>{children}</div>
    </section>
  );
}
