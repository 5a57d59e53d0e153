// A function that the browser runs by itself: what it uses must be inside it.

/**
 * @typedef {object} Outcome how a training ended
 * @property {string} device what did the arithmetic
 * @property {number} epochs
 * @property {number} seconds from the first step to the last, with the judging of each epoch
 * @property {number | null} trainAccuracy after the last epoch, on a sample of the training images
 * @property {number | null} validationAccuracy
 * @property {number} testAccuracy
 * @property {number} testLoss
 * @property {number} judgingSeconds how long the 10,000 test images took
 */

/**
 * Has the app's worker train a network, and judge it by the test set.
 * @param {{
 *   workerUrl: string, baseUrl: string, setup: import('../../src/core/training/setup.ts').Setup,
 * }} task
 * @returns {Promise<Outcome>}
 */
export function repeat({ workerUrl, baseUrl, setup }) {
  const worker = new Worker(workerUrl, { type: 'module' });
  /** @param {import('../../src/protocol/commands.ts').Command} command */
  const send = (command) => worker.postMessage(command);
  const done = { device: '', started: 0, epochs: 0, seconds: 0, finished: 0 };
  /** @type {{ trainAccuracy: number | null, validationAccuracy: number | null }} */
  const last = { trainAccuracy: null, validationAccuracy: null };
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => {
      /** @type {import('../../src/protocol/events.ts').WorkerEvent} */
      const event = data;
      if (event.type === 'opened') {
        done.device = [event.report.backend, event.report.device].filter(Boolean).join(', ');
        send({ type: 'train', run: 1, ...setup, advance: 'run' });
      } else if (event.type === 'phaseChanged' && event.phase === 'training') {
        done.started = performance.now();
      } else if (event.type === 'epochEnded') {
        const { epoch, trainSample, validation } = event.report;
        last.trainAccuracy = trainSample?.accuracy ?? null;
        last.validationAccuracy = validation?.accuracy ?? null;
        done.epochs = epoch;
        done.seconds = (performance.now() - done.started) / 1000;
        console.log(`  epoch ${epoch}: validation ${validation?.accuracy.toFixed(4)}, ${done.seconds.toFixed(0)} s`);
      } else if (event.type === 'phaseChanged' && event.phase === 'finished') {
        done.finished = performance.now();
        send({ type: 'evaluate', run: 1, set: 'test' });
      } else if (event.type === 'evaluated' && event.evaluation.set === 'test') {
        worker.terminate();
        const { accuracy: testAccuracy, loss: testLoss } = event.evaluation;
        const { device, epochs, seconds } = done;
        const judgingSeconds = (performance.now() - done.finished) / 1000;
        resolve({ device, epochs, seconds, ...last, testAccuracy, testLoss, judgingSeconds });
      } else if (event.type === 'failed') reject(new Error(event.error.message));
      else if (event.type === 'streamFailed') reject(new Error(event.failure.message));
    });
    send({ type: 'open', backend: 'auto' });
    send({ type: 'openDataset', source: { baseUrl, expected: setup.dataset, pretrainedUrl: null } });
  });
}
