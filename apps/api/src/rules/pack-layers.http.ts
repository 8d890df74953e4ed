import { Body, Controller, Delete, Get, Param, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { currentAccess } from '../access/request-access.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ReadsFrom } from '../positions/reads-from.decorator.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import { PackLayerDesk } from './pack-layer-desk.js';
import {
  type LayerBody,
  layerBody,
  layerListSchema,
  layerParams,
  layerSetSchema,
  learnedLimitsSchema,
  type ScopeBody,
  scopeBody,
} from './pack-layers.schemas.js';
import { decidedRuleSchema, ruleParams, rulesQuery } from './rules.schemas.js';

type Portal = { portalId: string };
type LayerOfPortal = Portal & { layerId: string };

@ApiTags('Rules')
@ApiProblems()
@Needs('rules.manage')
@ReadsFrom('curation')
@Controller('api/v1/portals/:portalId')
export class PackLayersController {
  constructor(private readonly desk: PackLayerDesk) {}

  @Get('pack-layers')
  @Needs('rules.read')
  @ApiOperation({ operationId: 'listPackLayers', summary: 'Layers between the pack of rules and the portal' })
  @ApiOkResponse({ standardSchema: layerListSchema })
  list(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: rulesQuery }) _query: object) {
    return this.desk.list(portalId);
  }

  @Put('pack-layers/:layerId')
  @Audited('layer.set')
  @ApiOperation({
    operationId: 'setPackLayer',
    summary: 'Sets a layer, such as one for an industry; rules that it turns on or off are switched with it',
  })
  @ApiOkResponse({ standardSchema: layerSetSchema })
  set(
    @Param({ schema: layerParams }) { portalId, layerId }: LayerOfPortal,
    @Body({ schema: layerBody }) body: LayerBody,
  ) {
    return this.desk.set(portalId, layerId, body, currentAccess());
  }

  @Delete('pack-layers/:layerId')
  @Audited('layer.remove')
  @ApiOperation({ operationId: 'removePackLayer', summary: 'Removes a layer; what it had switched is as without it' })
  @ApiOkResponse({ standardSchema: layerSetSchema })
  remove(@Param({ schema: layerParams }) { portalId, layerId }: LayerOfPortal) {
    return this.desk.remove(portalId, layerId, currentAccess());
  }

  @Put('rules/:ruleId/scope')
  @Audited('rule.scope')
  @ApiOperation({ operationId: 'setRuleScope', summary: 'Sets where a rule applies for the portal' })
  @ApiOkResponse({ standardSchema: decidedRuleSchema })
  setScope(
    @Param({ schema: ruleParams }) { portalId, ruleId }: Portal & { ruleId: string },
    @Body({ schema: scopeBody }) body: ScopeBody,
  ) {
    return this.desk.setScope(portalId, ruleId, body, currentAccess());
  }

  @Get('learned-limits')
  @Needs('rules.read')
  @ApiOperation({
    operationId: 'showLearnedLimits',
    summary:
      'How long won deals usually stand in a stage, how much they usually bring, and how long channels are silent, as learned last',
  })
  @ApiOkResponse({ standardSchema: learnedLimitsSchema })
  limits(@Param({ schema: portalParams }) { portalId }: Portal, @Query({ schema: rulesQuery }) _query: object) {
    return this.desk.limits(portalId);
  }
}
