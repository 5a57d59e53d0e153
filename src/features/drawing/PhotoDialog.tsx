import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Picture } from '../../core/imaging/picture.ts';
import type { Size } from '../../core/imaging/resize.ts';
import type { PhotoPipeline } from '../../datasets/shipped-dataset.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';

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
  const made = useMemo(() => pipeline.imageOf(photo, negate), [pipeline, photo, negate]);
  const use = () => {
    if (made !== null) onUse(made.pixels);
    onClose();
  };
  return (
    <Dialog
      title={`From a photo to ${size.height}×${size.width} pixels`}
      actions={
        <>
          <Button variant="outline" onClick={onClose}>
            Keep the drawing
          </Button>
          <Button variant="primary" disabled={made === null} onClick={use}>
            Use this image
          </Button>
        </>
      }
      onClose={onClose}
    >
      {made === null ? (
        <p>The photo has one colour all over, so there is no {subject} to cut out. Choose another one.</p>
      ) : (
        <>
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
          <Switch on={made.negated} onChange={setNegate}>
            Light background: negate
          </Switch>
        </>
      )}
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
