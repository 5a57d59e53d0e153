import { type ChangeEvent, useEffect, useEffectEvent, useState } from 'react';
import type { Picture } from '../../core/imaging/picture.ts';
import { Icon } from '../../ui/base/Icon.tsx';
import { Button } from '../../ui/form/Button.tsx';
import { decodeImage } from '../../ui/image/decode-image.ts';
import { CameraDialog } from './CameraDialog.tsx';
import { PhotoDialog } from './PhotoDialog.tsx';

/** Props of {@link PhotoSource}. */
export interface PhotoSourceProps {
  /** Called with the image [28, 28] made from a photo. */
  readonly onImage: (image: Uint8Array) => void;
}

/** A photo from a file, from the clipboard or from the camera. What cannot be used is refused with a sentence. */
export function PhotoSource({ onImage }: PhotoSourceProps) {
  const [photo, setPhoto] = useState<Picture | null>(null);
  const [filming, setFilming] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const take = async (blob: Blob) => {
    const decoded = await decodeImage(blob);
    setPhoto(decoded.kind === 'picture' ? decoded.picture : null);
    setRefusal(decoded.kind === 'refused' ? decoded.message : null);
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
      {photo !== null && <PhotoDialog photo={photo} onUse={onImage} onClose={() => setPhoto(null)} />}
      {filming && <CameraDialog onPicture={setPhoto} onClose={() => setFilming(false)} />}
    </>
  );
}

/** Hears of pictures that are pasted anywhere but into a field. */
function usePaste(onBlob: (blob: Blob) => void): void {
  const hear = useEffectEvent(({ clipboardData, target }: ClipboardEvent) => {
    if (target instanceof Element && target.closest('input, textarea')) return;
    const blob = [...(clipboardData?.files ?? [])].find(({ type }) => type.startsWith('image/'));
    if (blob !== undefined) onBlob(blob);
  });
  useEffect(() => {
    const listen = (event: ClipboardEvent) => hear(event);
    addEventListener('paste', listen);
    return () => removeEventListener('paste', listen);
  }, []);
}
