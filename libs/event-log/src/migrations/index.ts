import type { MigrationClass } from '@funnelwatch/postgres';
import { BoundLeases1795800000011 } from './bound-leases-1795800000011.js';
import { CreateAppendAlone1795800000070 } from './create-append-alone-1795800000070.js';
import { ConfineAppending1795800000080 } from './confine-appending-1795800000080.js';
import { CreateAppendFunctions1795800000002 } from './create-append-functions-1795800000002.js';
import { CreateEventLog1795800000001 } from './create-event-log-1795800000001.js';
import { CreateGenerations1795800000030 } from './create-generations-1795800000030.js';
import { CreateKeyRing1795800000004 } from './create-key-ring-1795800000004.js';
import { CreateLeases1795800000003 } from './create-leases-1795800000003.js';
import { CreateQuarantine1795800000010 } from './create-quarantine-1795800000010.js';
import { CreateRelay1795800000020 } from './create-relay-1795800000020.js';
import { CreateScratch1795800000031 } from './create-scratch-1795800000031.js';
import { CreateSuppression1795800000041 } from './create-suppression-1795800000041.js';
import { CreateTimeTravel1795800000061 } from './create-time-travel-1795800000061.js';
import { KeepSampling1795800000042 } from './keep-sampling-1795800000042.js';
import { CreateWorkerView1795800000060 } from './create-worker-view-1795800000060.js';
import { WallPortals1795800000090 } from './wall-portals-1795800000090.js';

/** Schemas `log` and `keys`, and the operations views of `read`. */
export const eventLogMigrations: readonly MigrationClass[] = [
  CreateEventLog1795800000001,
  CreateAppendFunctions1795800000002,
  CreateLeases1795800000003,
  CreateKeyRing1795800000004,
  CreateQuarantine1795800000010,
  BoundLeases1795800000011,
  CreateRelay1795800000020,
  CreateGenerations1795800000030,
  CreateScratch1795800000031,
  CreateSuppression1795800000041,
  KeepSampling1795800000042,
  CreateWorkerView1795800000060,
  CreateTimeTravel1795800000061,
  CreateAppendAlone1795800000070,
  ConfineAppending1795800000080,
  WallPortals1795800000090,
];
