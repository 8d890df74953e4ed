import type { components } from '../generated/api.js';

/** Names for the API's shapes, generated from its OpenAPI document. */
type Schemas = components['schemas'];

export type Portal = Schemas['Portal'];
export type ChangePortal = Schemas['ChangePortal'];
export type Certificate = Schemas['CompletenessCertificate'];
export type BackfillListing = Schemas['BackfillListing'];
export type Pipeline = Schemas['Pipeline'];
export type Seller = Schemas['Seller'];
export type Annotation = Schemas['Annotation'];
export type AsOf = Schemas['AsOf'];
export type Rate = Schemas['Rate'];
export type PeriodRatio = Schemas['PeriodRatio'];
export type Standing = Schemas['Standing'];
export type OtherCurrency = Schemas['OtherCurrency'];
export type FunnelNow = Schemas['FunnelNow'];
export type FunnelFlow = Schemas['FunnelFlow'];
export type FlowTotals = Schemas['FlowTotals'];
export type FunnelCohort = Schemas['FunnelCohort'];
export type CohortStep = Schemas['CohortStep'];
export type FunnelMonths = Schemas['FunnelMonths'];
export type RecordSummary = Schemas['RecordSummary'];
export type CrmRecord = Schemas['Record'];
export type StageVisit = Schemas['StageVisit'];
export type RecordEvent = Schemas['RecordEvent'];
export type EventField = Schemas['EventField'];
export type Change = Schemas['Change'];
export type OperationsSummary = Schemas['OperationsSummary'];
export type BucketOfProjection = Schemas['BucketOfProjection'];
export type Rebuild = Schemas['Rebuild'];
export type QuarantinePage = Schemas['QuarantinePage'];
export type QuarantinedEvent = Schemas['QuarantinedEvent'];
