import type { DatasetSpec } from '../core/dataset/spec.ts';
import { BACKEND_CHOICES, type BackendChoice } from '../core/training/backend.ts';
import { FIRST_DATASET } from '../datasets/catalogue.ts';
import type { ShippedDataset } from '../datasets/shipped-dataset.ts';
import { ownSource, shippedSource } from '../features/dataset-sources.ts';
import type { Command, DatasetSource } from '../protocol/commands.ts';
import type { WorkerEvent } from '../protocol/events.ts';
import type { BackendAnswer, BackendQuestion } from '../state/backend-gate.ts';
import type { DataSetControl } from '../state/data-set-control.ts';
import { gatheredArrivals } from '../state/gathered-arrivals.ts';
import { createLab, type Lab, type LabOptions } from '../state/lab.ts';
import { pacedPort } from '../state/paced-port.ts';
import { createStorageControl } from '../state/storage.ts';
import type { TrainingWorker } from '../state/training-worker.ts';
import { Database } from './archive/database.ts';
import { FoundTexts } from './archive/found-texts.ts';
import { FRAMES } from './frames.ts';
import { keptDataId } from './keep-open-data.ts';
import type { Kept } from './kept-context.ts';
import { openDraft } from './kept-draft.ts';
import { OWN_DATA } from './own-data.ts';
import { holdDraft } from './unsaved-draft.ts';
import { untilHere } from './until-here.ts';

/** Milliseconds that the page waits for the draft of the last visit before it begins without it. */
const PATIENCE = 500;

/** Milliseconds for which shards that arrive are gathered before the page shows them. */
const ARRIVALS_MS = 250;

/** The lab, and where the page keeps what it knows. */
interface OpenedLab {
  readonly lab: Lab;
  readonly kept: Kept;
}

/** Starts a worker: the one place where any is created. */
function startWorker(): TrainingWorker {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'training' });
  return {
    port: gatheredArrivals(pacedPort<Command, WorkerEvent>(worker, FRAMES), (tell) => setTimeout(tell, ARRIVALS_MS)),
    terminate: () => worker.terminate(),
    onDeath(listener) {
      // What has no message is no error of the script, which did not even come.
      worker.addEventListener('error', (event: Partial<ErrorEvent>) => listener(event.message ?? null));
      worker.addEventListener('messageerror', () => listener('One of its messages could not be read.'));
    },
  };
}

/** Opens the lab with what was kept of the last visit. */
export async function openLab(): Promise<OpenedLab> {
  const asked = new URLSearchParams(location.search);
  const storage = createStorageControl();
  const database = new Database();
  const found = new FoundTexts();
  const finding = Promise.all([
    found.find(database, 'draft'),
    found.find(database, 'setting'),
    found.findLastRun(database),
  ]);
  await Promise.race([finding, new Promise((resolve) => setTimeout(resolve, PATIENCE))]);
  const draftFor = (dataset: DatasetSpec) => openDraft(dataset, found);
  const sources = await sourcesFor(asked.get('data'), found);
  const backend = backendChoice(asked.get('backend'));
  const lab: Lab = createLab({
    startWorker,
    initialDraft: draftFor(sources[0].expected ?? FIRST_DATASET.spec),
    sources,
    draftFor,
    backend,
    ...(backend === 'auto' && { chooseBackend: (question) => chooseBackend(question, lab) }),
    storage,
    lastRun: found.lastRun,
  });
  // What the network withheld is fetched as soon as it is back.
  addEventListener('online', () => {
    lab.retryEngine();
    lab.dataSet.retry();
  });
  const letGo = holdDraft(lab.draft);
  // What keeps things is loaded after the first paint, and the data sets beside the first.
  const texts = untilHere(() => import('./keep-lab.ts'), storage)
    .then(async ({ keepLab }) => {
      knowShipped(lab.dataSet, await shippedDatasets());
      return keepLab({ lab, database, found, finding, letGo });
    })
    .catch((error: unknown) => {
      storage.report({ kind: 'failed', what: 'run', message: String(error) });
      return null;
    });
  const sample = untilHere(() => import('./kept-drawing.ts'), storage).then(({ keepSample }) => keepSample);
  return { lab, kept: { found, texts, sample } };
}

/** The backend that trains a run fastest here, of those of which a measurement decides. */
async function chooseBackend(question: BackendQuestion, { dataSet }: Lab): Promise<BackendAnswer | null> {
  const [{ fastestBackend }, { raceBackends }] = await Promise.all([
    import('./fastest-backend.ts'),
    import('../state/backend-race.ts'),
  ]);
  const { baseUrl } = dataSet.store.getState();
  const source = dataSet.sources.getState().get(baseUrl) ?? { baseUrl, expected: null, pretrainedUrl: null };
  return fastestBackend(question, (asked) => raceBackends({ ...asked, startWorker, source }));
}

/**
 * The data sets that can be opened as the page opens: the first of the app, and before it the one to begin with. That is the one
 * that the address asks for with `?data=`, a folder of this site with a manifest and shards, or else the one that was open last.
 */
async function sourcesFor(folder: string | null, found: FoundTexts): Promise<LabOptions['sources']> {
  const first = shippedSource(FIRST_DATASET);
  const asked = folder === null ? null : askedSource(folder);
  const begun = asked ?? (await lastSource(found));
  if (begun === null) return [first];
  // What is known of it may be in there. Without it, it is opened as any data set of one's own.
  await shippedDatasets();
  return [begun, first];
}

function askedSource(folder: string): DatasetSource | null {
  if (!URL.canParse(folder, document.baseURI)) return null;
  const { origin, href } = new URL(folder.replace(/\/*$/, '/'), document.baseURI);
  return origin === location.origin ? { baseUrl: href, expected: null, pretrainedUrl: null } : null;
}

/** Where the data set is that was open last; null where that is not known, or it was deleted. */
async function lastSource(found: FoundTexts): Promise<DatasetSource | null> {
  const id = keptDataId(found);
  if (id === null || id === FIRST_DATASET.spec.id) return null;
  const shipped = (await shippedDatasets()).find(({ spec }) => spec.id === id);
  if (shipped !== undefined) return shippedSource(shipped);
  // Where they cannot be read, the dialog `Data set` says so.
  const own = await OWN_DATA.list().catch(() => null);
  const last = own?.sets.find(({ spec }) => spec.id === id);
  return last === undefined ? null : ownSource(last.spec, OWN_DATA);
}

/** Has data sets known, so that their runs can go on. The one that is open is known from its own manifest. */
function knowShipped({ know, store }: DataSetControl, shipped: readonly ShippedDataset[]): void {
  const { baseUrl } = store.getState();
  know(shipped.map(shippedSource).filter((source) => source.baseUrl !== baseUrl));
}

/** The data sets that come with the app; only the first where the others cannot be loaded. */
async function shippedDatasets(): Promise<readonly ShippedDataset[]> {
  return await import('../datasets/all-datasets.ts').then(
    (module) => module.SHIPPED_DATASETS,
    () => [FIRST_DATASET],
  );
}

/** The backend that the address asks for with `?backend=`; anything unknown means `auto`. */
function backendChoice(asked: string | null): BackendChoice {
  return BACKEND_CHOICES.find((choice) => choice === asked) ?? 'auto';
}
