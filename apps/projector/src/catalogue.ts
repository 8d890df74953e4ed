import { captureEvents } from '@funnelwatch/capture-contracts';
import { curationEvents } from '@funnelwatch/curation';
import { catalogueOf, erasureEvents } from '@funnelwatch/event-log';
import { funnelEvents } from '@funnelwatch/funnel';
import { motivationEvents } from '@funnelwatch/motivation';
import { planEvents } from '@funnelwatch/plan';

/** Every event type that the log may hold. A context that appends events of its own is named here. */
export const catalogue = catalogueOf(
  captureEvents,
  funnelEvents,
  curationEvents,
  planEvents,
  motivationEvents,
  erasureEvents,
);
