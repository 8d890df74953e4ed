import { keyRingConformance } from './key-ring.spec-fixture.js';
import { InMemoryKeyStore } from './in-memory-key-store.js';

keyRingConformance(async () => new InMemoryKeyStore());
