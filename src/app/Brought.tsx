import { WeightsFileDialog } from '../features/model/builder/WeightsFileDialog.tsx';
import { SharedDialog, type SharedDialogProps } from '../features/share/SharedDialog.tsx';

/** Shows what a file or a link brings before it is taken: a lab, or the weights of a network. */
export function Brought({ from, onTab, onClose }: SharedDialogProps) {
  const isWeights = typeof from !== 'string' && from.name.endsWith('.safetensors');
  if (isWeights) return <WeightsFileDialog file={from} onClose={onClose} />;
  return <SharedDialog from={from} onTab={onTab} onClose={onClose} />;
}
