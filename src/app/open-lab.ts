import { BACKEND_CHOICES, type BackendChoice } from '../core/training/backend.ts';
import { SHIPPED_DATASETS } from '../datasets/catalogue.ts';
import type { ShippedDataset } from '../datasets/shipped-dataset.ts';
import type { DatasetSource } from '../protocol/commands.ts';
import { createLab, type Lab, type LabOptions } from '../state/lab.ts';
import { keepDraft, openDraft } from './kept-draft.ts';

/** Starts the worker and connects the lab with it: the one place where either is created. */
export function openLab(): Lab {
  const asked = new URLSearchParams(location.search);
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'training' });
  const lab = createLab({
    port: worker,
    initialDraft: openDraft(SHIPPED_DATASETS[0].spec),
    sources: sourcesFor(asked.get('data')),
    draftFor: openDraft,
    backend: backendChoice(asked.get('backend')),
  });
  worker.addEventListener('error', (event) => lab.reportFailure(event.message));
  // What the network withheld is fetched as soon as it is back.
  addEventListener('online', lab.dataSet.retry);
  keepDraft(lab.draft);
  // After the first paint. Where storage is full or blocked the page works without it, and the next visit starts empty.
  void import('./keep-lab.ts').then(({ keepLab }) => keepLab(lab)).catch(() => undefined);
  return lab;
}

/**
 * The data sets that can be opened: those that come with the app, and before them the one that the address asks for with
 * `?data=`, a folder of this site with a manifest and shards.
 */
function sourcesFor(folder: string | null): LabOptions['sources'] {
  const [first, ...others] = SHIPPED_DATASETS.map(sourceOf);
  if (first === undefined) throw new Error('No data set comes with the app.');
  if (folder === null || !URL.canParse(folder, document.baseURI)) return [first, ...others];
  const { origin, href } = new URL(folder.replace(/\/*$/, '/'), document.baseURI);
  if (origin !== location.origin) return [first, ...others];
  return [{ baseUrl: href, expected: null, pretrainedUrl: null }, first, ...others];
}

function sourceOf({ spec, folder, pretrained }: ShippedDataset): DatasetSource {
  const place = (path: string) => new URL(path, document.baseURI).href;
  return { baseUrl: place(folder), expected: spec, pretrainedUrl: pretrained === null ? null : place(pretrained) };
}

/** The backend that the address asks for with `?backend=`; anything unknown means `auto`. */
function backendChoice(asked: string | null): BackendChoice {
  return BACKEND_CHOICES.find((choice) => choice === asked) ?? 'auto';
}
