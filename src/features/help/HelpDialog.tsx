import { Button } from '../../ui/form/Button.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { useDatasetSpec } from '../lab.tsx';
import './help.css';
import { GLOSSARY } from './glossary.ts';
import { keyGroups } from './keys.ts';

/** Props of {@link HelpDialog}. */
export interface HelpDialogProps {
  /** Whether keys work that are a single letter, digit or sign. */
  readonly singleKeys: boolean;
  readonly onSingleKeys: (on: boolean) => void;
  /** Opens the guided minutes of the first visit again. */
  readonly onVisit: () => void;
  readonly onClose: () => void;
}

/** The keys of the page, and the switch for those that are easily pressed by accident. */
export function HelpDialog({ singleKeys, onSingleKeys, onVisit, onClose }: HelpDialogProps) {
  return (
    <Dialog
      className="help"
      title="Help and keyboard shortcuts"
      onClose={onClose}
      actions={
        <>
          <Button
            variant="outline"
            onClick={() => {
              onClose();
              onVisit();
            }}
          >
            Guided first steps
          </Button>
          <Button variant="outline" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <p>
        Build the network on the left, press Train in the middle, and read the results on the right. Labels explain
        themselves on hover and on focus.
      </p>
      <div className="help-keys">
        {keyGroups(useDatasetSpec()).map(({ title, lines }) => (
          <section key={title}>
            <h4>{title}</h4>
            <dl>
              {lines.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <details className="glossary">
        <summary>Glossary</summary>
        <dl>
          {GLOSSARY.map(([term, meaning]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{meaning}</dd>
            </div>
          ))}
        </dl>
      </details>
      <Switch
        on={singleKeys}
        onChange={onSingleKeys}
        description="Switch this off if dictation or a screen reader uses these keys."
      >
        Single keys, such as Space, A or P
      </Switch>
    </Dialog>
  );
}
