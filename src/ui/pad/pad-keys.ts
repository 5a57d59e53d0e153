import { isSingleKey, type KeyPress, keyName } from '../base/key-name.ts';
import { type PadControl, WIDTHS } from './use-pad.ts';

/** How much wider or narrower a key makes the brush, in pixels of the pad. */
const WIDER = 4;

type PadKey = (control: PadControl) => void;

const narrow: PadKey = ({ width, setWidth }) => setWidth(Math.max(WIDTHS.min, width - WIDER));
const widen: PadKey = ({ width, setWidth }) => setWidth(Math.min(WIDTHS.max, width + WIDER));

/** What keys do while the pad or one of its tools has the focus, beside those that draw. */
const PAD_KEYS: Readonly<Record<string, PadKey>> = {
  B: ({ setTool }) => setTool('brush'),
  E: ({ setTool }) => setTool('eraser'),
  F: ({ setTool }) => setTool('fill'),
  M: ({ pad, status }) => {
    if (!status.empty) pad.mirror();
  },
  S: ({ symmetric, setSymmetric }) => setSymmetric(!symmetric),
  '[': narrow,
  ']': widen,
  // Many layouts have the brackets behind AltGr, which counts as Ctrl and Alt on some systems, or behind Option.
  'Ctrl+Alt+[': narrow,
  'Ctrl+Alt+]': widen,
  'Alt+[': narrow,
  'Alt+]': widen,
  'Ctrl+Z': ({ pad, status }) => {
    if (status.canUndo) pad.undo();
  },
};

/** Does what a key means on the pad; returns false if it means nothing, or if it is a single key and those are off. */
export function pressPadKey(key: KeyPress, control: PadControl, singleKeys: boolean): boolean {
  const name = keyName(key);
  const press = PAD_KEYS[name];
  if (press === undefined || (!singleKeys && isSingleKey(name))) return false;
  press(control);
  return true;
}
