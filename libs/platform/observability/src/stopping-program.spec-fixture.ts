import { onShutdown, reportReady } from './lifecycle.js';

/** A program that says what it closes; its argument is how the second closer behaves. */
const behaviour = process.argv[2];

onShutdown(() => void process.stdout.write('first '));
onShutdown(async () => {
  process.stdout.write('second ');
  if (behaviour === 'fails') throw new Error('the second one failed');
  if (behaviour === 'hangs') await new Promise(() => undefined);
});
onShutdown(() => void process.stdout.write('third '));
setInterval(() => undefined, 1000);
reportReady({ port: 4711 });
