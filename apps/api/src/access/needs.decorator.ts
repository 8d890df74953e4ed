import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Permission } from '@funnelwatch/identity-contracts';

/** `public`: nobody need be signed in. `signed-in`: anybody who is. Otherwise who has the permission. */
export type Need = Permission | 'public' | 'signed-in';

export const needKey = 'funnelwatch:need';

/** States who may use a route. A route without it is refused to everybody. */
export const Needs = (need: Need): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(needKey, need), ApiExtension('x-needs', need));
