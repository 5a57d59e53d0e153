import { type KeyboardEvent, useContext } from 'react';
import { useStore } from 'zustand';
import { className } from '../../core/dataset/classes.ts';
import { countText, percentText } from '../../core/text/number-text.ts';
import { isSingleKey, keyName } from '../../ui/base/key-name.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Segmented } from '../../ui/form/Toggle.tsx';
import { useDataSet, useQuestions, useRun } from '../lab.tsx';
import { SingleKeysContext } from '../single-keys.ts';
import { usePixels } from '../use-pixels.ts';
import { FirstLayerSection, MapsSection, SeenSection } from './InsideSections.tsx';
import type { Looking } from './looking.ts';
import { type Insight, useInspection } from './use-inspection.ts';
import './inside.css';

/** Props of {@link InsidePanel}. */
export interface InsidePanelProps {
  readonly looking: Looking;
  readonly onLooking: (looking: Looking) => void;
}

const SOURCES = [
  { value: 'drawing', label: 'Your drawing' },
  { value: 'test', label: 'Test image' },
] as const;

/** What the newest network has inside, for a drawing or a test image. */
export function InsidePanel({ looking, onLooking }: InsidePanelProps) {
  const { image, source, words } = useImage(looking);
  const insight = useInspection(image, looking.layerId);
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
            label="Image to look at"
            choices={SOURCES}
            value={source}
            onChange={(value) => onLooking({ ...looking, source: value })}
          />
          <Button variant="quiet" size="sm" kbd="N" onClick={another}>
            Another
          </Button>
        </div>
        <p className="inside-words num" role="status">
          {words}
        </p>
        {image !== undefined && (
          <Look insight={insight} chosen={looking.layerId} onLayer={(layerId) => onLooking({ ...looking, layerId })} />
        )}
      </div>
    </>
  );
}

/** The image to look at, and what it is in words; without an image, why there is none. */
function useImage({ source: chosen, place }: Looking) {
  const drawn = useStore(useQuestions().drawing, ({ pixels }) => pixels);
  const { testImages, testLabels } = useDataSet((data) => data);
  const source = chosen ?? (drawn === null ? 'test' : 'drawing');
  const pixels = usePixels('test', source === 'test' && place < testImages ? [place] : []);
  if (source === 'drawing') {
    const words = drawn === null ? 'The pad is empty. Draw a garment on the Draw tab, or look at a test image.' : '';
    return { source, image: drawn ?? undefined, words };
  }
  const label = testLabels[place];
  if (label === undefined) {
    return {
      source,
      image: undefined,
      words: 'The test images come last. They are on their way; a drawing can be looked at now.',
    };
  }
  const words = `Test image ${countText(place + 1)} of ${countText(testImages)}, labelled ${className(label)}`;
  return { source, image: pixels, words };
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
  if (by === undefined) return <div className="source">The newest network shows what it has inside</div>;
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
  readonly insight: Insight | null;
  readonly chosen: string | null;
  readonly onLayer: (id: string) => void;
}

function Look({ insight, chosen, onLayer }: LookProps) {
  if (insight === null) return <p className="nothing">Looking into the network.</p>;
  const { inspection, image } = insight;
  if (inspection === null) return <p className="nothing">There is no network to look into yet. Train one first.</p>;
  return (
    <>
      <FirstLayerSection first={inspection.first} />
      <SeenSection inspection={inspection} chosen={chosen} onLayer={onLayer} />
      <MapsSection image={image} maps={inspection.maps} />
    </>
  );
}
