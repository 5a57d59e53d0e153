import { type KeyboardEvent, useContext } from 'react';
import { useStore } from 'zustand';
import { classNameOf, type DatasetSpec, hasCapability, isSameDataset } from '../../core/dataset/spec.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { withArticle } from '../../core/text/nouns.ts';
import { countText, percentText } from '../../core/text/number-text.ts';
import { isSingleKey, keyName } from '../../ui/base/key-name.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
import { useDataSet, useQuestions, useRun, useShownDataset } from '../lab.tsx';
import { SingleKeysContext } from '../single-keys.ts';
import { usePixels } from '../use-pixels.ts';
import { HistogramsSection } from './HistogramsSection.tsx';
import { FirstLayerSection, MapsSection, SeenSection } from './InsideSections.tsx';
import type { Looking } from './looking.ts';
import { MapSection } from './MapSection.tsx';
import { type Insight, useInspection } from './use-inspection.ts';
import './inside.css';
import { part } from '../../ui/card/part.tsx';

/** Props of {@link InsidePanel}. */
export interface InsidePanelProps {
  readonly looking: Looking;
  readonly onLooking: (looking: Looking) => void;
}

const AttentionSection = part(async () => (await import('./AttentionSection.tsx')).AttentionSection);

const TableSections = part(async () => (await import('./table/TableSections.tsx')).TableSections);

/** What there is to look at: a drawing only where the data set can be drawn, and of a table the row in the form. */
function sourcesFor(dataset: DatasetSpec) {
  const { one } = dataset.words.sample;
  const test = { value: 'test', label: `Test ${one}` } as const;
  if (!isMade(dataset)) return [test];
  const own = dataset.samples.kind === 'table' ? `Your ${one}` : 'Your drawing';
  return [{ value: 'drawing', label: own } as const, test];
}

/** Whether people can make a sample themselves. */
function isMade(dataset: DatasetSpec): boolean {
  return dataset.samples.kind === 'table' || hasCapability(dataset, 'drawing');
}

/** What the newest network has inside, for a drawing or a sample of the test set. */
export function InsidePanel({ looking, onLooking }: InsidePanelProps) {
  const dataset = useShownDataset();
  const { sample, source, words } = useSample(looking, dataset);
  const insight = useInspection(sample, looking.layerId);
  const testImages = useDataSet((data) => data.testImages);
  const another = () => onLooking({ ...looking, source: 'test', place: (looking.place + 1) % Math.max(1, testImages) });
  const onKeyDown = useKey('N', another);
  return (
    <>
      <Who insight={insight} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only listens; Another is what people press. */}
      <div className="panel inside" tabIndex={-1} onKeyDown={onKeyDown}>
        <div className="inside-head">
          <Segmented
            label={`${capitalised(dataset.words.sample.one)} to look at`}
            choices={sourcesFor(dataset)}
            value={source}
            onChange={(value) => onLooking({ ...looking, source: value })}
          />
          <Button variant="quiet" size="sm" kbd="N" onClick={another}>
            Another
          </Button>
        </div>
        <div className="inside-looked">
          {sample !== undefined && <Examined dataset={dataset} sample={sample} />}
          <p className="inside-words num" role="status">
            {words}
          </p>
        </div>
        {sample !== undefined && (
          <Look
            dataset={dataset}
            insight={insight}
            chosen={looking.layerId}
            onLayer={(layerId) => onLooking({ ...looking, layerId })}
          />
        )}
      </div>
    </>
  );
}

/** The sample that is looked at. */
function Examined({ dataset, sample }: { readonly dataset: DatasetSpec; readonly sample: Uint8Array }) {
  const size = imageSizeOf(dataset);
  if (size === null) return null;
  return (
    <figure className="inside-image">
      <PixelImage pixels={sample} size={size} label={`The ${dataset.words.sample.one}`} />
    </figure>
  );
}

/** The sample to look at, and what it is in words; without a sample, why there is none. */
function useSample({ source: chosen, place }: Looking, dataset: DatasetSpec) {
  const isTable = dataset.samples.kind === 'table';
  const drawn = useStore(useQuestions().drawing, ({ pixels }) => pixels);
  const { testImages, testLabels, spec } = useDataSet((data) => data);
  const source = isMade(dataset) ? (chosen ?? (drawn === null || isTable ? 'test' : 'drawing')) : 'test';
  const pixels = usePixels('test', source === 'test' && place < testImages ? [place] : [], dataset);
  const { sample, subject } = dataset.words;
  if (!isSameDataset(spec, dataset)) return { source, sample: undefined, words: `${dataset.title} is not open.` };
  if (source === 'drawing') {
    if (isTable) {
      const words =
        drawn === null ? `Fill in ${withArticle(sample.one)} on the Predict tab, or look at a test ${sample.one}.` : '';
      return { source, sample: drawn ?? undefined, words };
    }
    const draw = `Draw ${withArticle(subject.one)} on the Draw tab, or look at a test ${sample.one}.`;
    return { source, sample: drawn ?? undefined, words: drawn === null ? `The pad is empty. ${draw}` : '' };
  }
  const label = testLabels[place];
  if (label === undefined) {
    const late = `The test ${sample.many} load last and are still loading`;
    const words = isMade(dataset) && !isTable ? `${late}; you can look at a drawing now.` : `${late}.`;
    return { source, sample: undefined, words };
  }
  const name = classNameOf(dataset, label);
  const words = `Test ${sample.one} ${countText(place + 1)} of ${countText(testImages)}, labelled ${name}`;
  return { source, sample: pixels, words };
}

/** What presses a key while something in the panel has the focus; in a select it finds an option by its letter. */
function useKey(key: string, press: () => void) {
  const singleKeys = useContext(SingleKeysContext);
  return (event: KeyboardEvent) => {
    const name = keyName(event);
    if (name !== key || (isSingleKey(name) && !singleKeys) || event.target instanceof HTMLSelectElement) return;
    event.preventDefault();
    press();
  };
}

/** Which network is shown, and how far it is trained. */
function Who({ insight }: { readonly insight: Insight | null }) {
  const stepsPerEpoch = useRun((run) => run?.stepsPerEpoch ?? 0);
  const by = insight?.inspection?.by;
  if (by === undefined) return <div className="source">Showing the newest network</div>;
  const epoch = stepsPerEpoch > 0 ? by.step / stepsPerEpoch : Number.NaN;
  const weights = Number.isInteger(epoch) ? `epoch ${countText(epoch)}` : `step ${countText(by.step)}`;
  return (
    <div className="source">
      {by.run === 'shipped' ? 'A network trained in advance' : `Run ${by.run}`}
      <span className="grow" />
      <span className="num">
        {by.testAccuracy === null ? `weights of ${weights}` : `test ${percentText(by.testAccuracy)}`}
      </span>
    </div>
  );
}

interface LookProps {
  readonly dataset: DatasetSpec;
  readonly insight: Insight | null;
  readonly chosen: string | null;
  readonly onLayer: (id: string) => void;
}

function Look({ dataset, insight, chosen, onLayer }: LookProps) {
  if (insight === null) return <p className="nothing">Looking inside the network.</p>;
  const { inspection, sample } = insight;
  const { samples } = dataset;
  if (inspection === null) return <p className="nothing">There is no network to look inside yet. Train one first.</p>;
  return (
    <>
      {samples.kind === 'image' ? (
        <FirstLayerSection dataset={dataset} first={inspection.first} />
      ) : (
        <TableSections dataset={dataset} samples={samples} first={inspection.first} row={sample} />
      )}
      <SeenSection dataset={dataset} inspection={inspection} chosen={chosen} onLayer={onLayer} />
      {inspection.attention.length > 0 && (
        <AttentionSection dataset={dataset} image={sample} maps={inspection.attention} />
      )}
      <MapsSection dataset={dataset} image={sample} maps={inspection.maps} />
      <HistogramsSection dataset={dataset} />
      <MapSection dataset={dataset} />
    </>
  );
}
