import { at } from '../../core/at.ts';
import { datasetWords } from '../../core/dataset/dataset-words.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { countText } from '../../core/text/number-text.ts';
import { outlinesOf } from '../../datasets/capabilities.ts';
import { shippedDataset } from '../../datasets/catalogue.ts';
import { classNames } from '../../ui/base/class-names.ts';
import { ClassGlyph } from '../../ui/base/Icon.tsx';
import { PixelImage } from '../../ui/image/PixelImage.tsx';
import { ColumnsOfTable } from '../ColumnsOfTable.tsx';
import { useDataSet } from '../lab.tsx';
import './samples-by-class.css';

/** The data set that is open: samples of every class, and how many of each have arrived. */
export function SamplesByClass() {
  const dataSet = useDataSet((data) => data);
  const { spec } = dataSet;
  const { splits, words, classes } = spec;
  const { many } = words.sample;
  const outlines = outlinesOf(spec);
  const most = Math.max(1, ...dataSet.classCounts);
  const { samples } = spec;
  return (
    <>
      <p className="data-about">
        {countText(dataSet.trainingImages)} of {countText(splits.train)} training {many} and{' '}
        {countText(dataSet.testImages)} of {countText(splits.test)} test {many} loaded:{' '}
        {shippedDataset(spec)?.about ?? datasetWords(spec)}
      </p>
      <ul
        className={classNames('data-classes', samples.kind === 'table' && 'is-table')}
        aria-label={`${capitalised(words.subject.many)} by class`}
      >
        {classes.map((name, label) => (
          <li key={name}>
            <ClassGlyph outline={outlines?.[label]} />
            <span>{name}</span>
            {samples.kind === 'image' && (
              <span className="data-samples">
                {dataSet.samples[label]?.map(({ pixels }, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: samples only ever grow at the end.
                  <PixelImage key={index} pixels={pixels} size={samples} label={name} />
                ))}
              </span>
            )}
            <span className="track">
              <i style={{ width: `${(at(dataSet.classCounts, label) / most) * 100}%` }} />
            </span>
            <span className="num">{countText(at(dataSet.classCounts, label))}</span>
          </li>
        ))}
      </ul>
      {samples.kind === 'table' && <ColumnsOfTable dataset={spec} samples={samples} />}
    </>
  );
}
