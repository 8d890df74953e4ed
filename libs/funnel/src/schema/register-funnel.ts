import { registerFirstGeneration } from '@funnelwatch/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tables that exist are the first generation of the read model. */
export class RegisterFunnel1795830000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(registerFirstGeneration('funnel', 'funnel_v1', 'funnel_v1'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DELETE FROM log.projection_version WHERE projection = 'funnel'`);
  }
}
