import { useEffect, useEffectEvent, useState, useSyncExternalStore } from 'react';
import { createPad, type Pad, type PadStatus } from './pad.ts';

/** What a press on the pad does. */
export type PadTool = 'brush' | 'eraser' | 'fill';

/** A pad with its selected tool. */
export interface PadControl {
  readonly pad: Pad;
  readonly status: PadStatus;
  readonly tool: PadTool;
  readonly setTool: (tool: PadTool) => void;
  /** How light the brush is, from 0 to 255. */
  readonly shade: number;
  readonly setShade: (shade: number) => void;
  /** How wide brush and eraser are, in pixels of the pad. */
  readonly width: number;
  readonly setWidth: (width: number) => void;
  /** Whether every stroke is drawn on both sides of the upright axis. */
  readonly symmetric: boolean;
  readonly setSymmetric: (symmetric: boolean) => void;
}

/** What a pad is for. */
export interface PadOptions {
  /** Width and height in pixels. */
  readonly side: number;
  /** What is drawn on it, as an id. Another subject, as another side, begins with an empty pad. */
  readonly subject: string;
}

/** Light gray: a drawing needs lighter and darker shades for what lies on it. */
const FIRST_SHADE = 0xca;
const FIRST_WIDTH = 16;
/** Between which widths a brush can be chosen, in pixels of the pad. */
export const WIDTHS = { kind: 'linear', min: 4, max: 40 } as const;

/**
 * A pad for {@link DrawingPad} and {@link PadTools}. `onChange` is called after every change with a function that
 * copies the pixels, [side, side] with 0 as black, so that they are copied only when needed.
 */
export function usePad(
  { side, subject }: PadOptions,
  onChange: (pixels: () => Uint8Array<ArrayBuffer>) => void,
): PadControl {
  const [own, setOwn] = useState(() => ({ subject, pad: createPad(side) }));
  const isOther = own.subject !== subject || own.pad.side !== side;
  if (isOther) setOwn({ subject, pad: createPad(side) });
  const { pad } = own;
  const [tool, setTool] = useState<PadTool>('brush');
  const [shade, setShade] = useState(FIRST_SHADE);
  const [width, setWidth] = useState(FIRST_WIDTH);
  const [symmetric, setSymmetric] = useState(false);
  const status = useSyncExternalStore(pad.subscribe, pad.status);
  const hear = useEffectEvent(() => onChange(() => pad.pixels.slice()));
  useEffect(() => pad.subscribe(() => hear()), [pad]);
  return { pad, status, tool, setTool, shade, setShade, width, setWidth, symmetric, setSymmetric };
}
