import { useState } from 'react';
import { useStore } from 'zustand';
import { type OwnTest as OwnTestSet, ownTestBytes } from '../../../core/dataset/own-test.ts';
import { classNameOf, type DatasetSpec, type ImageSamples, isSameDataset } from '../../../core/dataset/spec.ts';
import { bytesText } from '../../../core/text/number-text.ts';
import { classNames } from '../../../ui/base/class-names.ts';
import { withTool } from '../../../ui/card/tool.ts';
import { Button } from '../../../ui/form/Button.tsx';
import { PixelButton } from '../../../ui/image/PixelImage.tsx';
import { Toast } from '../../../ui/overlay/Toast.tsx';
import { useOwnTest } from '../../own-test.ts';
import { AddSamples } from './AddSamples.tsx';
import { OwnResults } from './OwnResults.tsx';
import { TrainOnThem } from './TrainOnThem.tsx';
import './own-test.css';

/** Props of {@link OwnTest}. */
export interface OwnTestProps {
  readonly dataset: DatasetSpec;
  readonly size: ImageSamples;
  /** The drawing as the network sees it; null where nothing is drawn. */
  readonly drawn: Uint8Array<ArrayBuffer> | null;
}

/** What was taken out of the test set, until it is too late to bring it back. */
interface Deleted {
  readonly message: string;
  readonly undo: () => void;
}

/** Drawings and pictures that are kept with their class, and how well networks do on them. */
export function OwnTest({ dataset, size, drawn }: OwnTestProps) {
  const control = useOwnTest();
  const { dataset: own, test, predicted, problem } = useStore(control.store);
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  if (test === null || own === null || !isSameDataset(own, dataset)) return null;
  const remove = (place: number) => setDeleted({ message: 'Sample deleted', undo: control.remove(place) });
  const clear = () => setDeleted({ message: 'My test set deleted', undo: control.clear() });
  return (
    <section className="own-test" aria-label="My test set">
      <AddSamples dataset={dataset} size={size} drawn={drawn} onAdd={control.add.bind(control)} />
      {problem !== null && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      {test.samples.length > 0 && (
        <>
          <h4>My test set</h4>
          <OwnResults test={test} />
          <Samples dataset={dataset} size={size} test={test} predicted={predicted} onRemove={remove} />
          <div className="own-test-add">
            <TrainOnThem dataset={dataset} samples={test.samples} />
            <Button variant="outline" size="sm" onClick={() => void saveTest(dataset, size, test)}>
              Export as a zip
            </Button>
            <Button variant="quiet" size="sm" onClick={clear}>
              Delete all
            </Button>
          </div>
          <p className="muted">{`It takes ${bytesText(ownTestBytes(test))} in this browser.`}</p>
        </>
      )}
      {deleted !== null && (
        <Toast key={deleted.message} message={deleted.message} onUndo={deleted.undo} onDone={() => setDeleted(null)} />
      )}
    </section>
  );
}

interface SamplesProps {
  readonly dataset: DatasetSpec;
  readonly size: ImageSamples;
  readonly test: OwnTestSet;
  /** What the newest network takes each for; null while that is not known. */
  readonly predicted: readonly number[] | null;
  readonly onRemove: (place: number) => void;
}

function Samples({ dataset, size, test, predicted, onRemove }: SamplesProps) {
  return (
    <ul className="own-test-samples" aria-label="Samples of my test set">
      {test.samples.map(({ label, values }, place) => {
        const answer = predicted?.[place];
        const name = classNameOf(dataset, label);
        const taken = answer === undefined || answer === label ? '' : `, taken for ${classNameOf(dataset, answer)}`;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: two samples may be the same.
          <li key={place} className={classNames(taken !== '' && 'own-test-wrong')}>
            <PixelButton
              pixels={values}
              size={size}
              label={`${name}${taken}. Delete it`}
              title={`${name}${taken}. A press deletes it.`}
              onClick={() => onRemove(place)}
            />
          </li>
        );
      })}
    </ul>
  );
}

/** What writes zips is loaded when one is written. */
async function saveTest(dataset: DatasetSpec, size: ImageSamples, { samples }: OwnTestSet): Promise<void> {
  await withTool(
    () => import('./export-test.ts'),
    ({ exportTest }) => exportTest(dataset, size, samples),
  );
}
