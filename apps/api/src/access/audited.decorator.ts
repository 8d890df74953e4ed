import { SetMetadata } from '@nestjs/common';

export const auditKey = 'funnelwatch:audit';

/** Records the outcome of a route under a name, `noun.verb`; every route that changes something has one. */
export const Audited = (action: string): MethodDecorator => SetMetadata(auditKey, action);
