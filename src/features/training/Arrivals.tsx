import { firstSamples, kindNoun } from '../../core/dataset/sample-words.ts';
import { classCountOf } from '../../core/dataset/spec.ts';
import { capitalised, countWord } from '../../core/text/count-words.ts';
import { countOf } from '../../core/text/nouns.ts';
import { countText } from '../../core/text/number-text.ts';
import { WALL_SIZE } from '../../state/data-set.ts';
import { part } from '../../ui/card/part.tsx';
import { ImageWall } from '../../ui/image/ImageWall.tsx';
import { imageSizeOf } from '../../ui/image/pixels.ts';
import { useDataSet } from '../lab.tsx';

const ColumnsOfTable = part(async () => (await import('../ColumnsOfTable.tsx')).ColumnsOfTable);

/** The samples as they stream in, until the first run begins. */
export function Arrivals() {
  const { spec, wall, trainingImages, testImages } = useDataSet((data) => data);
  const { splits, words } = spec;
  const { many } = words.subject;
  const all = splits.train + splits.test;
  const isLoaded = trainingImages + testImages >= all;
  const size = imageSizeOf(spec);
  // A small data set fills fewer places, which are larger then.
  const slots = isLoaded ? wall.length : Math.min(WALL_SIZE, splits.train);
  const columns = matchMedia('(max-width: 760px)').matches ? 16 : 32;
  return (
    <div className="arrive">
      <div>
        <p className="arrive-title">{spec.title}</p>
        <h3>{isLoaded ? `All ${countOf(all, words.sample)} loaded` : `Loading the ${many}`}</h3>
        <p>
          {isLoaded
            ? `${countText(trainingImages)} training ${words.sample.many} of ${countWord(classCountOf(spec))} ${kindNoun(spec).many}, and ${countText(splits.test)} to test on. Press Train and watch the curves.`
            : `Training can start once the first ${firstSamples(spec)} have loaded. The rest keep loading while you work; the test set comes last.`}
        </p>
      </div>
      {size !== null && (
        <ImageWall
          images={wall}
          size={size}
          slots={slots}
          columns={slots > WALL_SIZE / 2 ? columns : columns / 2}
          label={`${capitalised(many)} of the training set`}
        />
      )}
      {spec.samples.kind === 'table' && <ColumnsOfTable dataset={spec} samples={spec.samples} />}
    </div>
  );
}
