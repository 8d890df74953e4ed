import { Link } from '@tanstack/react-router';
import { useAccess } from '../session/use-me.js';
import classes from './portal-link.module.css';

/** The name of a portal that leads to its page: the funnel, or its card where figures may not be seen. */
export function PortalLink({ portalId, name }: { portalId: string; name: string }) {
  const maySeeFigures = useAccess().may('figures.read', portalId);
  return maySeeFigures ? (
    <Link to="/portals/$portalId/funnel" params={{ portalId }} className={classes.name}>
      {name}
    </Link>
  ) : (
    <Link to="/portals" className={classes.name}>
      {name}
    </Link>
  );
}
