import { type DynamicModule, Module } from '@nestjs/common';
import { type IngestParts, ingestParts } from './ingest-parts.js';
import { PortalWatch } from './portal-watch.service.js';

@Module({})
export class IngestModule {
  static of(parts: IngestParts): DynamicModule {
    return { module: IngestModule, providers: [{ provide: ingestParts, useValue: parts }, PortalWatch] };
  }
}
