import { registerFirstGeneration } from '@funnelwatch/event-log';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AddBacktestScope1796000000001 } from './add-backtest-scope.js';
import { HearChannels1796100000001 } from './hear-channels.js';
import { AddBacktestPeriod1795890000001 } from './add-backtest-period.js';
import { casesByPerson, curationIndexes, curationTables, curationViewNames, curationViews } from './curation-tables.js';
import { deskTables } from './desk-tables.js';
import { judgeTables } from './judge-tables.js';
import { CoachPeople1795840000003 } from './coach-people.js';
import { IndexCasesByDecision1796480000001 } from './index-cases-by-decision.js';
import { IndexCasesByStart1796400000001 } from './index-cases-by-start.js';
import { NameSuccessors1795840000002 } from './name-successors.js';

/** Facts for rules, the queue of cases, and the state of judging. */
class CreateCuration1795840000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      'CREATE SCHEMA IF NOT EXISTS read',
      'CREATE SCHEMA curation_v1',
      ...curationTables('curation_v1'),
      ...curationIndexes('curation_v1'),
      casesByPerson('curation_v1'),
      ...curationViews('read', 'curation_v1', curationViewNames),
      registerFirstGeneration('curation', 'curation_v1', 'curation_v1'),
      ...judgeTables,
      ...deskTables,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const view of [...curationViewNames].reverse()) await runner.query(`DROP VIEW read.${view}`);
    await runner.query('DROP SCHEMA curation_v1 CASCADE');
    await runner.query('DROP SCHEMA desk CASCADE');
    await runner.query('DROP SCHEMA judge CASCADE');
    await runner.query(`DELETE FROM log.projection_version WHERE projection = 'curation'`);
  }
}

/** Migrations of curation, in order; they need those of the event log. */
export const curationMigrations = [
  CreateCuration1795840000001,
  NameSuccessors1795840000002,
  CoachPeople1795840000003,
  AddBacktestPeriod1795890000001,
  AddBacktestScope1796000000001,
  HearChannels1796100000001,
  IndexCasesByStart1796400000001,
  IndexCasesByDecision1796480000001,
];
