import { type KeyboardEvent, useState } from 'react';
import { ClassGlyph } from '../base/Icon.tsx';
import { nextItem } from '../base/roving.ts';
import './pad.css';

/** Props of {@link Outlines}. */
export interface OutlinesProps {
  /** Class names in the order of their labels. */
  readonly classes: readonly string[];
  /** The outline of each class, a path on 24 by 24 units. */
  readonly outlines: readonly string[];
  /** Called with the outline that was pressed. */
  readonly onChoose: (outline: string) => void;
}

/** A button for each class, to start a drawing from its outline: one stop of the Tab key, with arrow keys inside. */
export function Outlines({ classes, outlines, onChoose }: OutlinesProps) {
  const [current, setCurrent] = useState(0);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = nextItem(event.key, current, outlines.length);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <fieldset className="outlines" aria-label="Start from an outline" onKeyDown={onKeyDown}>
      {outlines.map((outline, label) => (
        <button
          key={outline}
          type="button"
          aria-label={`Outline: ${classes[label]}`}
          title={classes[label]}
          tabIndex={label === current ? 0 : -1}
          onFocus={() => setCurrent(label)}
          onClick={() => onChoose(outline)}
        >
          <ClassGlyph outline={outline} />
        </button>
      ))}
    </fieldset>
  );
}
