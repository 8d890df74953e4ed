import { Inject, Injectable } from '@nestjs/common';
import type { FunnelReader, FunnelScope } from '@funnelwatch/funnel';
import pg from 'pg';
import { funnelReader } from '../funnel/funnel-reader.token.js';
import { People } from '../people/people.js';
import { Labels } from './labels.js';

/** Reads what the portal calls its people, pipelines, stages and sources. */
@Injectable()
export class LabelReader {
  constructor(
    @Inject(funnelReader) private readonly reader: FunnelReader,
    private readonly people: People,
    private readonly pool: pg.Pool,
  ) {}

  async of(scope: FunnelScope): Promise<Labels> {
    const [persons, pipelines, sources] = await Promise.all([
      this.people.names(scope),
      this.reader.pipelines(scope),
      this.pool.query<{ id: string; name: string }>(
        `SELECT entry_id AS id, name FROM read.dictionary_entry
          WHERE bucket = $1 AND portal_id = $2 AND dictionary = 'SOURCE'`,
        [scope.bucket, scope.portalId],
      ),
    ]);
    return new Labels(persons, pipelines, new Map(sources.rows.map(({ id, name }) => [id, name])));
  }
}
