import type { ReactNode } from 'react';
import classes from './page-head.module.css';

type PageHeadProps = {
  title: string;
  /** One sentence under the title: what the page is for. */
  lead: string;
  /** Right of the title: what is chosen and done. */
  children: ReactNode;
};

/** The title of a page with what belongs beside it. */
export function PageHead({ title, lead, children }: PageHeadProps) {
  return (
    <header className={classes.head}>
      <div className={classes.titles}>
        <h1 className={classes.title}>{title}</h1>
        <p className={classes.lead}>{lead}</p>
      </div>
      {children}
    </header>
  );
}
