import type { Words } from '../../core/dataset/spec.ts';
import { Hint } from '../../ui/card/Notice.tsx';
import { LinkButton } from '../../ui/form/Button.tsx';
import type { Filling } from './use-drawing.ts';

/** Props of {@link OutlineNote}. */
export interface OutlineNoteProps {
  readonly filling: Filling;
  readonly words: Words;
}

/** Says that the network sees an outline filled, and lets that be turned off; nothing of a drawing that is no outline. */
export function OutlineNote({ filling: { on, isOutline, setOn }, words: { subject } }: OutlineNoteProps) {
  if (!isOutline) return null;
  return (
    <Hint>
      {on
        ? `Filled, because the network knows ${subject.many} as filled shapes.`
        : `Not filled: the network knows ${subject.many} as filled shapes.`}{' '}
      <LinkButton onClick={() => setOn(!on)}>{on ? 'Leave outlines empty' : 'Fill outlines'}</LinkButton>
    </Hint>
  );
}
