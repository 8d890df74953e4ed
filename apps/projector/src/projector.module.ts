import { type DynamicModule, Module } from '@nestjs/common';
import { type ProjectorParts, projectorParts } from './projector-parts.js';
import { ProjectorService } from './projector.service.js';

@Module({})
export class ProjectorModule {
  static of(parts: ProjectorParts): DynamicModule {
    return { module: ProjectorModule, providers: [{ provide: projectorParts, useValue: parts }, ProjectorService] };
  }
}
