import { useState } from 'react';
import { at } from '../../core/at.ts';
import { classCountOf, classNameOf } from '../../core/dataset/spec.ts';
import { clusteredOrder, reordered } from '../../core/evaluation/confusion-order.ts';
import type { Confusion } from '../../core/evaluation/metrics.ts';
import { answersOf, filtered, sorted } from '../../core/evaluation/mistakes.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { countOf } from '../../core/text/nouns.ts';
import { percentText } from '../../core/text/number-text.ts';
import { Slider } from '../../ui/form/Slider.tsx';
import { Segmented, Switch } from '../../ui/form/Toggle.tsx';
import { HeatMap } from '../../ui/matrix/HeatMap.tsx';
import type { Cell, HeatMode } from '../../ui/matrix/heat.ts';
import { MistakeList } from '../../ui/matrix/MistakeList.tsx';
import { useRun } from '../lab.tsx';
import { Term } from '../terms.tsx';
import { ImageGrid } from './ImageGrid.tsx';
import { Source } from './Source.tsx';
import { ThresholdControls } from './ThresholdControls.tsx';
import { type Decided, decided, type ThresholdProps } from './threshold.ts';

const MODES: readonly { readonly value: HeatMode; readonly label: string }[] = [
  { value: 'counts', label: 'Counts' },
  { value: 'row', label: 'Row %' },
  { value: 'column', label: 'Column %' },
];

/** Of more classes than these, the most frequent mistakes are listed as well: they are hard to find by eye. */
const MOST_BY_EYE = 20;

/** Which classes are taken for which, and the samples behind each number. */
export function ConfusionPanel({ choice, onChoice }: ThresholdProps) {
  return (
    <Source>
      {(judged) => (
        <>
          {classCountOf(judged.dataset) === 2 && <ThresholdControls {...{ judged, choice, onChoice }} />}
          <Matrix key={judged.dataset.id} judged={decided(judged, choice)} />
        </>
      )}
    </Source>
  );
}

function Matrix({ judged }: { readonly judged: Decided }) {
  const [mode, setMode] = useState<HeatMode>('counts');
  const [clustered, setClustered] = useState(false);
  const [cell, setCell] = useState<Cell>();
  const [epoch, setEpoch] = useState<number>();
  const replayed = useReplay(judged, epoch);
  const order = clustered ? clusteredOrder(judged.confusion) : [...judged.confusion.keys()];
  const place = (label: number) => order.indexOf(label);
  const selected = cell && { truth: place(cell.truth), predicted: place(cell.predicted) };
  const select = ({ truth, predicted }: Cell) => setCell({ truth: at(order, truth), predicted: at(order, predicted) });
  return (
    <>
      <div className="results-row">
        <Segmented label="Cells show" choices={MODES} value={mode} onChange={setMode} />
        <span className="grow" />
        <Switch on={clustered} onChange={setClustered}>
          Look-alikes
        </Switch>
      </div>
      <HeatMap
        classes={order.map((label) => classNameOf(judged.dataset, label))}
        samples={judged.dataset.words.sample.many}
        counts={reordered(replayed ?? judged.confusion, order)}
        mode={mode}
        selected={selected}
        onSelect={select}
      />
      {order.length > MOST_BY_EYE && (
        <MistakeList
          classes={judged.dataset.classes}
          counts={replayed ?? judged.confusion}
          selected={cell}
          onSelect={setCell}
        />
      )}
      <p className="report-note">
        <Term>Confusion matrix</Term>: rows are true classes, columns are predictions.
      </p>
      {replays(judged) && <Replay epoch={epoch} onEpoch={setEpoch} />}
      {cell && replayed === undefined && <CellStrip judged={judged} cell={cell} />}
    </>
  );
}

/** The matrix as it was at an earlier epoch; undefined for the newest. */
function useReplay(judged: Decided, epoch: number | undefined): Confusion | undefined {
  const epochs = useRun((run) => run?.epochs);
  if (!replays(judged) || epoch === undefined || epoch >= (epochs?.length ?? 0)) return undefined;
  return epochs?.[epoch - 1]?.confusion ?? undefined;
}

/** Whether earlier epochs can be shown: their matrices are by the largest output. */
function replays({ set, decision }: Decided): boolean {
  return set === 'validation' && decision === null;
}

/** A slider over the epochs, which replays how the matrix formed. */
function Replay({ epoch, onEpoch }: { readonly epoch: number | undefined; readonly onEpoch: (epoch: number) => void }) {
  const epochs = useRun((run) => run?.epochs.length ?? 0);
  if (epochs < 2) return null;
  const at = Math.min(epoch ?? epochs, epochs);
  return (
    <div className="results-row replay">
      <span className="num">
        epoch {at} of {epochs}
      </span>
      <Slider
        label="Epoch of the matrix"
        scale={{ kind: 'linear', min: 1, max: epochs }}
        value={at}
        snap={Math.round}
        steps={Array.from({ length: epochs }, (_, i) => i + 1)}
        onChange={onEpoch}
      />
    </div>
  );
}

/** How many samples of a cell show at first. */
const PAGE = 28;

/** All samples of a cell, those first of which the network was surest. */
function CellStrip({ judged, cell: { truth, predicted } }: { readonly judged: Decided; readonly cell: Cell }) {
  const answers = sorted(
    filtered(answersOf(judged.evaluation, judged.decision), { label: truth, predicted }),
    'mostConfident',
  );
  const { dataset } = judged;
  const { sample } = dataset.words;
  return (
    <section className="strip" aria-label={`${capitalised(sample.many)} of the selected cell`}>
      <div className="sub">
        <h3>{`${classNameOf(dataset, truth)} predicted as ${classNameOf(dataset, predicted)}`}</h3>
      </div>
      <div className="sub">
        <span>{`${countOf(answers.length, sample)}, most confident first`}</span>
      </div>
      <ImageGrid
        key={`${truth} ${predicted}`}
        judged={judged}
        answers={answers}
        page={PAGE}
        className="strip-grid"
        caption={(answer) => percentText(answer.confidence, 0)}
      />
    </section>
  );
}
