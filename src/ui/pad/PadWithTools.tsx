import type { KeyboardEvent } from 'react';
import { DrawingPad, type DrawingPadProps } from './DrawingPad.tsx';
import { PadTools, type PadToolsProps } from './PadTools.tsx';
import { pressPadKey } from './pad-keys.ts';
import './pad.css';

/** Props of {@link PadWithTools}. */
export interface PadWithToolsProps extends DrawingPadProps, PadToolsProps {
  /** Whether keys work that are a single letter or sign. */
  readonly singleKeys: boolean;
}

/** A pad with its tools beside it, and the keys of both: they work while one of them has the focus. */
export function PadWithTools({ control, prompt, size, seen, singleKeys }: PadWithToolsProps) {
  const onKeyDown = (event: KeyboardEvent) => {
    if (pressPadKey(event, control, singleKeys)) event.preventDefault();
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is a group of fields, and a pad is none.
    <div className="draw" role="group" aria-label="Drawing" onKeyDown={onKeyDown}>
      <DrawingPad control={control} prompt={prompt} />
      <PadTools control={control} size={size} seen={seen} />
    </div>
  );
}
