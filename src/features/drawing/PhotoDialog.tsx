import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import { imageOfPhoto, PHOTO_STEPS } from '../../core/imaging/photo.ts';
import type { Picture } from '../../core/imaging/picture.ts';
import { Button } from '../../ui/form/Button.tsx';
import { Switch } from '../../ui/form/Toggle.tsx';
import { Dialog } from '../../ui/overlay/Dialog.tsx';

/** Props of {@link PhotoDialog}. */
export interface PhotoDialogProps {
  readonly photo: Picture;
  /** Called with the image [28, 28] made from the photo. */
  readonly onUse: (image: Uint8Array) => void;
  readonly onClose: () => void;
}

/** How a photo becomes an image of the data set, step by step, before it is used. */
export function PhotoDialog({ photo, onUse, onClose }: PhotoDialogProps) {
  const [negate, setNegate] = useState<boolean>();
  const made = useMemo(() => imageOfPhoto(photo, negate), [photo, negate]);
  const use = () => {
    if (made !== null) onUse(made.pixels);
    onClose();
  };
  return (
    <Dialog
      title="From a photo to 28×28 pixels"
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
        <p>The photo has one colour all over, so there is no garment to cut out. Choose another one.</p>
      ) : (
        <>
          <p>The steps by which Zalando's photos became the data set. The network sees the last one.</p>
          <ol className="photo-steps">
            {made.steps.map(({ name, picture, changed }) => (
              <li key={name} className={changed ? undefined : 'is-idle'}>
                <PictureCanvas picture={picture} />
                <span>
                  {PHOTO_STEPS[name]}
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
