import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { z } from 'zod';

/**
 * Named zod schemas (`.meta({ id })`) become components and are referred to, instead of being repeated inline.
 */
function toOpenApi(schema: unknown, { schemaType }: { schemaType: 'input' | 'output' }) {
  if (!(schema instanceof z.ZodType)) return undefined;
  const {
    $schema: _,
    definitions,
    ...converted
  } = z.toJSONSchema(schema, {
    target: 'openapi-3.0',
    io: schemaType,
    override: ({ jsonSchema }) => {
      // Zod writes the bounds of safe integers into every integer: noise for a reader.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
    },
  });
  const components = Object.fromEntries(
    Object.entries((definitions ?? {}) as Record<string, object>).map(([name, definition]) => [
      name,
      withoutId(definition),
    ]),
  );
  return { schema: withoutId(converted), components };
}

function withoutId(schema: object): object {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== 'id'));
}

/** The OpenAPI document of the application, the same as /docs/openapi.json shows. */
export function openApiDocument(application: INestApplication): OpenAPIObject {
  const description = new DocumentBuilder()
    .setTitle('Funnelwatch')
    .setDescription(
      'The true sales funnel of Bitrix24 portals. Failures are application/problem+json with stable codes; amounts are integer kopecks as decimal strings; instants are UTC; positions are bucket:position.',
    )
    .setVersion('1')
    .build();
  const document = SwaggerModule.createDocument(application, description, { standardSchemaConverter: toOpenApi });
  for (const path of Object.values(document.paths)) {
    for (const operation of Object.values(path) as {
      responses?: Record<string, { content?: Record<string, unknown> }>;
    }[]) {
      const failure = operation.responses?.['default'];
      const content = Object.values(failure?.content ?? {})[0];
      if (failure && content) failure.content = { 'application/problem+json': content };
    }
  }
  return document;
}
