import { BACKEND_CHOICES, type BackendChoice } from '../core/training/backend.ts';
import { SHIPPED_DATASETS } from '../datasets/catalogue.ts';
import { createLab, type Lab } from '../state/lab.ts';
import { keepDraft, openDraft } from './kept-draft.ts';

/** Starts the worker and connects the lab with it: the one place where either is created. */
export function openLab(): Lab {
  const worker = new Worker(new URL('../worker/main.ts', import.meta.url), { type: 'module', name: 'training' });
  const lab = createLab({
    port: worker,
    initialDraft: openDraft(SHIPPED_DATASETS[0].spec),
    baseUrl: new URL('data/', document.baseURI).href,
    shippedUrl: new URL('pretrained/ciutacu.json', document.baseURI).href,
    backend: backendChoice(new URLSearchParams(location.search).get('backend')),
  });
  worker.addEventListener('error', (event) => lab.reportFailure(event.message));
  keepDraft(lab.draft);
  // After the first paint. Where storage is full or blocked the page works without it, and the next visit starts empty.
  void import('./keep-lab.ts').then(({ keepLab }) => keepLab(lab)).catch(() => undefined);
  return lab;
}

/** The backend that the address asks for with `?backend=`; anything unknown means `auto`. */
function backendChoice(asked: string | null): BackendChoice {
  return BACKEND_CHOICES.find((choice) => choice === asked) ?? 'auto';
}
