import { SetMetadata } from '@nestjs/common';

export const readsFromKey = 'funnelwatch:readsFrom';

/** States which read model the answers of a route come from, for `minPosition`; the funnel's unless stated. */
export const ReadsFrom = (projection: string): ClassDecorator & MethodDecorator =>
  SetMetadata(readsFromKey, projection);
