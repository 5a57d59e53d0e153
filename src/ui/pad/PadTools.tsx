import { useId } from 'react';
import type { Size } from '../../core/imaging/resize.ts';
import type { IconName } from '../base/Icon.tsx';
import { Button } from '../form/Button.tsx';
import { Slider } from '../form/Slider.tsx';
import { PixelImage } from '../image/PixelImage.tsx';
import { type PadControl, type PadTool, WIDTHS } from './use-pad.ts';
import './pad.css';

/** Props of {@link PadTools}. */
export interface PadToolsProps {
  /** From `usePad`; shared with the pad. */
  readonly control: PadControl;
  /** The size of the image that the network sees, in pixels. */
  readonly size: Size;
  /** The drawing as the network sees it, [height, width]; black while there is none. */
  readonly seen: ArrayLike<number> | undefined;
}

const TOOLS: readonly {
  readonly tool: PadTool;
  readonly icon: IconName;
  readonly label: string;
  readonly key: string;
}[] = [
  { tool: 'brush', icon: 'brush', label: 'Brush', key: 'B' },
  { tool: 'eraser', icon: 'eraser', label: 'Eraser', key: 'E' },
  { tool: 'fill', icon: 'fill', label: 'Fill', key: 'F' },
];

const SHADES = [
  { label: 'White', shade: 0xff },
  { label: 'Light', shade: 0xca },
  { label: 'Medium', shade: 0x8c },
  { label: 'Dark', shade: 0x4a },
] as const;

/** The controls beside a pad: the image that the network sees, tools, shades and the size of the brush. */
export function PadTools({ control, size, seen }: PadToolsProps) {
  const { pad, status, tool, setTool, width, setWidth, symmetric, setSymmetric } = control;
  return (
    <div className="pad-side">
      <div>
        <span className="lab seen-lab">
          {size.height}×{size.width} input
        </span>
        <PixelImage
          pixels={seen ?? new Uint8Array(size.height * size.width)}
          size={{ ...size, channels: 1 }}
          label="The drawing as the network sees it"
          className="seen"
        />
      </div>
      <fieldset className="tools" aria-label="Drawing tools">
        {TOOLS.map(({ tool: own, icon, label, key }) => (
          <Button
            key={own}
            icon={icon}
            label={label}
            aria-keyshortcuts={key}
            aria-pressed={tool === own}
            onClick={() => setTool(own)}
          />
        ))}
        <Button icon="undo" label="Undo a stroke" disabled={!status.canUndo} onClick={pad.undo} />
        <Button icon="mirror" label="Mirror" aria-keyshortcuts="M" disabled={status.empty} onClick={pad.mirror} />
        <Button icon="trash" label="Clear the pad" disabled={status.empty} onClick={pad.clear} />
        <Button
          className="both-sides"
          aria-keyshortcuts="S"
          aria-pressed={symmetric}
          onClick={() => setSymmetric(!symmetric)}
        >
          Symmetric
        </Button>
      </fieldset>
      <Shades control={control} />
      <Slider
        label="Brush size"
        scale={WIDTHS}
        value={width}
        onChange={setWidth}
        snap={Math.round}
        format={(pixels) => `${pixels} pixels`}
      />
    </div>
  );
}

function Shades({ control: { shade, setShade } }: { readonly control: PadControl }) {
  const name = useId();
  return (
    <div className="shades" role="radiogroup" aria-label="Shade">
      {SHADES.map(({ label, shade: own }) => (
        <input
          key={label}
          type="radio"
          name={name}
          aria-label={label}
          checked={shade === own}
          style={{ '--sh': `rgb(${own} ${own} ${own})` }}
          onChange={() => setShade(own)}
        />
      ))}
    </div>
  );
}
