import { type DynamicModule, Module } from '@nestjs/common';
import { type CuratorParts, curatorParts } from './curator-parts.js';
import { CuratorService } from './curator.service.js';

@Module({})
export class CuratorModule {
  static of(parts: CuratorParts): DynamicModule {
    return { module: CuratorModule, providers: [{ provide: curatorParts, useValue: parts }, CuratorService] };
  }
}
