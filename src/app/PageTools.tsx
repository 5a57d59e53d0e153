import { type RefObject, useState } from 'react';
import { useHasRoom } from '../features/header-tool.ts';
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

const PageMenu = part(async () => (await import('./PageMenu.tsx')).PageMenu, { missing: 'dialog' });

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
  /** The button that opens the projector view, or the menu that does, for the focus to return to. */
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

/** The buttons of the header that are about the page as a whole; on a phone one menu of all that the header opens. */
export function PageTools(props: PageToolsProps) {
  const [isSharing, setSharing] = useState(false);
  const { tab, onLabFile, lessons, onLessons, onLesson, help, onHelp, onVisit, singleKeys, onSingleKeys } = props;
  const onShare = () => setSharing(true);
  return (
    <>
      {useHasRoom() ? <ToolButtons {...props} onShare={onShare} /> : <MenuButton {...props} onShare={onShare} />}
      {lessons && <Lessons onOpen={onLesson} onClose={() => onLessons(false)} />}
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
      {help !== null && (
        <HelpDialog
          singleKeys={singleKeys}
          onSingleKeys={onSingleKeys}
          onVisit={onVisit}
          onLessons={() => onLessons(true)}
          onShare={onShare}
          term={help.term}
          onClose={() => onHelp(null)}
        />
      )}
    </>
  );
}

interface ButtonsProps extends PageToolsProps {
  readonly onShare: () => void;
}

function ToolButtons({ presentButton, onPresent, onLessons, onShare, onHelp }: ButtonsProps) {
  return (
    <>
      <Button variant="quiet" icon="present" ref={presentButton} collapses className="btn-present" onClick={onPresent}>
        Present
      </Button>
      <Button variant="quiet" icon="lesson" collapses aria-haspopup="dialog" onClick={() => onLessons(true)}>
        Lessons
      </Button>
      <Button variant="quiet" icon="share" label="Share" aria-haspopup="dialog" onClick={onShare} />
      <Button
        variant="quiet"
        icon="help"
        label="Help and keyboard shortcuts"
        aria-haspopup="dialog"
        onClick={() => onHelp({ term: null })}
      />
    </>
  );
}

function MenuButton({ presentButton, onPresent, onLessons, onShare, onHelp }: ButtonsProps) {
  const [anchor, setAnchor] = useState<Element | null>(null);
  return (
    <>
      <Button
        variant="quiet"
        icon="more"
        label="Data set, share, present, theme and help"
        ref={presentButton}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => setAnchor(anchor === null ? currentTarget : null)}
      />
      {anchor !== null && (
        <PageMenu
          anchor={anchor}
          onPresent={onPresent}
          onLessons={() => onLessons(true)}
          onShare={onShare}
          onHelp={() => onHelp({ term: null })}
          onClose={() => setAnchor(null)}
        />
      )}
    </>
  );
}
