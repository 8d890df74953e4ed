import { Injectable } from '@nestjs/common';
import {
  calibrationOf,
  CalibrationRoom,
  type CalibrationState,
  casesAhead,
  isInTraining,
  QualityReader,
  runUnderWay,
} from '@funnelwatch/curation';
import type { RegisteredPortal } from '@funnelwatch/portals';
import { randomUUID } from 'node:crypto';
import type { Access } from '../access/request-access.js';
import { PortalDirectory } from '../portals/portal-directory.js';
import { ControlOfCases } from './control-of-cases.js';
import type { CalibrationView, GoldVerdictBody } from './quality.schemas.js';

/** Where somebody is calibrated with gold cases, one after another. */
@Injectable()
export class CalibrationDesk {
  constructor(
    private readonly portals: PortalDirectory,
    private readonly reader: QualityReader,
    private readonly room: CalibrationRoom,
    private readonly control: ControlOfCases,
  ) {}

  async show(portalId: string, { accountId }: Access): Promise<CalibrationView> {
    const portal = await this.portals.get(portalId);
    return this.view(portal, await this.reader.calibration(portal, accountId), null);
  }

  /** Throws `Rejection` GOLD_SET_TOO_SMALL. */
  async start(portalId: string, access: Access): Promise<CalibrationView> {
    const portal = await this.portals.get(portalId);
    const { who } = await this.control.handling(portal, access);
    const { state, position } = await this.room.start(portal, who, randomUUID());
    return this.view(portal, state, position);
  }

  /** Throws `Rejection` CALIBRATION_NOT_UNDER_WAY, CALIBRATION_OTHER_CASE. */
  async judge(portalId: string, body: GoldVerdictBody, access: Access): Promise<CalibrationView> {
    const portal = await this.portals.get(portalId);
    const { who } = await this.control.handling(portal, access);
    const { state, position } = await this.room.judge(portal, who, body);
    return this.view(portal, state, position);
  }

  private async view(
    portal: RegisteredPortal,
    state: CalibrationState,
    position: number | null,
  ): Promise<CalibrationView> {
    const { requireCalibration } = await this.reader.settings(portal);
    const result = calibrationOf(state);
    const run = runUnderWay(state);
    const ahead = casesAhead(state);
    return {
      result: {
        ...result,
        pabak: result.observed === null ? null : 2 * result.observed - 1,
        isInTraining: isInTraining(result),
      },
      isRequired: requireCalibration,
      run: run && {
        runId: run.runId,
        done: run.cases.length - ahead.length,
        total: run.cases.length,
        caseId: ahead[0] ?? '',
      },
      position: position === null ? null : `${portal.bucket}:${position}`,
    };
  }
}
