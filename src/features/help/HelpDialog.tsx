import { useEffect, useRef } from 'react';
import { GLOSSARY } from '../../core/text/glossary.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { useDatasetSpec } from '../lab.tsx';
import './help.css';
import { keyGroups } from './keys.ts';

/** Props of {@link HelpDialog}. */
export interface HelpDialogProps {
  /** Whether keys work that are a single letter, digit or sign. */
  readonly singleKeys: boolean;
  readonly onSingleKeys: (on: boolean) => void;
  /** Opens the guided minutes of the first visit again. */
  readonly onVisit: () => void;
  /** Opens the list of lessons. */
  readonly onLessons: () => void;
  /** Opens the link of the draft. */
  readonly onShare: () => void;
  /** The term at which the glossary is open; null where it is closed. */
  readonly term: string | null;
  readonly onClose: () => void;
}

/** The keys of the page, and the switch for those that are easily pressed by accident. */
export function HelpDialog({ singleKeys, onSingleKeys, onVisit, onLessons, onShare, term, onClose }: HelpDialogProps) {
  return (
    <Dialog
      className="help"
      title="Help and keyboard shortcuts"
      onClose={onClose}
      closeWord="Close"
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
          <Button
            variant="outline"
            onClick={() => {
              onClose();
              onLessons();
            }}
          >
            Lessons
          </Button>
          <Button
            variant="outline"
            onClick={() => {
              onClose();
              onShare();
            }}
          >
            Share
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
      <Glossary term={term} />
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

/** Every term with its meaning; folded, or open at one of them. */
function Glossary({ term }: { readonly term: string | null }) {
  const asked = useRef<HTMLElement>(null);
  // Once the dialog is open, which gives the focus to its first button.
  useEffect(() => {
    const frame = requestAnimationFrame(() => {
      asked.current?.focus();
      asked.current?.scrollIntoView({ block: 'center' });
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <details className="glossary" open={term !== null}>
      <summary>Glossary</summary>
      <dl>
        {GLOSSARY.map((entry) => {
          const isAsked = entry.term === term;
          return (
            <div key={entry.term} className={isAsked ? 'is-asked' : undefined}>
              <dt ref={isAsked ? asked : undefined} tabIndex={isAsked ? -1 : undefined}>
                {entry.term}
              </dt>
              <dd>{entry.meaning}</dd>
            </div>
          );
        })}
      </dl>
    </details>
  );
}
