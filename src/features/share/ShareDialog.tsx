import { useEffect, useId, useState } from 'react';
import { sharedText } from '../../core/sharing/shared-setup.ts';
import { countText } from '../../core/text/number-text.ts';
import { recipeProblems } from '../../core/training/recipe-problems.ts';
import { shippedDataset } from '../../datasets/catalogue.ts';
import { Button } from '../../ui/form/Button.tsx';
import { CopyButton } from '../../ui/form/CopyButton.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { AssignmentDialog, ClassDialog } from '../classroom-doors.tsx';
import { useDraft } from '../lab.tsx';
import { LONG_LINK, linkTo, pageAddress } from '../link.ts';
import { FileSection } from './FileSection.tsx';
import { QrCode } from './QrCode.tsx';
import { ReportSection } from './ReportSection.tsx';
import './share.css';

/** Props of {@link ShareDialog}. */
export interface ShareDialogProps {
  /** The tab of the results that the link opens. */
  readonly tab: string;
  /** Opens a file that somebody saved. */
  readonly onOpen: (file: File) => void;
  readonly onClose: () => void;
}

/** The draft as a link, which is also shown as a QR code, and the lab as a file. */
export function ShareDialog({ tab, onOpen, onClose }: ShareDialogProps) {
  const [door, setDoor] = useState<'assignment' | 'class' | null>(null);
  if (door === 'assignment') return <AssignmentDialog onClose={onClose} />;
  if (door === 'class') return <ClassDialog onClose={onClose} />;
  return <Sharing tab={tab} onOpen={onOpen} onClose={onClose} onDoor={setDoor} />;
}

interface SharingProps extends ShareDialogProps {
  readonly onDoor: (door: 'assignment' | 'class') => void;
}

function Sharing({ tab, onOpen, onClose, onDoor }: SharingProps) {
  const draft = useDraft((current) => current);
  const { dataset, recipe } = draft;
  const [problem] = Object.values(recipeProblems(recipe, dataset));
  return (
    <Dialog title="Share" className="share" onClose={onClose} closeWord="Close">
      <h4>As a link</h4>
      {problem === undefined ? (
        <Link text={sharedText(draft, draft.presetId, tab)} />
      ) : (
        <p>{problem} The link appears as soon as that is fixed.</p>
      )}
      <p className="muted">
        The link holds the layers, the recipe with its seed, and which data set they are for. It holds no{' '}
        {dataset.words.sample.many}, no weights and no results. Nothing is uploaded: the link itself is the message.
      </p>
      {shippedDataset(dataset) === undefined && (
        <p className="muted">
          {dataset.title} is your own data set. Send its files, too: whoever opens the link needs the same data set.
        </p>
      )}
      <FileSection tab={tab} onOpen={onOpen} />
      <ReportSection />
      <section className="share-file">
        <h4>For a class</h4>
        <p className="muted">Set a task that begins with this draft, and look at what was handed in.</p>
        <div className="share-bar">
          <Button variant="outline" size="sm" onClick={() => onDoor('assignment')}>
            Set an assignment
          </Button>
          <Button variant="outline" size="sm" onClick={() => onDoor('class')}>
            Open a class
          </Button>
        </div>
      </section>
    </Dialog>
  );
}

function Link({ text }: { readonly text: string }) {
  const [link, setLink] = useState<string | null>(null);
  const [isLarge, setLarge] = useState(false);
  const label = useId();
  useEffect(() => {
    let isOver = false;
    void linkTo(pageAddress(), text).then((made) => {
      if (!isOver) setLink(made);
    });
    return () => {
      isOver = true;
    };
  }, [text]);
  if (link === null) return <p>Making the link …</p>;
  return (
    <div className="share-link" data-large={isLarge}>
      <div className="share-text">
        <label htmlFor={label}>Link</label>
        <textarea id={label} readOnly spellCheck={false} value={link} onFocus={(event) => event.target.select()} />
        <div className="share-bar">
          <CopyButton text={() => link}>Copy link</CopyButton>
          <span className="muted">{countText(link.length)} characters</span>
        </div>
        {link.length > LONG_LINK && (
          <p className="field-error">
            This network is large: some mail programs cut links of more than {countText(LONG_LINK)} characters.
          </p>
        )}
      </div>
      <div className="share-code">
        <QrCode text={link} label="QR code of the link" />
        <Button variant="quiet" size="sm" aria-pressed={isLarge} onClick={() => setLarge(!isLarge)}>
          Large, for a projector
        </Button>
      </div>
    </div>
  );
}
