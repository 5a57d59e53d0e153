// A function that the browser runs by itself: what it uses must be inside it.

/**
 * Has the app's worker ask the network that ships with the app about images; returns the probabilities of each.
 * @param {{
 *   workerUrl: string, baseUrl: string, shippedUrl: string, dataset: import('../../src/core/dataset/spec.ts').DatasetSpec,
 *   images: number[][],
 * }} task
 * @returns {Promise<number[][]>}
 */
export async function predict({ workerUrl, baseUrl, shippedUrl, dataset, images }) {
  const worker = new Worker(workerUrl, { type: 'module' });
  /** @param {import('../../src/protocol/commands.ts').Command} command */
  const send = (command) => worker.postMessage(command);
  /** @type {Float32Array} */
  const probabilities = await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => {
      /** @type {import('../../src/protocol/events.ts').WorkerEvent} */
      const event = data;
      if (event.type === 'datasetOpened') {
        send({ type: 'ask', request: 1, name: 'predict', question: { pixels: Uint8Array.from(images.flat()) } });
      } else if (event.type === 'answered') {
        const { answer } = event;
        if (answer !== null && 'probabilities' in answer && answer.run === 'shipped') resolve(answer.probabilities);
        else reject(new Error('The network that ships with the app did not answer.'));
      } else if (event.type === 'refused') reject(new Error(event.error.message));
      else if (event.type === 'failed') reject(new Error(event.error.message));
    });
    send({ type: 'open', backend: 'auto' });
    send({ type: 'openDataset', source: { baseUrl, expected: dataset, pretrainedUrl: shippedUrl } });
  });
  worker.terminate();
  const classes = dataset.classes.length;
  return images.map((_, i) => [...probabilities.subarray(i * classes, (i + 1) * classes)]);
}
