import { type ChangeEvent, useEffect, useEffectEvent, useState } from 'react';
import type { Picture } from '../../core/imaging/picture.ts';
import type { Size } from '../../core/imaging/resize.ts';
import type { PhotoPipeline } from '../../datasets/shipped-dataset.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { part } from '../../ui/card/part.tsx';
import { Button } from '../../ui/form/Button.tsx';

// Most drawings are drawn: what photos need is loaded with the first one.
const PhotoDialog = part(async () => (await import('./PhotoDialog.tsx')).PhotoDialog, { missing: 'dialog' });
const CameraDialog = part(async () => (await import('./CameraDialog.tsx')).CameraDialog, { missing: 'dialog' });
const NOT_LOADED = 'The photo reader could not be loaded. Reload the page and try again.';

/** Props of {@link PhotoSource}. */
export interface PhotoSourceProps {
  /** Loads the steps from a photo to an image. */
  readonly load: () => Promise<PhotoPipeline>;
  /** The size of the image. */
  readonly size: Size;
  /** What is on the photo, in the singular. */
  readonly subject: string;
  /** Called with the image [height, width] made from a photo. */
  readonly onImage: (image: Uint8Array) => void;
}

/** A photo from a file, from the clipboard or from the camera. What cannot be used is refused with a sentence. */
export function PhotoSource({ load, size, subject, onImage }: PhotoSourceProps) {
  const [shown, setShown] = useState<{ readonly photo: Picture; readonly pipeline: PhotoPipeline } | null>(null);
  const [filming, setFilming] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const refuse = (message: string) => {
    setShown(null);
    setRefusal(message);
  };
  const show = async (photo: Picture) => {
    const pipeline = await load().catch(() => null);
    if (pipeline === null) return refuse(NOT_LOADED);
    setShown({ photo, pipeline });
    setRefusal(null);
  };
  const take = async (blob: Blob) => {
    const decoder = await import('../../ui/image/decode-image.ts').catch(() => null);
    if (decoder === null) return refuse(NOT_LOADED);
    const decoded = await decoder.decodeImage(blob);
    if (decoded.kind === 'refused') refuse(decoded.message);
    else await show(decoded.picture);
  };
  usePaste((blob) => void take(blob));
  const onFile = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const chosen = currentTarget.files?.[0];
    if (chosen !== undefined) void take(chosen);
    // The same file may be chosen again.
    currentTarget.value = '';
  };
  return (
    <>
      <div className="photo-source">
        <label className="btn btn-line btn-sm">
          <Icon name="upload" size="sm" />
          Upload a photo
          <input className="vh" type="file" accept="image/*" onChange={onFile} />
        </label>
        <Button variant="outline" size="sm" onClick={() => setFilming(true)}>
          Use the camera
        </Button>
        <span className="muted">or paste one</span>
      </div>
      {refusal !== null && (
        <p className="field-error" role="alert">
          {refusal}
        </p>
      )}
      {shown !== null && (
        <PhotoDialog {...shown} size={size} subject={subject} onUse={onImage} onClose={() => setShown(null)} />
      )}
      {filming && (
        <CameraDialog subject={subject} onPicture={(photo) => void show(photo)} onClose={() => setFilming(false)} />
      )}
    </>
  );
}

/** Hears of pictures that are pasted anywhere but into a field. */
function usePaste(onBlob: (blob: Blob) => void): void {
  const hear = useEffectEvent((event: ClipboardEvent) => {
    const { clipboardData, target } = event;
    if (target instanceof Element && target.closest('input, textarea')) return;
    const blob = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (blob === undefined) return;
    // Says to others on the page that it was taken.
    event.preventDefault();
    onBlob(blob);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => hear(event);
    addEventListener('paste', listen);
    return () => removeEventListener('paste', listen);
  }, []);
}
