import { useContext, useEffect, useEffectEvent } from 'react';
import { datasetWords } from '../../core/dataset/dataset-words.ts';
import { capitalised } from '../../core/text/count-words.ts';
import { SHIPPED_DATASETS } from '../../datasets/all-datasets.ts';
import type { FoundFile } from '../../protocol/reading/reading.ts';
import { isBusy } from '../../state/runs.ts';
import { download } from '../../ui/base/download.ts';
import { withTool } from '../../ui/card/tool.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { ownSource, shippedSource } from '../dataset-sources.ts';
import { Locked } from '../Locked.tsx';
import { useDataSet, useLab, useLabStatus } from '../lab.tsx';
import { type OwnData, OwnDataContext } from '../own-data.ts';
import { ClassCards } from './ClassCards.tsx';
import { type DataSetItem, DataSetList } from './DataSetList.tsx';
import { areLoosePictures } from './found-files.ts';
import { OpenFiles } from './OpenFiles.tsx';
import { ReadingSteps } from './ReadingSteps.tsx';
import { SamplesByClass } from './SamplesByClass.tsx';
import { CancelContext } from './StepsEnd.tsx';
import { useClassCards } from './use-class-cards.ts';
import type { IncomingFiles } from './use-incoming-files.ts';
import './data.css';
import './steps.css';
import { useOwnData } from './use-own-data.ts';
import { useReading } from './use-reading.ts';

/** Props of {@link DataSetDialog}. */
export interface DataSetDialogProps {
  /** Files that were dropped or pasted on the page; null where it was opened without any. */
  readonly incoming: IncomingFiles | null;
  readonly onClose: () => void;
}

/** The data set that is open, those that can be opened instead, and a place for the user's own files. */
export function DataSetDialog({ incoming, onClose }: DataSetDialogProps) {
  const reading = useReading();
  const { step } = reading.state;
  const cards = useClassCards();
  const take = (files: readonly FoundFile<File>[]) => {
    if (areLoosePictures(files)) cards.open(files.map(({ contents }) => contents));
    else reading.survey(files);
  };
  const takeIncoming = useEffectEvent(take);
  useEffect(() => {
    void incoming?.().then(takeIncoming);
  }, [incoming]);
  const isReading = step === 'surveying' || step === 'making' || step === 'choosing';
  const hasCards = cards.list !== null && step !== 'made';
  const close = () => {
    reading.cancel();
    onClose();
  };
  return (
    <Dialog
      title="Data set"
      className="data-dialog"
      onClose={close}
      actions={
        // A step that goes on has a row of its own.
        step === 'choosing' || (hasCards && !isReading) ? null : isReading ? (
          <Button variant="outline" onClick={reading.cancel}>
            Cancel
          </Button>
        ) : (
          <Button variant={step === 'made' ? 'primary' : 'outline'} onClick={close}>
            Close
          </Button>
        )
      }
    >
      <CancelContext value={reading.cancel}>
        <ReadingSteps {...reading} />
      </CancelContext>
      {cards.list !== null && step !== 'made' && (
        // Hidden while they are read: they are still there if something is to be changed.
        <div hidden={isReading}>
          <CancelContext value={cards.close}>
            <ClassCards
              list={cards.list}
              refusal={reading.state.step === 'refused' ? reading.state.message : null}
              onChange={cards.change}
              onDone={reading.survey}
            />
          </CancelContext>
        </div>
      )}
      {!isReading && !hasCards && (
        <>
          {step !== 'made' && <OpenData />}
          <Locked>
            <OpenFiles
              refusal={reading.state.step === 'refused' ? reading.state.message : null}
              onFiles={take}
              onCards={() => cards.open([])}
            />
            <Available />
          </Locked>
        </>
      )}
    </Dialog>
  );
}

function OpenData() {
  const title = useDataSet(({ spec }) => spec.title);
  return (
    <section>
      <h4>{title}</h4>
      <SamplesByClass />
    </section>
  );
}

/** The data sets that can be opened. */
function Available() {
  const lab = useLab();
  const status = useLabStatus();
  const ownData = useContext(OwnDataContext);
  const { list, problem, remove } = useOwnData();
  const shipped = SHIPPED_DATASETS.map((dataset): DataSetItem => {
    const source = shippedSource(dataset);
    return {
      spec: dataset.spec,
      baseUrl: source.baseUrl,
      about: dataset.about,
      own: null,
      onOpen: () => lab.openDataset(source),
    };
  });
  const own = (list ?? []).map((dataset): DataSetItem => {
    const { spec } = dataset;
    const source = ownSource(spec, ownData);
    return {
      spec,
      baseUrl: source.baseUrl,
      about: capitalised(datasetWords(spec)),
      own: dataset,
      onOpen: () => lab.openDataset(source),
      onRemove: () => remove(spec.id),
      onDownload: () => void saveFolder(ownData, spec.id),
    };
  });
  return (
    <>
      {isBusy(status) && (
        <p className="data-note">
          A run is training. Opening another data set stops it; it can continue when its own data set is open again.
        </p>
      )}
      {own.length > 0 && (
        <section>
          <h4>Your own</h4>
          <DataSetList label="Your own data sets" items={own} />
        </section>
      )}
      {problem !== null && (
        <p className="field-error" role="alert">
          {problem}
        </p>
      )}
      <section>
        <h4>Ready to open</h4>
        <DataSetList label="Data sets that come with the app" items={shipped} />
      </section>
    </>
  );
}

/** What writes zips is loaded when one is written. */
async function saveFolder(ownData: OwnData, id: string): Promise<void> {
  await withTool(
    () => import('./zip-of-folder.ts'),
    async ({ zipOfFolder }) => download(`${id}.zip`, zipOfFolder(id, await ownData.folder(id))),
  );
}
