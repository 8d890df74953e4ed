export { assertNever } from './assert-never.js';
export { type Clock, systemClock } from './clock.js';
export type { Actor, DomainEvent, NewEvent, Provenance, SealedParts, StoredEvent } from './event.js';
export type { EventDeclaration, FieldShape, Upcaster } from './event-declaration.js';
export { canonicalJson, type JsonObject, type JsonValue } from './json.js';
export { kopecksOf, roublesOf } from './money.js';
export { Rational } from './rational.js';
export { Rejection } from './rejection.js';
export { addMonths, daysOfMonth } from './month.js';
