import { useContext, useEffect, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { type DatasetSpec, isSameDataset } from '../../core/dataset/spec.ts';
import { analyse } from '../../core/network/graph.ts';
import { shapeText } from '../../core/network/shape.ts';
import { isFor, type SharedSetup, setupOf } from '../../core/sharing/shared-setup.ts';
import { countOf, listOf } from '../../core/text/nouns.ts';
import { briefText, countText } from '../../core/text/number-text.ts';
import { OPTIMIZERS } from '../../core/training/optimizers/registry.ts';
import { diffText, runDiff } from '../../core/training/run-diff.ts';
import type { Setup } from '../../core/training/setup.ts';
import { SHIPPED_DATASETS } from '../../datasets/all-datasets.ts';
import type { DatasetSource } from '../../protocol/commands.ts';
import type { Draft } from '../../state/draft.ts';
import { isBusy } from '../../state/runs.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { ownSource, shippedSource } from '../dataset-sources.ts';
import { Locked } from '../Locked.tsx';
import { useDraft, useLab, useLabStatus } from '../lab.tsx';
import { type LabContents, type LabFiles, LabFilesContext } from '../lab-files.ts';
import { type OwnData, OwnDataContext } from '../own-data.ts';
import { readHash } from './link.ts';
import './share.css';

/** Props of {@link SharedDialog}. */
export interface SharedDialogProps {
  /** A file, or the part of the address behind `#`. */
  readonly from: File | string;
  /** Opens a tab of the results, where there is one of this name. */
  readonly onTab: (tab: string) => void;
  readonly onClose: () => void;
}

const LAYER = { one: 'layer', many: 'layers' };
const EPOCH = { one: 'epoch', many: 'epochs' };

/** A draft that was sent, and where its data set is; `source` is null where the data set is open. */
interface Offer {
  readonly setup: Setup;
  readonly source: DatasetSource | null;
}

/** What a link or a file brings. */
interface Found {
  readonly shared: SharedSetup;
  /** The draft, or why it cannot be opened, as a sentence. */
  readonly offer: Offer | { readonly problem: string };
  /** What else a file has; null of a link. */
  readonly contents: LabContents | null;
}

type State = Found | { readonly problem: string } | null;

/** What a link or a file brings, before it takes the place of the draft. */
export function SharedDialog({ from, onTab, onClose }: SharedDialogProps) {
  const lab = useLab();
  const files = useContext(LabFilesContext);
  const state = useBrought(from);
  const [isOpening, setOpening] = useState(false);
  const open = async ({ shared, offer, contents }: Found) => {
    setOpening(true);
    if ('setup' in offer) {
      const { setup, source } = offer;
      if (source !== null) {
        lab.openDataset(source);
        await draftFor(setup.dataset, lab.draft.store);
      }
      lab.draft.replace({ ...setup, presetId: shared.presetId, change: 'open what was shared' });
      onTab(shared.tab);
    }
    if (contents !== null) await files?.adopt(contents);
    onClose();
  };
  const found = state !== null && 'offer' in state ? state : null;
  return (
    <Dialog
      title={titleOf(from, state)}
      className="share"
      onClose={onClose}
      actions={
        <>
          <Button variant="outline" onClick={onClose}>
            {found === null ? 'Close' : 'Keep mine'}
          </Button>
          {found !== null && (
            <Locked>
              <Button variant="primary" disabled={isOpening} onClick={() => void open(found)}>
                {isOpening ? 'Opening …' : 'Open it'}
              </Button>
            </Locked>
          )}
        </>
      }
    >
      {state === null && <p>Reading the {nameOf(from)} …</p>}
      {state !== null && 'problem' in state && <p role="alert">{state.problem}</p>}
      {found !== null &&
        ('setup' in found.offer ? <Facts {...found.offer} /> : <p role="alert">{found.offer.problem}</p>)}
      {found !== null && found.contents !== null && <MoreOfFile {...found.contents} />}
    </Dialog>
  );
}

/** What a link or a file brings; null until it has been read. */
function useBrought(from: File | string): State {
  const lab = useLab();
  const ownData = useContext(OwnDataContext);
  const files = useContext(LabFilesContext);
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    let isOver = false;
    void find(from, { open: lab.dataSet.store.getState().spec, ownData, files }).then((found) => {
      if (!isOver) setState(found);
    });
    return () => {
      isOver = true;
    };
  }, [from, lab, ownData, files]);
  return state;
}

function nameOf(from: File | string): string {
  return typeof from === 'string' ? 'link' : 'file';
}

function titleOf(from: File | string, state: State): string {
  if (state !== null && 'problem' in state) return `This ${nameOf(from)} cannot be opened`;
  if (typeof from !== 'string') return `Open ${from.name}`;
  return state === null ? 'Shared network' : 'A network was shared with you';
}

/** What somebody gets, and what it does to what they have. */
function Facts({ setup, source }: Offer) {
  const draft = useDraft((current) => current);
  const isTraining = isBusy(useLabStatus());
  const { dataset, network, recipe } = setup;
  const { graph, totals } = analyse(network, dataset);
  const parameters = `${countText(totals.trainable + totals.nonTrainable)} parameters`;
  const isSame = isSameDataset(draft.dataset, dataset);
  const differences = isSame ? runDiff(draft, setup) : [];
  return (
    <>
      <dl className="shared-facts">
        <dt>Data set</dt>
        <dd>{dataset.title}</dd>
        <dt>Network</dt>
        <dd>
          {countOf(network.layers.length, LAYER)}, {graph === null ? 'which do not fit together yet' : parameters}
        </dd>
        <dt>Recipe</dt>
        <dd>
          {countOf(recipe.epochs, EPOCH)}, {OPTIMIZERS[recipe.optimizer.kind].title}, learning rate{' '}
          {briefText(recipe.learningRate)}, batches of {countText(recipe.batchSize)}, seed {recipe.seed}
        </dd>
        {isSame && (
          <>
            <dt>Against yours</dt>
            <dd>{differences.length === 0 ? 'the same' : diffText(differences)}</dd>
          </>
        )}
      </dl>
      <p>It takes the place of the network and the recipe that you are working on. Undo brings those back.</p>
      {source !== null && (
        <p>
          {dataset.title} is opened first.
          {isTraining && ' The run in training stops, and can continue when its own data set is open again.'}
        </p>
      )}
    </>
  );
}

/** What a file has beside the draft. */
function MoreOfFile({ runs, texts, unreadable }: LabContents) {
  const drawings = texts.filter(({ kind }) => kind === 'drawing').length;
  const more = [
    ...(runs.length > 0 ? [countOf(runs.length, { one: 'run', many: 'runs' })] : []),
    ...(drawings > 0 ? [countOf(drawings, { one: 'drawing', many: 'drawings' })] : []),
  ];
  return (
    <>
      {more.length > 0 && (
        <p>
          It also brings {listOf(more)}. Your own runs and drawings stay; a run whose number is taken gets a new one.
        </p>
      )}
      {unreadable > 0 && (
        <p className="field-error">
          {countOf(unreadable, { one: 'run', many: 'runs' })} in the file cannot be read and will be left out.
        </p>
      )}
    </>
  );
}

/** What a link is read with. */
interface Surroundings {
  /** The data set that is open. */
  readonly open: DatasetSpec;
  readonly ownData: OwnData;
  readonly files: LabFiles | null;
}

/** Reads a link or a file, and looks for its data set: the one that is open, those that come with the app, and the user's own. */
async function find(from: File | string, { open, ownData, files }: Surroundings): Promise<State> {
  if (typeof from === 'string') {
    const reading = await readHash(from);
    if ('problem' in reading) return reading;
    const offer = await offerOf(reading.shared, open, ownData);
    return 'problem' in offer ? offer : { shared: reading.shared, offer, contents: null };
  }
  const reading = (await files?.read(from)) ?? { problem: 'This page cannot read files yet. Try again in a moment.' };
  if ('problem' in reading) return reading;
  const { shared } = reading.contents;
  // Runs can be looked at without their data set.
  return { shared, offer: await offerOf(shared, open, ownData), contents: reading.contents };
}

async function offerOf(shared: SharedSetup, open: DatasetSpec, ownData: OwnData): Promise<Found['offer']> {
  const source = isFor(shared, open) ? null : await sourceFor(shared, ownData);
  if (source === undefined) return { problem: missingText(shared) };
  const made = setupOf(shared, source?.expected ?? open);
  return 'problem' in made ? made : { setup: made.setup, source };
}

/** Where the data set of a network is that was sent; undefined where this browser does not have it. */
async function sourceFor(shared: SharedSetup, ownData: OwnData): Promise<DatasetSource | undefined> {
  const shipped = SHIPPED_DATASETS.find(({ spec }) => isFor(shared, spec));
  if (shipped !== undefined) return shippedSource(shipped);
  // Where they cannot be read, the dialog `Data set` says so.
  const { sets } = await ownData.list().catch(() => ({ sets: [] }));
  const own = sets.find(({ spec }) => isFor(shared, spec));
  return own && ownSource(own.spec, ownData);
}

function missingText({ dataset: { title, input, classes } }: SharedSetup): string {
  const samples = input.length === 1 ? `rows of ${countText(input[0] ?? 0)} values` : `images of ${shapeText(input)}`;
  return `It is for the data set “${title}” (${samples}, ${countText(classes)} classes), which this browser does not have. Open the files of that data set under Data set, and then this again.`;
}

/** Resolves when the draft is for a data set that is being opened: then Undo leads back to the one that was kept for it. */
function draftFor(dataset: DatasetSpec, store: StoreApi<Draft>): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (!isSameDataset(store.getState().dataset, dataset)) return;
      stop();
      resolve();
    };
    const stop = store.subscribe(look);
    look();
  });
}
