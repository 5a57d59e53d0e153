// A function that the browser runs by itself: what it uses must be inside it.

/**
 * @typedef {object} Progress what a run has come to, and where it can go on from
 * @property {number} seconds of training so far, with the judging of each epoch
 * @property {number} epochs
 * @property {import('../../src/core/evaluation/evaluation.ts').Judgement | null} trainSample after the last epoch
 * @property {import('../../src/core/evaluation/evaluation.ts').Judgement | null} validation
 * @property {string | null} checkpoint as JSON, its arrays in base64; null before the first one
 */

/**
 * @typedef {object} Trained how a run ended
 * @property {string} backend
 * @property {string | null} device
 * @property {Omit<Progress, 'checkpoint'>} progress
 * @property {number} testLoss
 * @property {number} testAccuracy by the largest output
 * @property {number | null} mirroredAccuracy the same of the mean over each image and its mirror image; null where the recipe does not ask for it
 * @property {{ precision: number, recall: number, f1: number }} thresholded of the test set, by outputs above one half, as a micro average
 * @property {number[]} recalls of each class of the test set, by the largest output
 */

/**
 * Has the app's worker train a network, and judge it by the test set. Every checkpoint goes to the page's `keepProgress`. Gives null where
 * the time was up before the run was over.
 * @param {{
 *   workerUrl: string, baseUrl: string, backend: import('../../src/core/training/backend.ts').BackendChoice,
 *   setup: import('../../src/core/training/setup.ts').Setup, from: Progress | null, secondsLeft: number,
 * }} task
 * @returns {Promise<Trained | null>}
 */
export function reproduce({ workerUrl, baseUrl, backend, setup, from, secondsLeft }) {
  /** Bytes from which on a checkpoint is not kept: such a run begins again. */
  const tooLarge = 64e6;
  const worker = new Worker(workerUrl, { type: 'module' });
  /** @param {import('../../src/protocol/commands.ts').Command} command */
  const send = (command) => worker.postMessage(command);
  const before = from?.seconds ?? 0;
  const { epochs = 0, trainSample = null, validation = null } = from ?? {};
  /** @type {Omit<Progress, 'checkpoint'>} */
  const progress = { seconds: before, epochs, trainSample, validation };
  const on = { backend: '', device: /** @type {string | null} */ (null), started: 0 };

  /** Without its answers, which nobody reads. @param {Progress['validation']} found */
  const judgement = (found) => found && { loss: found.loss, accuracy: found.accuracy };
  /** @param {unknown} value */
  const encode = (value) => {
    if (!(value instanceof Float32Array)) return value;
    const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
    let text = '';
    for (let i = 0; i < bytes.length; i += 0x8000) text += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return { f32: btoa(text) };
  };
  /** @param {any} value */
  const decode = (value) => {
    if (typeof value?.f32 !== 'string') return value;
    return new Float32Array(Uint8Array.from(atob(value.f32), (sign) => sign.charCodeAt(0)).buffer);
  };
  /** @param {import('../../src/core/training/checkpoint.ts').Checkpoint} checkpoint */
  const keep = ({ snapshot, ...rest }) => {
    const size = [...snapshot.weights, ...snapshot.slots.flat()].reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (size > tooLarge) return undefined;
    const checkpoint = JSON.stringify({ ...rest, snapshot }, (_, value) => encode(value));
    return /** @type {any} */ (globalThis).keepProgress({ ...progress, checkpoint });
  };

  /** @param {import('../../src/core/evaluation/evaluation.ts').Evaluation} evaluation */
  const judged = ({ labels, probabilities, classes, accuracy, loss }) => {
    const [right, count] = [new Array(classes).fill(0), new Array(classes).fill(0)];
    let [hits, given] = [0, 0];
    labels.forEach((label, i) => {
      const row = probabilities.subarray(i * classes, (i + 1) * classes);
      count[label]++;
      if (row.indexOf(Math.max(...row)) === label) right[label]++;
      if (row.some((share) => share > 0.5)) given++;
      if ((row[label] ?? 0) > 0.5) hits++;
    });
    const [precision, recall] = [hits / Math.max(1, given), hits / labels.length];
    const f1 = precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
    const recalls = right.map((number, c) => number / Math.max(1, count[c]));
    return { testAccuracy: accuracy, testLoss: loss, thresholded: { precision, recall, f1 }, recalls };
  };

  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => send({ type: 'pause', run: 1 }), Math.min(secondsLeft * 1000, 2 ** 31 - 1));
    /** @param {Trained | null} result */
    const end = (result) => {
      clearTimeout(timer);
      worker.terminate();
      resolve(result);
    };
    /** @type {Promise<unknown>} */
    let kept = Promise.resolve();
    worker.addEventListener('message', ({ data }) => {
      /** @type {import('../../src/protocol/events.ts').WorkerEvent} */
      const event = data;
      if (event.type === 'opened') {
        Object.assign(on, { backend: event.report.backend, device: event.report.device });
        const checkpoint = from?.checkpoint ? JSON.parse(from.checkpoint, (_, value) => decode(value)) : undefined;
        send({ type: 'train', run: 1, ...setup, advance: 'run', ...(checkpoint && { from: checkpoint }) });
      } else if (event.type === 'phaseChanged' && event.phase === 'training') {
        on.started ||= performance.now();
      } else if (event.type === 'epochEnded') {
        const { epoch, trainSample: sample, validation: set } = event.report;
        const seconds = before + (performance.now() - on.started) / 1000;
        Object.assign(progress, { epochs: epoch, trainSample: judgement(sample), validation: judgement(set), seconds });
        console.log(`  epoch ${epoch}: validation ${set?.accuracy.toFixed(4)}, ${seconds.toFixed(0)} s`);
      } else if (event.type === 'checkpointed') {
        progress.seconds = before + (performance.now() - on.started) / 1000;
        kept = keep(event.checkpoint) ?? kept;
      } else if (event.type === 'phaseChanged' && event.phase === 'paused') kept.then(() => end(null), reject);
      else if (event.type === 'evaluated' && event.evaluation.set === 'test')
        end({
          backend: on.backend,
          device: on.device,
          progress,
          ...judged(event.evaluation),
          mirroredAccuracy: event.mirrored?.accuracy ?? null,
        });
      else if (event.type === 'failed') reject(new Error(event.error.message));
      else if (event.type === 'streamFailed') reject(new Error(event.failure.message));
    });
    send({ type: 'open', backend });
    send({ type: 'openDataset', source: { baseUrl, expected: setup.dataset, pretrainedUrl: null } });
  });
}
