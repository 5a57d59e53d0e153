import { type Summary, summaryOf, summaryText } from '../../../core/network/summary.ts';
import { countText } from '../../../core/text/number-text.ts';
import { CopyButton } from '../../../ui/form/CopyButton.tsx';
import { Dialog } from '../../../ui/overlay/Dialog.tsx';
import { useAnalysis } from '../../analysis.ts';
import { usePanelActions } from '../editing/panel-actions.ts';

/** The table of all layers, as Keras prints it. */
export function SummaryDialog() {
  const { close } = usePanelActions();
  const { graph } = useAnalysis();
  const summary = graph && summaryOf(graph);
  const copy = summary && <CopyButton text={() => summaryText(summary)}>Copy as text</CopyButton>;
  return (
    <Dialog className="summary" title="Layers" closeWord="Close" actions={copy} onClose={close}>
      {summary ? <LayersTable summary={summary} /> : <p>The table appears as soon as the layers fit together.</p>}
    </Dialog>
  );
}

function LayersTable({ summary }: { readonly summary: Summary }) {
  const { rows, total, trainable, nonTrainable } = summary;
  return (
    <>
      <div className="scroll">
        <table aria-label="Layers">
          <thead>
            <tr>
              <th scope="col">Layer (type)</th>
              <th scope="col">Output shape</th>
              <th scope="col">Parameters</th>
              <th scope="col">Connected to</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ layer, output, parameters, connectedTo }) => (
              <tr key={layer}>
                <th scope="row">{layer}</th>
                <td>{output}</td>
                <td>{countText(parameters)}</td>
                <td>{connectedTo.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="num">
        {countText(total)} parameters: {countText(trainable)} trainable, {countText(nonTrainable)} not.
      </p>
    </>
  );
}
