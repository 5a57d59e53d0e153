import { type ChangeEvent, useState } from 'react';
import { useStore } from 'zustand';
import { hasCapability } from '../../../core/dataset/spec.ts';
import { SHIPPED_DATASETS } from '../../../datasets/all-datasets.ts';
import type { ShippedDataset } from '../../../datasets/shipped-dataset.ts';
import { stepOf } from '../../../state/run.ts';
import { allRuns, type Runs } from '../../../state/runs.ts';
import { chosenNetwork, NEW_WEIGHTS, type WeightsChoice } from '../../../state/weights-choice.ts';
import { Icon } from '../../../ui/base/Icon.tsx';
import { withTool } from '../../../ui/card/tool.ts';
import { SelectField } from '../../../ui/form/SelectField.tsx';
import { Popover } from '../../../ui/overlay/Popover.tsx';
import { useLab, useQuestions, useRunsControl } from '../../lab.tsx';
import { usePanelActions } from '../editing/panel-actions.ts';
import { WeightsStarts } from './WeightsStarts.tsx';

const ABOVE = { side: 'above', align: 'start' } as const;

/** Chooses what the next run begins with, and shows which layers take those weights, and why the others do not. */
export function WeightsPopover({ anchor }: { readonly anchor: Element }) {
  const { close } = usePanelActions();
  return (
    <Popover className="cost weights" anchor={anchor} label="Weights to begin with" placement={ABOVE} onClose={close}>
      <h2>Weights to begin with</h2>
      <Choice />
      <Layers />
    </Popover>
  );
}

function Choice() {
  const { store, weights, restorable } = useRunsControl();
  const choice = useStore(weights);
  const runs = useStore(store);
  const kept = useStore(restorable);
  const [note, setNote] = useState<string | null>(null);
  const fetchShipped = useShipped(setNote);
  const readFile = useFile(setNote);
  const choices = [
    { value: 'new', label: 'New ones, drawn by the seed' },
    ...runChoices(runs, kept),
    ...SHIPPED.map(({ spec }) => ({
      value: `shipped ${spec.id}`,
      label: `Those of the network that comes with the app for ${spec.title}`,
    })),
    ...(choice.kind === 'given' && choice.source.kind === 'file'
      ? [{ value: 'file', label: `Those in ${choice.source.name}` }]
      : []),
  ];
  const choose = (value: string) => {
    const [kind, which = ''] = value.split(' ');
    setNote(null);
    if (kind === 'file') return;
    const shipped = SHIPPED.find(({ spec }) => spec.id === which);
    if (shipped !== undefined) fetchShipped(shipped);
    else
      weights.setState(
        kind === 'run' ? { kind, run: Number(which) } : kind === 'current' ? { kind } : NEW_WEIGHTS,
        true,
      );
  };
  const open = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? [];
    if (file !== undefined) readFile(file);
    // The same file may be chosen again.
    currentTarget.value = '';
  };
  return (
    <>
      <SelectField label="Weights" choices={choices} value={chosenValue(choice, runs)} onChange={choose} />
      <label className="btn btn-line btn-sm">
        <Icon name="upload" size="sm" />
        From a file
        <input className="vh" type="file" accept=".safetensors,.zip" onChange={open} />
      </label>
      {note !== null && <p role="status">{note}</p>}
    </>
  );
}

/** What ships with a network of its own. */
const SHIPPED = SHIPPED_DATASETS.filter(
  ({ spec, pretrained }) => hasCapability(spec, 'pretrained') && pretrained !== null,
);

/** The runs that have weights: the one at hand first, whichever that will be. */
function runChoices(runs: Runs, kept: ReadonlySet<number>) {
  const { current } = runs;
  const atHand = current === null || stepOf(current) === 0 ? [] : [current];
  const others = allRuns(runs).filter(({ number }) => number !== current?.number && kept.has(number));
  return [
    ...atHand.map(({ number, name }) => ({
      value: 'current',
      label: `Those of run ${number}, ${name}: the one at hand`,
    })),
    ...others.map(({ number, name, draft: { dataset } }) => ({
      value: `run ${number}`,
      label: `Those of run ${number}, ${name}, on ${dataset.title}`,
    })),
  ];
}

/** The choice as a value of the select. A run that became the one at hand is chosen as such. */
function chosenValue(choice: WeightsChoice, runs: Runs): string {
  if (chosenNetwork(choice, runs) === null) return 'new';
  if (choice.kind === 'run') return choice.run === runs.current?.number ? 'current' : `run ${choice.run}`;
  if (choice.kind !== 'given') return choice.kind;
  return choice.source.kind === 'file' ? 'file' : `shipped ${choice.trained.dataset.id}`;
}

/** Fetches a network that comes with the app, which takes a moment; `say` says so, and why it could not be had. */
function useShipped(say: (note: string | null) => void) {
  const { ask } = useQuestions();
  const { weights } = useRunsControl();
  const fetchShipped = async ({ spec, pretrained }: ShippedDataset) => {
    const failed = 'The network could not be loaded. Look at the connection, and choose it again.';
    say('The network is being loaded.');
    const url = new URL(pretrained ?? '', document.baseURI).href;
    const trained = await ask('shippedNetwork', { url, dataset: spec }).catch(() => null);
    say(trained === null ? failed : null);
    if (trained !== null)
      weights.setState({ kind: 'given', source: { kind: 'shipped', title: spec.title }, trained }, true);
  };
  return (shipped: ShippedDataset) => void fetchShipped(shipped);
}

/** Reads the weights in a file; `say` says why that cannot be. What was chosen before then stays. */
function useFile(say: (note: string | null) => void) {
  const draft = useLab().draft.store;
  const { weights } = useRunsControl();
  const read = async (file: File) => {
    say('The file is being read.');
    await withTool(
      () => import('./weights-file.ts'),
      async ({ readWeights }) => {
        const reading = await readWeights(file, draft.getState());
        if ('problem' in reading) return say(reading.problem);
        weights.setState(reading, true);
        say(null);
      },
    );
  };
  return (file: File) => void read(file);
}

/** Layer by layer, what the next run begins with. */
function Layers() {
  const { store, weights } = useRunsControl();
  const choice = useStore(weights);
  const runs = useStore(store);
  const chosen = chosenNetwork(choice, runs);
  if (chosen === null) return <p>All layers begin with new weights, so the run starts from chance.</p>;
  return <WeightsStarts chosen={chosen} notes={choice.kind === 'given' ? choice.notes : undefined} />;
}
