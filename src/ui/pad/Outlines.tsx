import { type KeyboardEvent, useState } from 'react';
import { ClassGlyph } from '../base/Icon.tsx';
import { nextItem } from '../base/roving.ts';
import './pad.css';

/** Props of {@link Outlines}. */
export interface OutlinesProps {
  /** Class names in the order of their labels. */
  readonly classes: readonly string[];
  readonly onChoose: (label: number) => void;
}

/** A button for each garment class, to start a drawing from its outline: one stop of the Tab key, with arrow keys inside. */
export function Outlines({ classes, onChoose }: OutlinesProps) {
  const [current, setCurrent] = useState(0);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const next = nextItem(event.key, current, classes.length);
    if (next === undefined) return;
    event.preventDefault();
    setCurrent(next);
    event.currentTarget.querySelectorAll('button')[next]?.focus();
  };
  return (
    <fieldset className="outlines" aria-label="Start from an outline" onKeyDown={onKeyDown}>
      {classes.map((name, label) => (
        <button
          key={name}
          type="button"
          aria-label={`Outline: ${name}`}
          title={name}
          tabIndex={label === current ? 0 : -1}
          onFocus={() => setCurrent(label)}
          onClick={() => onChoose(label)}
        >
          <ClassGlyph label={label} />
        </button>
      ))}
    </fieldset>
  );
}
