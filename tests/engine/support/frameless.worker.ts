export {};

/** Trains in a worker whose animation frames never come, as in a hidden tab. Taken away before tfjs is loaded. */
const frames: unknown[] = [];
Object.defineProperty(globalThis, 'requestAnimationFrame', { value: (callback: unknown) => frames.push(callback) });

const { SMALL_DENSE, graphOf } = await import('./networks.ts');
const { continueCurve, RECIPE, startEngine, UNWATCHED } = await import('./training.ts');

const engine = await startEngine('webgl');
const trainer = await engine.createTrainer(graphOf(...SMALL_DENSE), RECIPE);
const { losses } = await continueCurve(trainer, 64, 5);
const { accuracy } = await trainer.evaluate('validation', UNWATCHED);
trainer.dispose();
self.postMessage({ losses, accuracy, frames: frames.length, memory: engine.memory() });
