export { noProductionCalendar, type ProductionCalendar, type SpecialDay } from './production/production-calendar.js';
export { russianProductionCalendar } from './production/russia.js';
export {
  type Absence,
  type Interval,
  type WeeklySchedule,
  WorkingTime,
  type WorkingTimeOptions,
} from './working-time.js';
