import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { type ReactNode, useContext } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { readLab, writeLab } from '../../../../src/app/lab-file/lab-file.ts';
import { sharedText } from '../../../../src/core/sharing/shared-setup.ts';
import { FIRST_DATASET } from '../../../../src/datasets/catalogue.ts';
import { elvlandVgg } from '../../../../src/datasets/fashion-mnist/presets/elvland.ts';
import { PENGUINS_PRESETS } from '../../../../src/datasets/penguins/presets.ts';
import { LabContext } from '../../../../src/features/lab.tsx';
import { type LabFiles, LabFilesContext } from '../../../../src/features/lab-files.ts';
import { linkTo } from '../../../../src/features/link.ts';
import { type OwnData, OwnDataContext } from '../../../../src/features/own-data.ts';
import { ShareDialog } from '../../../../src/features/share/ShareDialog.tsx';
import { SharedDialog } from '../../../../src/features/share/SharedDialog.tsx';
import type { Lab } from '../../../../src/state/lab.ts';
import { draft, fullRun } from '../../app/archive/full-run.ts';
import { FakeWorker } from '../../state/fake-worker.ts';
import { checkpointAt } from '../../support/checkpoints.ts';

afterEach(cleanup);

const NO_OWN: Pick<OwnData, 'list'> = { list: async () => ({ sets: [], newer: 0, unreadable: 0 }) };

async function openLink(text: string, lab: Lab, { list } = NO_OWN) {
  const hash = await linkTo('', text);
  return openFrom(hash, lab, { list });
}

/** The page with own data sets that are listed like this. */
function Own({ list, children }: Pick<OwnData, 'list'> & { readonly children: ReactNode }) {
  return <OwnDataContext value={{ ...useContext(OwnDataContext), list }}>{children}</OwnDataContext>;
}

function openFrom(from: File | string, lab: Lab, { list } = NO_OWN, files: LabFiles | null = null) {
  const [onTab, onTask, onClose] = [vi.fn(), vi.fn(), vi.fn()];
  render(
    <LabContext value={lab}>
      <LabFilesContext value={files}>
        <Own list={list}>
          <SharedDialog from={from} onTab={onTab} onTask={onTask} onClose={onClose} />
        </Own>
      </LabFilesContext>
    </LabContext>,
  );
  return { onTab, onTask, onClose };
}

test('the link of the draft is written, with a code to photograph', async () => {
  const lab = new FakeWorker().lab();
  render(
    <LabContext value={lab}>
      <ShareDialog tab="report" onOpen={() => undefined} onClose={() => undefined} />
    </LabContext>,
  );
  const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Link' });
  const { draft } = lab;
  const { presetId } = draft.store.getState();
  const written = await linkTo('http://localhost:3000/', sharedText(draft.store.getState(), presetId, 'report'));
  expect(field.value).toBe(written);
  expect(screen.getByRole('img', { name: 'QR code of the link' })).toBeDefined();
  // What cannot be trained is not sent: whoever opened it would be told that the link is damaged.
  cleanup();
  draft.setRecipe({ batchSize: 0 }, 'batch size');
  render(
    <LabContext value={lab}>
      <ShareDialog tab="report" onOpen={() => undefined} onClose={() => undefined} />
    </LabContext>,
  );
  expect(screen.getByRole('dialog').textContent).toContain('The link appears as soon as that is fixed.');
  expect(screen.queryByRole('textbox')).toBeNull();
});

test('a link shows what it brings, and takes the place of the draft, which Undo brings back', async () => {
  const lab = new FakeWorker().lab();
  const before = lab.draft.store.getState();
  const { onTab, onClose } = await openLink(sharedText(elvlandVgg, elvlandVgg.id, 'mistakes'), lab);
  fireEvent.click(await screen.findByRole('button', { name: 'Open it' }));
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(onTab).toHaveBeenCalledWith('mistakes');
  const { network, recipe, dataset, presetId } = lab.draft.store.getState();
  expect({ network, recipe, dataset, presetId }).toEqual({
    network: elvlandVgg.network,
    recipe: elvlandVgg.recipe,
    dataset: FIRST_DATASET.spec,
    presetId: elvlandVgg.id,
  });
  lab.draft.undo();
  expect(lab.draft.store.getState()).toEqual(before);
});

test('the data set of a link is opened first, and Undo leads to the draft that was kept for it', async () => {
  const worker = new FakeWorker();
  const lab = worker.lab();
  const [preset] = PENGUINS_PRESETS;
  const { onClose } = await openLink(
    sharedText({ ...preset, recipe: { ...preset.recipe, epochs: 3 } }, preset.id, ''),
    lab,
  );
  const button = await screen.findByRole('button', { name: 'Open it' });
  expect(screen.getByRole('dialog').textContent).toContain(`${preset.dataset.title} is opened first.`);
  fireEvent.click(button);
  const sent = worker.sent.at(-1);
  if (sent?.type !== 'openDataset') throw new Error('No data set was opened.');
  expect(onClose).not.toHaveBeenCalled();
  worker.say({ type: 'datasetOpened', baseUrl: sent.source.baseUrl, spec: preset.dataset });
  await waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(lab.draft.store.getState().recipe.epochs).toBe(3);
  lab.draft.undo();
  expect(lab.draft.store.getState()).toMatchObject({ dataset: preset.dataset });
  expect(lab.draft.store.getState().recipe.epochs).not.toBe(3);
});

test('a link for a data set that is not here says which one, and a damaged one says so', async () => {
  const lab = new FakeWorker().lab();
  const before = lab.draft.store.getState();
  const unknown = { ...FIRST_DATASET.spec, id: 'shoes-12345678', title: 'My shoes' };
  await openLink(sharedText({ ...before, dataset: unknown }, '', ''), lab);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain(
    'the data set “My shoes” (images of 28×28×1, 10 classes), which this browser does not have',
  );
  expect(screen.queryByRole('button', { name: 'Open it' })).toBeNull();
  cleanup();
  await openLink('{}', lab);
  expect((await screen.findByRole('alert')).textContent).toContain('This link is damaged');
  expect(lab.draft.store.getState()).toBe(before);
});

test('where the own data sets cannot be listed, a link says just that', async () => {
  const lab = new FakeWorker().lab();
  const unknown = { ...FIRST_DATASET.spec, id: 'shoes-12345678', title: 'My shoes' };
  const list = () => Promise.reject(new Error('The storage is closed.'));
  await openLink(sharedText({ ...lab.draft.store.getState(), dataset: unknown }, '', ''), lab, { list });
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('cannot be listed now, so that it cannot be told whether it is among them.');
  expect(alert.textContent).not.toContain('does not have');
});

test('weights in a file that are no numbers are told before the file is opened', async () => {
  const { snapshot, ...others } = checkpointAt(20);
  const weights = snapshot.weights.map((values) => values.map(() => Number.NaN));
  const runs = [{ run: fullRun(1), checkpoint: { ...others, snapshot: { ...snapshot, weights } } }];
  const bytes = writeLab({ shared: sharedText(draft, draft.presetId, ''), runs, texts: [] });
  const none = () => Promise.reject(new Error('Nobody asks for this.'));
  const files = { save: none, adopt: none, saveAssignment: none, handIn: none, readHandIn: none };
  openFrom(new File([bytes], 'a.fitting-room'), new FakeWorker().lab(), NO_OWN, async () => ({
    ...files,
    read: async () => readLab(bytes),
  }));
  await screen.findByText(/^1 run in the file has weights that are no finite numbers\. These are left out/);
});
