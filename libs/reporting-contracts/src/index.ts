export { type Signal, type SignalBounds, signalNames, signals, standingOf } from './signals.js';
