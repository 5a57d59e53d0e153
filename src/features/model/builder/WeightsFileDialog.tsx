import { useEffect, useState } from 'react';
import { Button } from '../../../ui/form/Button.tsx';
import { Dialog } from '../../../ui/overlay/Dialog.tsx';
import { useLab, useRunsControl } from '../../lab.tsx';
import { WeightsStarts } from './WeightsStarts.tsx';
import { readWeights, type WeightsReading } from './weights-file.ts';

/** Props of {@link WeightsFileDialog}. */
export interface WeightsFileDialogProps {
  readonly file: File;
  readonly onClose: () => void;
}

/** Shows what a file of weights has for the draft, before the next run begins with them. */
export function WeightsFileDialog({ file, onClose }: WeightsFileDialogProps) {
  const draft = useLab().draft.store;
  const { weights } = useRunsControl();
  const [reading, setReading] = useState<WeightsReading | null>(null);
  useEffect(() => {
    void readWeights(file, draft.getState()).then(setReading);
  }, [file, draft]);
  const choice = reading !== null && 'kind' in reading ? reading : null;
  const begin = () => {
    if (choice !== null) weights.setState(choice, true);
    onClose();
  };
  return (
    <Dialog
      className="cost weights"
      title={`Weights in ${file.name}`}
      onClose={onClose}
      closeWord={choice === null ? 'Close' : 'Cancel'}
      actions={
        choice !== null && (
          <Button variant="primary" onClick={begin}>
            Begin the next run with them
          </Button>
        )
      }
    >
      {reading === null && <p role="status">The file is being read.</p>}
      {reading !== null && 'problem' in reading && (
        <p className="field-error" role="alert">
          {reading.problem}
        </p>
      )}
      {choice !== null && <WeightsStarts chosen={{ source: choice.source, ...choice.trained }} notes={choice.notes} />}
    </Dialog>
  );
}
