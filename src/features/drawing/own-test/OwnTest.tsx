import { type ChangeEvent, useState } from 'react';
import type { OwnTestResult, OwnTestSample } from '../../../core/dataset/own-test.ts';
import { classNameOf, type DatasetSpec, type ImageSamples } from '../../../core/dataset/spec.ts';
import { shiftText } from '../../../core/evaluation/domain-shift.ts';
import { sampleOf } from '../../../core/imaging/sample.ts';
import { percentText } from '../../../core/text/number-text.ts';
import { drawingOf, photoOf } from '../../../datasets/capabilities.ts';
import { classNames } from '../../../ui/base/class-names.ts';
import { Icon } from '../../../ui/base/Icon.tsx';
import { Button } from '../../../ui/form/Button.tsx';
import { SelectField } from '../../../ui/form/SelectField.tsx';
import { decodeImage } from '../../../ui/image/decode-image.ts';
import { PixelButton } from '../../../ui/image/PixelImage.tsx';
import { useSteadyRuns } from '../../lab.tsx';
import { TrainOnThem } from './TrainOnThem.tsx';
import { useOwnTest } from './use-own-test.ts';
import './own-test.css';

/** Props of {@link OwnTest}. */
export interface OwnTestProps {
  readonly dataset: DatasetSpec;
  readonly size: ImageSamples;
  /** The drawing as the network sees it; null where nothing is drawn. */
  readonly drawn: Uint8Array<ArrayBuffer> | null;
}

/** Drawings and pictures that are kept with their class, and how well networks do on them. */
export function OwnTest({ dataset, size, drawn }: OwnTestProps) {
  const { test, predicted, problem, add, remove, clear } = useOwnTest(dataset);
  const [label, setLabel] = useState(0);
  const [refusal, setRefusal] = useState<string | null>(null);
  // Where photos go to the pad first, they are added from there.
  const takesPictures = photoOf(dataset) === null && size.height === size.width && size.storage === 'uint8';
  const classes = dataset.classes.map((name, value) => ({ value, label: name }));
  const takeFiles = async ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const files = Array.from(currentTarget.files ?? []);
    currentTarget.value = '';
    const made: Uint8Array<ArrayBuffer>[] = [];
    setRefusal(null);
    for (const file of files) {
      const decoded = await decodeImage(file);
      if (decoded.kind === 'refused') setRefusal(`${file.name}: ${decoded.message}`);
      else made.push(sampleOf(decoded.picture, formOf(size)));
    }
    add(label, made);
  };
  if (test === null) return null;
  return (
    <section className="own-test" aria-label="My test set">
      <div className="own-test-add">
        <SelectField label="It is" choices={classes} value={label} onChange={setLabel} />
        {drawingOf(dataset) !== null && (
          <Button
            variant="outline"
            size="sm"
            blocked={drawn === null ? 'Draw something first.' : undefined}
            onClick={() => drawn !== null && add(label, [drawn.slice()])}
          >
            Add to my test set
          </Button>
        )}
        {takesPictures && (
          <label className="btn btn-line btn-sm">
            <Icon name="upload" size="sm" />
            Add pictures to it
            <input className="vh" type="file" accept="image/*" multiple onChange={(event) => void takeFiles(event)} />
          </label>
        )}
      </div>
      {[problem, refusal].map(
        (sentence) =>
          sentence !== null && (
            <p key={sentence} className="field-error" role="alert">
              {sentence}
            </p>
          ),
      )}
      {test.samples.length > 0 && (
        <>
          <h4>My test set</h4>
          <Results results={test.results} />
          <ul className="own-test-samples" aria-label="Samples of my test set">
            {test.samples.map(({ label: own, values }, place) => {
              const answer = predicted?.[place];
              const name = classNameOf(dataset, own);
              const taken = answer === undefined || answer === own ? '' : `, taken for ${classNameOf(dataset, answer)}`;
              return (
                // biome-ignore lint/suspicious/noArrayIndexKey: two samples may be the same.
                <li key={place} className={classNames(taken !== '' && 'own-test-wrong')}>
                  <PixelButton
                    pixels={values}
                    size={size}
                    label={`${name}${taken}. Delete it`}
                    title={`${name}${taken}`}
                    onClick={() => remove(place)}
                  />
                </li>
              );
            })}
          </ul>
          <div className="own-test-add">
            <TrainOnThem dataset={dataset} samples={test.samples} />
            <Button variant="outline" size="sm" onClick={() => void saveTest(dataset, size, test.samples)}>
              Export as a zip
            </Button>
            <Button variant="quiet" size="sm" onClick={clear}>
              Delete all
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

/** How networks did on it, the newest first, beside the test set. */
function Results({ results }: { readonly results: readonly OwnTestResult[] }) {
  const runs = useSteadyRuns();
  const [newest, ...others] = results;
  if (newest === undefined) return <p className="muted">Train a network to see how it does on it.</p>;
  const testedOf = ({ run, tested }: OwnTestResult) =>
    tested ?? runs.find(({ number }) => number === run)?.test?.accuracy ?? null;
  return (
    <>
      <p>
        <b>{nameOf(newest)}:</b> {shiftText(newest.right, newest.total, testedOf(newest))}
      </p>
      {others.length > 0 && (
        <ul className="own-test-runs" aria-label="Earlier networks on my test set">
          {others.map((result) => {
            const tested = testedOf(result);
            return (
              <li key={result.run}>
                {nameOf(result)}: {result.right} of {result.total}, {percentText(result.right / result.total)}
                {tested !== null && `; test set ${percentText(tested)}`}
              </li>
            );
          })}
        </ul>
      )}
    </>
  );
}

function nameOf({ run }: OwnTestResult): string {
  return run === 'shipped' ? 'The network trained in advance' : `Run ${run}`;
}

/** A picture becomes what the pictures of a data set of the user's own become. */
function formOf({ height, channels }: ImageSamples) {
  return { side: height, channels: channels === 1 ? 1 : 3, fit: 'fit' } as const;
}

/** What writes zips is loaded when one is written. */
async function saveTest(dataset: DatasetSpec, size: ImageSamples, samples: readonly OwnTestSample[]): Promise<void> {
  const { exportTest } = await import('./export-test.ts');
  await exportTest(dataset, size, samples);
}
