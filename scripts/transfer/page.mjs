// A function that the browser runs by itself: what it uses must be inside it.

/**
 * @typedef {import('../../src/core/training/setup.ts').Setup} Setup
 * @typedef {{ before: Setup, after: Readonly<Record<string, { setup: Setup, isTransferred: boolean }>> }} Trial
 *   a network that is trained first, and trainings by name that begin with its weights or with new ones
 */

/**
 * Has the app's worker do one trial; returns the test accuracies by name, that of the first training as `before`.
 *
 * @param {{ workerUrl: string, baseUrl: string, folders: Readonly<Record<string, string>>, trial: Trial }} task
 *   `folders`: the folder of each data set below the page, by its id
 * @returns {Promise<{ device: string, accuracies: Record<string, number> }>}
 */
export async function transfer({ workerUrl, baseUrl, folders, trial }) {
  const worker = new Worker(workerUrl, { type: 'module' });
  /** @param {import('../../src/protocol/commands.ts').Command} command */
  const send = (command) => worker.postMessage(command);
  /** @type {((event: import('../../src/protocol/events.ts').WorkerEvent) => void)[]} */
  const listeners = [];
  worker.addEventListener('message', ({ data }) => {
    for (const listener of listeners) listener(data);
  });
  /**
   * @template Found
   * @param {(event: import('../../src/protocol/events.ts').WorkerEvent) => Found | undefined} select
   * @returns {Promise<Found>}
   */
  const hear = (select) =>
    new Promise((resolve, reject) => {
      listeners.push((event) => {
        if (event.type === 'failed' || event.type === 'refused') reject(new Error(event.error.message));
        if (event.type === 'streamFailed') reject(new Error(event.failure.message));
        const found = select(event);
        if (found !== undefined) resolve(found);
      });
    });
  let run = 0;
  let open = '';
  /**
   * @param {Setup} setup
   * @param {import('../../src/protocol/commands.ts').WeightsFrom} [weightsFrom]
   */
  const train = async (setup, weightsFrom) => {
    const { dataset } = setup;
    if (open !== dataset.id) {
      open = dataset.id;
      const folder = new URL(folders[dataset.id] ?? '', new URL('..', baseUrl)).href;
      send({ type: 'openDataset', source: { baseUrl: folder, expected: dataset, pretrainedUrl: null } });
    }
    run += 1;
    const mine = run;
    const judged = hear((event) =>
      event.type === 'evaluated' && event.run === mine && event.evaluation.set === 'test'
        ? event.evaluation.accuracy
        : undefined,
    );
    send({ type: 'train', run, ...setup, advance: 'run', ...(weightsFrom && { weightsFrom }) });
    return judged;
  };
  const opened = hear((event) => (event.type === 'opened' ? event.report : undefined));
  send({ type: 'open', backend: 'auto' });
  const { backend, device } = await opened;
  /** @type {Record<string, number>} */
  const accuracies = { before: await train(trial.before) };
  const answered = hear((event) =>
    event.type === 'answered' && event.answer !== null && 'step' in event.answer && 'values' in event.answer
      ? event.answer.values
      : undefined,
  );
  send({ type: 'ask', request: 1, name: 'weights', question: { run } });
  const values = await answered;
  const { dataset, network } = trial.before;
  for (const [name, { setup, isTransferred }] of Object.entries(trial.after)) {
    accuracies[name] = await train(setup, isTransferred ? { kind: 'given', dataset, network, values } : undefined);
    console.log(`  ${name}: ${accuracies[name]?.toFixed(4)}`);
  }
  worker.terminate();
  return { device: [backend, device].filter(Boolean).join(', '), accuracies };
}
