// A function that the browser runs by itself: what it uses must be inside it.

/**
 * @typedef {object} Course what a training computed; digests are SHA-256 over the bits of all values in order
 * @property {string} losses digest of the losses of all steps
 * @property {string} accuracies digest of the accuracies of all steps
 * @property {number} steps
 * @property {number | undefined} lastLoss
 * @property {string} epochs digest of what each epoch's judgement says, answers included
 * @property {number} testAccuracy
 * @property {number} testLoss
 * @property {string} test digest of the answers to the test images
 */

/**
 * Has the app's worker train a network on one backend, and judge it by the test set.
 * @param {{
 *   workerUrl: string, baseUrl: string, backend: string, setup: import('../../src/core/training/setup.ts').Setup,
 * }} task
 * @returns {Promise<Course>}
 */
export async function trained({ workerUrl, baseUrl, backend, setup }) {
  const worker = new Worker(workerUrl, { type: 'module' });
  /** @param {object} command */
  const send = (command) => worker.postMessage(command);
  /** @type {Map<number, Float32Array>} */
  const losses = new Map();
  /** @type {Map<number, Float32Array>} */
  const accuracies = new Map();
  /** @type {(Float32Array | Uint8Array)[]} */
  const epochs = [];
  /** @type {import('../../src/core/evaluation/evaluation.ts').Evaluation} */
  const test = await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data: event }) => {
      if (event.type === 'opened') send({ type: 'train', run: 1, ...setup, advance: 'run' });
      else if (event.type === 'progressed') {
        losses.set(event.metrics.firstStep, event.metrics.losses);
        accuracies.set(event.metrics.firstStep, event.metrics.accuracies);
      } else if (event.type === 'epochEnded') {
        const { trainSample, validation } = event.report;
        if (trainSample !== null) epochs.push(Float32Array.of(trainSample.loss, trainSample.accuracy));
        if (validation !== null)
          epochs.push(
            Float32Array.of(validation.loss, validation.accuracy),
            validation.probabilities,
            validation.labels,
          );
      } else if (event.type === 'evaluated' && event.evaluation.set === 'test') resolve(event.evaluation);
      else if (event.type === 'failed') reject(new Error(event.error.message));
      else if (event.type === 'streamFailed') reject(new Error(event.failure.message));
    });
    send({ type: 'open', backend });
    send({ type: 'openDataset', source: { baseUrl, expected: setup.dataset, pretrainedUrl: null } });
  });
  worker.terminate();
  /** @param {readonly (Float32Array | Uint8Array)[]} parts */
  const digest = async (parts) => {
    const bytes = await new Blob(parts.map((part) => part.slice())).arrayBuffer();
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return Array.from(hash.subarray(0, 12), (byte) => byte.toString(16).padStart(2, '0')).join('');
  };
  /** @param {Map<number, Float32Array>} parts */
  const inOrder = (parts) => [...parts].sort(([a], [b]) => a - b).map(([, values]) => values);
  return {
    losses: await digest(inOrder(losses)),
    accuracies: await digest(inOrder(accuracies)),
    steps: inOrder(losses).reduce((sum, { length }) => sum + length, 0),
    lastLoss: inOrder(losses).at(-1)?.at(-1),
    epochs: await digest(epochs),
    testAccuracy: test.accuracy,
    testLoss: test.loss,
    test: await digest([test.probabilities]),
  };
}
