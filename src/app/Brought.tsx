import { WeightsFileDialog } from '../features/model/builder/WeightsFileDialog.tsx';
import { SharedDialog, type SharedDialogProps } from '../features/share/SharedDialog.tsx';

/** Shows what a file or a link brings before it is taken: a lab, or the weights of a network. */
export function Brought(props: SharedDialogProps) {
  const { from, onClose } = props;
  const isWeights = typeof from !== 'string' && from.name.endsWith('.safetensors');
  return isWeights ? <WeightsFileDialog file={from} onClose={onClose} /> : <SharedDialog {...props} />;
}
