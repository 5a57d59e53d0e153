import { useContext, useEffect, useState } from 'react';
import { TASK_HASH } from '../../core/sharing/shared-hash.ts';
import { countText } from '../../core/text/number-text.ts';
import { Button } from '../../ui/form/Button.tsx';
import { CopyButton } from '../../ui/form/CopyButton.tsx';
import { Field } from '../../ui/form/Field.tsx';
import { LabFilesContext } from '../lab-files.ts';
import { LONG_LINK, linkTo, pageAddress } from '../link.ts';
import { saveFile } from '../save-file.ts';

/** Props of {@link AssignmentLink}. */
export interface AssignmentLinkProps {
  readonly title: string;
  /** The text of the assignment. */
  readonly source: string;
  /** The draft that it begins with, as `sharedText` writes it. */
  readonly start: string;
}

/** An assignment as a link, and as a file where the link is too long for mail. */
export function AssignmentLink({ title, source, start }: AssignmentLinkProps) {
  const files = useContext(LabFilesContext);
  const link = useLink(source);
  const [note, setNote] = useState('');
  const save = async () => {
    if (files === null) return;
    const name = title
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    try {
      const isSaved = await saveFile(`${name}.fitting-room`, async () => (await files()).saveAssignment(source, start));
      setNote(isSaved ? 'Saved.' : '');
    } catch (error) {
      setNote(`The file could not be saved: ${String(error)}.`);
    }
  };
  return (
    <section>
      <h4>Give it out</h4>
      <Field label="Link to the assignment">
        {({ id }) => (
          <textarea
            className="inp-lines"
            id={id}
            rows={3}
            readOnly
            spellCheck={false}
            value={link ?? 'Making the link …'}
            onFocus={(event) => event.target.select()}
          />
        )}
      </Field>
      <div className="assignment-bar">
        {link !== null && <CopyButton text={() => link}>Copy link</CopyButton>}
        <Button variant="outline" size="sm" icon="export" disabled={files === null} onClick={() => void save()}>
          Save as a file
        </Button>
        {link !== null && <span className="muted">{countText(link.length)} characters</span>}
      </div>
      {link !== null && link.length > LONG_LINK && (
        <p>
          Some mail programs cut links of more than {countText(LONG_LINK)} characters: give out the file instead, which
          students open under Share.
        </p>
      )}
      <p role="status">{note}</p>
    </section>
  );
}

function useLink(source: string): string | null {
  const [made, setMade] = useState<{ readonly source: string; readonly link: string } | null>(null);
  useEffect(() => {
    let isOver = false;
    void linkTo(pageAddress(), source, TASK_HASH).then((link) => {
      if (!isOver) setMade({ source, link });
    });
    return () => {
      isOver = true;
    };
  }, [source]);
  return made?.source === source ? made.link : null;
}
