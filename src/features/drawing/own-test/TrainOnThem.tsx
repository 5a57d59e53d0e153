import { useContext, useEffect, useRef, useState } from 'react';
import type { OwnTestSample } from '../../../core/dataset/own-test.ts';
import type { DatasetSpec } from '../../../core/dataset/spec.ts';
import { countText } from '../../../core/text/number-text.ts';
import { Button } from '../../../ui/form/Button.tsx';
import { ownSource } from '../../dataset-sources.ts';
import { useDataSet, useLab } from '../../lab.tsx';
import { OwnDataContext } from '../../own-data.ts';

/** Characters of a title without what is added to it. */
const LONGEST_TITLE = 60;

/** Props of {@link TrainOnThem}. */
export interface TrainOnThemProps {
  readonly dataset: DatasetSpec;
  readonly samples: readonly OwnTestSample[];
}

/** Makes a data set of the user's own: the one that is open, and these samples to train on; and opens it. */
export function TrainOnThem({ dataset, samples }: TrainOnThemProps) {
  const ownData = useContext(OwnDataContext);
  const lab = useLab();
  const baseUrl = useDataSet((data) => data.baseUrl);
  const [state, setState] = useState<{ readonly progress: string } | { readonly refusal: string } | null>(null);
  const leaving = useRef(new AbortController());
  useEffect(() => {
    leaving.current = new AbortController();
    return () => leaving.current.abort();
  }, []);
  const extend = async () => {
    const { signal } = leaving.current;
    setState({ progress: 'Making the data set' });
    const onProgress = (done: number, total: number) =>
      setState({ progress: `Making the data set: ${countText(done)} of ${countText(total)}` });
    const labels = Uint8Array.from(samples, ({ label }) => label);
    const values = new Uint8Array(await new Blob(samples.map((sample) => sample.values)).arrayBuffer());
    const title = `${dataset.title.slice(0, LONGEST_TITLE)} and my own`;
    const { spec } = (await ownData.extend({ baseUrl, title, labels, values }, { signal, onProgress })).dataset;
    lab.openDataset(ownSource(spec, ownData));
  };
  const start = () =>
    void extend().catch(
      (error: unknown) =>
        !leaving.current.signal.aborted &&
        setState({ refusal: error instanceof Error ? error.message : String(error) }),
    );
  if (state !== null && 'progress' in state) return <span role="status">{state.progress}</span>;
  return (
    <>
      <Button variant="outline" size="sm" onClick={start}>
        Add to the training set
      </Button>
      {state !== null && (
        <p className="field-error" role="alert">
          {state.refusal}
        </p>
      )}
    </>
  );
}
