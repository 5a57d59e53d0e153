import * as tf from '@tensorflow/tfjs';
import type { Job, ProductMeasurement } from './job.ts';
import { answer } from './measure.ts';
import { openStockBackend } from './stock-backend.ts';

const SIZES = [512, 1024, 2048];
const ROUNDS = 5;

/** The best rate of square matrix products on unmodified tfjs, which packs them on WebGL. */
answer<Pick<Job, 'backend'>, ProductMeasurement>(async ({ backend }) => {
  await openStockBackend(backend);
  let gflops = 0;
  for (const size of SIZES) gflops = Math.max(gflops, await bestRate(size));
  return { gflops };
});

async function bestRate(size: number): Promise<number> {
  const [a, b] = [tf.randomUniform([size, size]), tf.randomUniform([size, size])];
  let best = 0;
  for (let round = 0; round <= ROUNDS; round++) {
    const started = performance.now();
    const product = tf.matMul(a, b);
    // One number is read, so that the product is done and its transfer does not count.
    const corner = product.slice([0, 0], [1, 1]);
    await corner.data();
    // The first round compiles.
    if (round > 0) best = Math.max(best, (2 * size ** 3) / (performance.now() - started) / 1e6);
    tf.dispose([product, corner]);
  }
  tf.dispose([a, b]);
  return best;
}
