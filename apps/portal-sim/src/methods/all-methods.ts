import { activityMethods } from './activities.js';
import { classicMethods, dealMethods } from './crm-classic.js';
import { itemMethods } from './crm-items.js';
import { dictionaryMethods } from './dictionaries.js';
import { duplicateAndTimelineMethods } from './duplicates-and-timeline.js';
import type { Method } from './method.js';
import { notificationMethods } from './notifications.js';
import { peopleMethods } from './people.js';
import { productRowMethods } from './product-rows.js';
import { stageHistoryMethods } from './stage-history.js';
import { systemMethods } from './system.js';
import { taskMethods } from './tasks.js';
import { telephonyAndRequisiteMethods } from './telephony-and-requisites.js';

/** Every method of the portal except `batch`, by its name in lower case. */
export const allMethods: ReadonlyMap<string, Method> = new Map(
  [
    ...systemMethods,
    ...peopleMethods,
    ...notificationMethods,
    ...dictionaryMethods,
    ...classicMethods('lead'),
    ...classicMethods('deal'),
    ...classicMethods('contact'),
    ...classicMethods('company'),
    ...dealMethods,
    ...itemMethods,
    ...productRowMethods,
    ...stageHistoryMethods,
    ...activityMethods,
    ...taskMethods,
    ...telephonyAndRequisiteMethods,
    ...duplicateAndTimelineMethods,
  ].map((method) => [method.name.toLowerCase(), method]),
);
