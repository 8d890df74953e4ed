import type { StatusProfile } from '../protocol/rest-error.js';
import type { HistoryMode } from '../model/stage-history.js';
import type { RecordKind } from '../methods/method.js';

/** Records that nobody may read: by id, by responsible person, or both. */
export interface HiddenRows {
  entity: RecordKind;
  ids?: number[];
  assignedTo?: number;
}

/** How the portal behaves; tests change it through the control interface. */
export interface PortalSettings {
  statusProfile: StatusProfile;
  historyMode: HistoryMode;
  /** `lapsed`: REST is closed until the subscription is paid again. */
  subscription: 'active' | 'lapsed';
  hidden: HiddenRows[];
  /** How user.get prints TIMESTAMP_X and LAST_ACTIVITY_DATE. */
  userDates: 'object' | 'text' | 'locale';
  /** `nested`: every command of a batch is billed to its own method; `outer`: all of it to `batch`. */
  batchAccounting: 'nested' | 'outer';
  limits: boolean;
  /** Tokens per second and size of the request bucket. */
  requestsPerSecond: number;
  requestBurst: number;
  /** Whether refused requests fill the bucket too. */
  countsRefused: boolean;
  operatingLimitSeconds: number;
  /** Seconds that one command costs. */
  operatingCostSeconds: number;
  /** Numbers of stage history rows as strings, as older builds print them. */
  historyNumbersAsText: boolean;
}

export const defaultSettings: PortalSettings = {
  statusProfile: 'documented',
  historyMode: 'append',
  subscription: 'active',
  hidden: [],
  userDates: 'object',
  batchAccounting: 'nested',
  limits: true,
  requestsPerSecond: 2,
  requestBurst: 50,
  countsRefused: false,
  operatingLimitSeconds: 480,
  operatingCostSeconds: 0.01,
  historyNumbersAsText: false,
};
