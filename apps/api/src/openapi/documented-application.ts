import { type INestApplication, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { ChangeStream } from '../changes/change-stream.js';
import { controllers } from '../controllers.js';
import { PortalDirectory } from '../portals/portal-directory.js';

@Module({
  imports: [CqrsModule],
  controllers,
  providers: [
    { provide: ChangeStream, useValue: null },
    { provide: PortalDirectory, useValue: null },
  ],
})
class DocumentedModule {}

/** The routes without what answers them: enough to describe the API, no database needed. */
export async function documentedApplication(): Promise<INestApplication> {
  return NestFactory.create(DocumentedModule, { logger: false });
}
