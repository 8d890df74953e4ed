import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Audited } from '../access/audited.decorator.js';
import { Needs } from '../access/needs.decorator.js';
import { portalParams } from '../portals/portals.schemas.js';
import { ApiProblems } from '../problems/api-problems.decorator.js';
import {
  type AnnotationFilters,
  ListAnnotationsQuery,
  ListPipelinesQuery,
  ListSellersQuery,
  MapStageMeaningCommand,
} from './pipelines.query.js';
import {
  annotationListSchema,
  annotationsQuery,
  decidedSchema,
  pipelineListSchema,
  type PipelinesQuery,
  pipelinesQuery,
  sellerListSchema,
  type SellersQuery,
  sellersQuery,
  stageMeaningBody,
  stageMeaningParams,
} from './pipelines.schemas.js';

@ApiTags('Configuration')
@ApiProblems()
@Needs('figures.read')
@Controller('api/v1/portals/:portalId')
export class PipelinesController {
  constructor(
    private readonly queries: QueryBus,
    private readonly commands: CommandBus,
  ) {}

  @Get('pipelines')
  @ApiOperation({ operationId: 'listPipelines', summary: 'Pipelines with their stages, removed ones included' })
  @ApiOkResponse({ standardSchema: pipelineListSchema })
  pipelines(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: pipelinesQuery }) moment: PipelinesQuery,
  ) {
    return this.queries.execute(new ListPipelinesQuery(portalId, moment));
  }

  @Get('sellers')
  @ApiOperation({ operationId: 'listSellers', summary: 'Employees of the portal' })
  @ApiOkResponse({ standardSchema: sellerListSchema })
  sellers(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: sellersQuery }) { asAt }: SellersQuery,
  ) {
    return this.queries.execute(new ListSellersQuery(portalId, asAt));
  }

  @Get('annotations')
  @ApiOperation({ operationId: 'listAnnotations', summary: 'Changes of the configuration, to annotate charts' })
  @ApiOkResponse({ standardSchema: annotationListSchema })
  annotations(
    @Param({ schema: portalParams }) { portalId }: { portalId: string },
    @Query({ schema: annotationsQuery }) filters: AnnotationFilters,
  ) {
    return this.queries.execute(new ListAnnotationsQuery(portalId, filters));
  }

  @Put('pipelines/:pipelineId/stages/:stageId/meaning')
  @Needs('configuration.change')
  @Audited('stageMeaning.decide')
  @ApiOperation({ operationId: 'mapStageMeaning', summary: 'Decides what a stage means to the business' })
  @ApiOkResponse({ standardSchema: decidedSchema })
  mapMeaning(
    @Param({ schema: stageMeaningParams }) params: { portalId: string; pipelineId: string; stageId: string },
    @Body({ schema: stageMeaningBody }) body: { meaning: string | null; validFrom?: string },
  ) {
    return this.commands.execute(
      new MapStageMeaningCommand(
        params.portalId,
        params.pipelineId,
        params.stageId,
        body.meaning,
        body.validFrom ?? null,
      ),
    );
  }
}
