import { useId, useState } from 'react';
import { networkOfKeras } from '../../../core/importing/keras-network.ts';
import { INPUT_ID } from '../../../core/network/network.ts';
import { parseNetwork } from '../../../core/network/network-text.ts';
import { Button } from '../../../ui/form/Button.tsx';
import { Dialog } from '../../../ui/overlay/Dialog.tsx';
import { useAnalysis } from '../../analysis.ts';
import { usePanelActions } from './panel-actions.ts';

/** How many faults of a text are listed. */
const LISTED = 5;

const EXAMPLE = '{ "layers": [ { "kind": "dense", "id": "dense-1", "units": 64 } ] }';

/** Layers as text, to be copied by hand where the browser does not let the app do it. */
export function CopyDialog({ text }: { readonly text: string }) {
  const { close } = usePanelActions();
  return (
    <Dialog className="layers-text" title="Layers as text" onClose={close} closeWord="Close">
      <p>This browser does not let the page copy. The text is selected: press Ctrl C.</p>
      <textarea aria-label="Layers as text" readOnly value={text} ref={(field) => field?.select()} />
    </Dialog>
  );
}

/** Props of {@link PasteDialog}. */
export interface PasteDialogProps {
  /** The layer behind which the new ones go. */
  readonly after: string;
  /** What was pasted already, if there is something wrong with it. */
  readonly text: string;
}

/** A field for the text of layers, with everything that is wrong with it. */
export function PasteDialog({ after, text: pasted }: PasteDialogProps) {
  const { close, pasteLayers, replaceLayers } = usePanelActions();
  const { layers } = useAnalysis();
  const [text, setText] = useState(pasted);
  const id = useId();
  const reading = text.trim() === '' ? { problems: [] } : (networkOfKeras(text) ?? parseNetwork(text));
  const read = 'network' in reading ? reading.network.layers : [];
  const problems =
    'problems' in reading ? reading.problems : read.length === 0 ? ['There is no layer in this text.'] : [];
  const count = `${read.length} ${read.length === 1 ? 'layer' : 'layers'}`;
  const place = after === INPUT_ID ? 'Input' : layers.find(({ spec }) => spec.id === after)?.name;
  const done = (act: () => void) => () => {
    close();
    act();
  };
  return (
    <Dialog
      className="layers-text"
      title="Paste layers"
      onClose={close}
      closeWord="Cancel"
      actions={
        <>
          <Button variant="outline" disabled={read.length === 0} onClick={done(() => replaceLayers(read))}>
            Replace all layers
          </Button>
          <Button variant="primary" disabled={read.length === 0} onClick={done(() => pasteLayers(read, after))}>
            {`Insert ${read.length === 0 ? 'layers' : count}`}
          </Button>
        </>
      }
    >
      <label htmlFor={id}>
        Layers as text, as Copy writes them, or what is in the config.json of a Keras file or in the model.json of
        TensorFlow.js, without weights. Inserted after {place ?? 'the Input'}.
      </label>
      <textarea
        id={id}
        value={text}
        placeholder={EXAMPLE}
        spellCheck={false}
        aria-invalid={problems.length > 0}
        aria-describedby={`${id}-problems`}
        onChange={({ currentTarget }) => setText(currentTarget.value)}
      />
      <Problems id={`${id}-problems`} problems={problems} />
    </Dialog>
  );
}

function Problems({ id, problems }: { readonly id: string; readonly problems: readonly string[] }) {
  const more = problems.length - LISTED;
  return (
    <ul id={id} className="text-problems" aria-live="polite">
      {problems.slice(0, LISTED).map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
      {more > 0 && <li>And {more} more.</li>}
    </ul>
  );
}
