import { ClassGlyph } from '../Icon.tsx';
import './pad.css';

/** Props of {@link Outlines}. */
export interface OutlinesProps {
  /** Class names in the order of their labels. */
  readonly classes: readonly string[];
  readonly onChoose: (label: number) => void;
}

/** A button for each garment class, to start a drawing from its outline. */
export function Outlines({ classes, onChoose }: OutlinesProps) {
  return (
    <fieldset className="outlines" aria-label="Start from an outline">
      {classes.map((name, label) => (
        <button key={name} type="button" aria-label={`Outline: ${name}`} title={name} onClick={() => onChoose(label)}>
          <ClassGlyph label={label} />
        </button>
      ))}
    </fieldset>
  );
}
