import { type RefObject, useState } from 'react';
import { part } from '../ui/card/part.tsx';
import { Button } from '../ui/form/Button.tsx';

const Lessons = part(async () => (await import('../features/lessons/LessonsDialog.tsx')).LessonsDialog, {
  missing: 'dialog',
});

const HelpDialog = part(async () => (await import('../features/help/HelpDialog.tsx')).HelpDialog, {
  missing: 'dialog',
});

const ShareDialog = part(async () => (await import('../features/share/ShareDialog.tsx')).ShareDialog, {
  missing: 'dialog',
});

/** A place in Help: a term of the glossary; its beginning where that is null. */
export interface HelpPlace {
  readonly term: string | null;
}

/** Props of {@link PageTools}. */
export interface PageToolsProps {
  /** The tab of the results that is open, for a link to open as well. */
  readonly tab: string;
  /** Opens a file that somebody saved. */
  readonly onLabFile: (file: File) => void;
  /** The button that opens the projector view, for the focus to return to. */
  readonly presentButton: RefObject<HTMLButtonElement | null>;
  readonly onPresent: () => void;
  /** Whether the list of lessons is open. */
  readonly lessons: boolean;
  readonly onLessons: (open: boolean) => void;
  /** Opens a lesson. */
  readonly onLesson: (id: string) => void;
  /** What Help is open at; null where it is closed. */
  readonly help: HelpPlace | null;
  readonly onHelp: (place: HelpPlace | null) => void;
  /** Opens the guided minutes of the first visit again. */
  readonly onVisit: () => void;
  readonly singleKeys: boolean;
  readonly onSingleKeys: (on: boolean) => void;
}

/** The buttons of the header that are about the page as a whole. */
export function PageTools(props: PageToolsProps) {
  const [isSharing, setSharing] = useState(false);
  const {
    tab,
    onLabFile,
    lessons,
    onLessons,
    onLesson,
    presentButton,
    onPresent,
    help,
    onHelp,
    onVisit,
    singleKeys,
    onSingleKeys,
  } = props;
  return (
    <>
      <Button variant="quiet" icon="present" ref={presentButton} collapses className="btn-present" onClick={onPresent}>
        Present
      </Button>
      <Button
        variant="quiet"
        icon="lesson"
        collapses
        className="btn-lessons"
        aria-haspopup="dialog"
        onClick={() => onLessons(true)}
      >
        Lessons
      </Button>
      {lessons && <Lessons onOpen={onLesson} onClose={() => onLessons(false)} />}
      <Button
        variant="quiet"
        icon="share"
        label="Share"
        className="btn-share"
        aria-haspopup="dialog"
        onClick={() => setSharing(true)}
      />
      {isSharing && (
        <ShareDialog
          tab={tab}
          onOpen={(file) => {
            setSharing(false);
            onLabFile(file);
          }}
          onClose={() => setSharing(false)}
        />
      )}
      <Button
        variant="quiet"
        icon="help"
        label="Help and keyboard shortcuts"
        aria-haspopup="dialog"
        onClick={() => onHelp({ term: null })}
      />
      {help !== null && (
        <HelpDialog
          singleKeys={singleKeys}
          onSingleKeys={onSingleKeys}
          onVisit={onVisit}
          onLessons={() => onLessons(true)}
          onShare={() => setSharing(true)}
          term={help.term}
          onClose={() => onHelp(null)}
        />
      )}
    </>
  );
}
