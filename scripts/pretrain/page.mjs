// Functions that the browser runs, each by itself: what they use must be inside them.

/**
 * Has the app's worker train a network, and returns its weights as bytes in base64, in the order of the graph.
 * @param {{
 *   workerUrl: string, baseUrl: string, setup: import('../../src/core/training/setup.ts').Setup,
 * }} task
 */
export async function train({ workerUrl, baseUrl, setup }) {
  const worker = new Worker(workerUrl, { type: 'module' });
  /** @param {import('../../src/protocol/commands.ts').Command} command */
  const send = (command) => worker.postMessage(command);
  let device = '';
  /** @type {import('../../src/protocol/requests.ts').RunWeights} */
  const weights = await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => {
      /** @type {import('../../src/protocol/events.ts').WorkerEvent} */
      const event = data;
      if (event.type === 'opened') {
        device = `${event.report.backend}, ${event.report.device ?? 'no GPU'}`;
        send({ type: 'train', run: 1, ...setup, advance: 'run' });
      } else if (event.type === 'epochEnded') {
        const { epoch, validation } = event.report;
        console.log(
          `epoch ${epoch}: validation ${validation?.accuracy.toFixed(4)}, loss ${validation?.loss.toFixed(4)}`,
        );
      } else if (event.type === 'phaseChanged' && event.phase === 'finished') {
        send({ type: 'ask', request: 1, name: 'weights', question: { run: 1 } });
      } else if (
        event.type === 'answered' &&
        event.answer !== null &&
        'step' in event.answer &&
        'values' in event.answer
      )
        resolve(event.answer);
      else if (event.type === 'refused') reject(new Error(event.error.message));
      else if (event.type === 'failed') reject(new Error(event.error.message));
      else if (event.type === 'streamFailed') reject(new Error(event.failure.message));
    });
    send({ type: 'open', backend: 'auto' });
    send({ type: 'openDataset', source: { baseUrl, expected: setup.dataset, pretrainedUrl: null } });
  });
  worker.terminate();
  /** @param {Float32Array<ArrayBuffer>} values */
  const inBase64 = async (values) => {
    const reader = new FileReader();
    await new Promise((resolve) => {
      reader.onload = resolve;
      reader.readAsDataURL(new Blob([values]));
    });
    return String(reader.result).replace(/^.*,/, '');
  };
  return { device, steps: weights.step, weights: await Promise.all(weights.values.map(inBase64)) };
}

/**
 * Has the app's worker ask the network that ships with the app about the whole test set; returns the share of right
 * answers.
 * @param {{
 *   workerUrl: string, baseUrl: string, shippedUrl: string, dataset: import('../../src/core/dataset/spec.ts').DatasetSpec,
 * }} task
 */
export async function judge({ workerUrl, baseUrl, shippedUrl, dataset }) {
  const worker = new Worker(workerUrl, { type: 'module' });
  /** @param {import('../../src/protocol/commands.ts').Command} command */
  const send = (command) => worker.postMessage(command);
  const labels = new Uint8Array(dataset.splits.test);
  /** @type {Float32Array} */
  const probabilities = await new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => {
      /** @type {import('../../src/protocol/events.ts').WorkerEvent} */
      const event = data;
      if (event.type === 'shardArrived') {
        const { split, first, shardsArrived, shardsTotal } = event.arrival;
        if (split === 'test') labels.set(event.arrival.labels, first);
        const question = { split: /** @type {const} */ ('test'), indices: Uint32Array.from(labels.keys()) };
        if (shardsArrived === shardsTotal) send({ type: 'ask', request: 1, name: 'images', question });
      } else if (event.type === 'answered' && event.answer instanceof Uint8Array) {
        send({ type: 'ask', request: 2, name: 'predict', question: { pixels: event.answer } });
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
  const hits = labels.filter((label, image) => {
    const row = probabilities.subarray(image * classes, (image + 1) * classes);
    return row.indexOf(Math.max(...row)) === label;
  });
  return hits.length / labels.length;
}
