import { useState } from 'react';
import { isOwnId } from '../../core/dataset/own-dataset.ts';
import type { DatasetSpec } from '../../core/dataset/spec.ts';
import { packagesFor } from '../../core/exporting/data-source.ts';
import type { BeginningTool } from '../../core/exporting/files/beginning.ts';
import { kerasCode } from '../../core/exporting/keras.ts';
import { pytorchCode } from '../../core/exporting/pytorch.ts';
import { isAugmented } from '../../core/training/augmentation.ts';
import type { Recipe } from '../../core/training/recipe.ts';
import { recipeProblems } from '../../core/training/recipe-problems.ts';
import { shippedDataset } from '../../datasets/catalogue.ts';
import { download } from '../../ui/base/download.ts';
import { Button } from '../../ui/form/Button.tsx';
import { CopyButton } from '../../ui/form/CopyButton.tsx';
import { Segmented, Switch } from '../../ui/form/Toggle.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { useAnalysis } from '../analysis.ts';
import { useDraft } from '../lab.tsx';
import { BeginningNote, useBeginning } from './Beginning.tsx';
import { NetworkFiles } from './NetworkFiles.tsx';

/** A library that the program can be written for. */
interface Library {
  readonly title: string;
  /** What has to be installed for it, and where several GPUs or machines share the work. */
  readonly packages: string;
  readonly sharedPackages: string;
  readonly file: string;
  /** The file of weights that the program begins with, where the run does. */
  readonly weights: string;
  readonly tool: BeginningTool;
  readonly write: typeof kerasCode;
}

const KERAS: Library = {
  title: 'Keras',
  packages: 'keras tensorflow',
  sharedPackages: 'keras jax',
  file: 'fitting_room_keras.py',
  weights: 'fitting_room_keras.safetensors',
  tool: 'keras',
  write: kerasCode,
};

const PYTORCH: Library = {
  title: 'PyTorch',
  packages: 'torch torchvision',
  sharedPackages: 'torch torchvision',
  file: 'fitting_room_pytorch.py',
  weights: 'fitting_room_pytorch.safetensors',
  tool: 'torch',
  write: pytorchCode,
};

const LIBRARIES = [KERAS, PYTORCH].map((library) => ({ value: library, label: library.title }));

/** The draft as a Python program that trains it outside of the app. */
export function ProgramDialog({ onClose }: { readonly onClose: () => void }) {
  const { graph } = useAnalysis();
  const { recipe, dataset } = useDraft((draft) => draft);
  const [library, setLibrary] = useState(KERAS);
  const [isShared, setShared] = useState(false);
  const [problem] = Object.values(recipeProblems(recipe, dataset));
  const begun = useBeginning();
  const beginning = begun && { file: library.weights, from: begun.text };
  const code = graph !== null && problem === undefined ? library.write(graph, recipe, { isShared, beginning }) : null;
  const packages = isShared ? library.sharedPackages : library.packages;
  return (
    <Dialog className="layers-text program" title="Export code" onClose={onClose} closeWord="Close">
      {code === null ? (
        <p>
          {problem} The code appears as soon as {problem ? 'that is fixed' : 'the layers fit together'}.
        </p>
      ) : (
        <>
          <About
            packages={begun === null ? packages : `${packages} safetensors`}
            isShared={isShared}
            recipe={recipe}
            dataset={dataset}
          />
          {begun !== null && <BeginningNote beginning={begun} tool={library.tool} file={library.weights} />}
          <div className="program-bar">
            <Segmented label="Library" choices={LIBRARIES} value={library} onChange={setLibrary} />
            <Switch on={isShared} onChange={setShared} description="A program whose batches are shared by them">
              Several GPUs or machines
            </Switch>
            <span className="grow" />
            <CopyButton text={() => code}>Copy</CopyButton>
            <SaveButton code={code} file={library.file} />
          </div>
          <textarea aria-label={`Code for ${library.title}`} readOnly spellCheck={false} value={code} />
        </>
      )}
      <NetworkFiles />
    </Dialog>
  );
}

function SaveButton({ code, file }: { readonly code: string; readonly file: string }) {
  return (
    <Button variant="outline" size="sm" icon="export" onClick={() => download(file, code, 'text/x-python')}>
      Download
    </Button>
  );
}

interface AboutProps {
  readonly packages: string;
  readonly isShared: boolean;
  readonly recipe: Recipe;
  readonly dataset: DatasetSpec;
}

/** What the program does, and why its figures are not those of the app to the last digit. */
function About({ packages, isShared, recipe, dataset }: AboutProps) {
  const { many } = dataset.words.sample;
  const random = isAugmented(recipe.augmentation)
    ? `the order, the split and the augmentation of the ${many}`
    : `the order and the split of the ${many}`;
  return (
    <>
      <p>
        It {dataset.library === null ? 'reads' : 'fetches'} {dataset.title}, builds this network and trains it with this
        recipe. It needs Python with <code>pip install {packagesFor(packages, dataset)}</code>.
      </p>
      {isShared && <p>It says how it is started on several GPUs or machines. Alone it runs, too.</p>}
      <DataFiles dataset={dataset} />
      <p>Its figures differ a little from those here: the initial weights, {random} come from other random numbers.</p>
    </>
  );
}

/** Where the files are that the program reads; nothing where libraries have them. */
function DataFiles({ dataset }: { readonly dataset: DatasetSpec }) {
  if (isOwnId(dataset.id)) return <p>{ownFilesText(dataset)}</p>;
  const shipped = shippedDataset(dataset);
  if (dataset.samples.kind !== 'table' || shipped === undefined) return null;
  const file = `${dataset.id}.csv`;
  return (
    <p>
      It reads{' '}
      <a href={`${shipped.folder}${file}`} download={file}>
        {file}
      </a>
      : save that beside the program.
    </p>
  );
}

/** Which of the user's own files it reads. */
function ownFilesText({ samples, opened }: DatasetSpec): string {
  if (opened !== undefined) {
    const name = opened.name === '.' ? 'the files' : opened.name;
    return `It reads ${name} as you opened it, with the same ${samples.kind === 'table' ? 'rows' : 'images'} to train and to test on: put its path where the program says so.`;
  }
  return samples.kind === 'table'
    ? 'It reads the CSV file that you opened: put its path where the program says so. It draws other rows to test on.'
    : 'It reads the data set as the app keeps it: save that with the arrow beside its name in the list of data sets, and unpack it beside the program.';
}
