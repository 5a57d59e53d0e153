import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { cropped, type Picture, turned } from '../../core/imaging/picture.ts';
import type { Box, Size } from '../../core/imaging/resize.ts';
import type { PhotoPipeline } from '../../datasets/shipped-dataset.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';
import { CropBox } from './CropBox.tsx';

/** Props of {@link PhotoDialog}. */
export interface PhotoDialogProps {
  readonly pipeline: PhotoPipeline;
  /** The size of the image that becomes of the photo. */
  readonly size: Size;
  /** What is on the photo, in the singular. */
  readonly subject: string;
  readonly photo: Picture;
  /** Called with the image [height, width] made from the photo. */
  readonly onUse: (image: Uint8Array) => void;
  readonly onClose: () => void;
}

/** How a photo becomes an image of the data set, step by step, before it is used. */
export function PhotoDialog({ pipeline, size, subject, photo, onUse, onClose }: PhotoDialogProps) {
  const [negate, setNegate] = useState<boolean>();
  const [keepBackground, setKeepBackground] = useState<boolean>();
  const [{ turns, box }, setPart] = useState<{ readonly turns: number; readonly box: Box | null }>({
    turns: 0,
    box: null,
  });
  const upright = useMemo(() => turned(photo, turns), [photo, turns]);
  const whole = { left: 0, top: 0, right: upright.width, bottom: upright.height };
  const made = useMemo(() => {
    const part = box === null ? upright : cropped(upright, box);
    return pipeline.imageOf(part, { negate, keepBackground });
  }, [pipeline, upright, box, negate, keepBackground]);
  const use = () => {
    if (made !== null) onUse(made.pixels);
    onClose();
  };
  return (
    <Dialog
      className="photo-dialog"
      title={`From a photo to ${size.height}×${size.width} pixels`}
      closeWord="Keep the drawing"
      actions={
        <Button variant="primary" disabled={made === null} onClick={use}>
          Use this image
        </Button>
      }
      onClose={onClose}
    >
      <div className="photo-views">
        <div className="photo-part">
          <CropBox picture={upright} box={box ?? whole} onChange={(next) => setPart({ turns, box: next })} />
          <div className="photo-turns">
            <Button variant="outline" size="sm" onClick={() => setPart({ turns: (turns + 3) % 4, box: null })}>
              Turn left
            </Button>
            <Button variant="outline" size="sm" onClick={() => setPart({ turns: (turns + 1) % 4, box: null })}>
              Turn right
            </Button>
            <Button variant="outline" size="sm" disabled={box === null} onClick={() => setPart({ turns, box: null })}>
              Whole photo
            </Button>
          </div>
          <p className="muted">Drag over the photo to keep a part of it.</p>
        </div>
        {made === null ? (
          <p>The photo has one colour all over, so there is no {subject} to cut out. Choose another one.</p>
        ) : (
          <div className="photo-made">
            <p>{pipeline.origin}</p>
            <ol className="photo-steps">
              {made.steps.map(({ name, explanation, picture, changed }) => (
                <li key={name} className={changed ? undefined : 'is-idle'}>
                  <PictureCanvas picture={picture} />
                  <span>
                    {explanation}
                    {!changed && ' Nothing to do.'}
                  </span>
                </li>
              ))}
            </ol>
            {made.background === 'busy' && !keepBackground && (
              <p>
                The background has several colours, and the {subject} could not be separated from it. Drag a frame
                closely around the {subject}, or choose another photo.
              </p>
            )}
            <div className="photo-choices">
              <Switch on={!(keepBackground ?? made.background === 'plain')} onChange={(on) => setKeepBackground(!on)}>
                Remove the background
              </Switch>
              <Switch on={made.negated} onChange={setNegate}>
                Light background: negate
              </Switch>
            </div>
          </div>
        )}
      </div>
    </Dialog>
  );
}

function PictureCanvas({ picture }: { readonly picture: Picture }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height, data } = picture;
  useLayoutEffect(() => {
    canvas.current?.getContext('2d')?.putImageData(new ImageData(data, width, height), 0, 0);
  }, [data, width, height]);
  return <canvas ref={canvas} width={width} height={height} className="photo-step" />;
}
