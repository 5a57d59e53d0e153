import { useEffect, useRef, useState } from 'react';
import type { Picture } from '../../core/imaging/picture.ts';
import { withArticle } from '../../core/text/nouns.ts';
import { Button } from '../../ui/form/Button.tsx';
import { pictureFrom } from '../../ui/image/decode-image.ts';
import { Dialog } from '../../ui/overlay/Dialog.tsx';

/** Props of {@link CameraDialog}. */
export interface CameraDialogProps {
  /** What is to be taken a picture of, in the singular. */
  readonly subject: string;
  readonly onPicture: (picture: Picture) => void;
  readonly onClose: () => void;
}

/** What the camera sees, and a button that takes a picture of it. The pictures never leave the tab. */
export function CameraDialog({ subject, onPicture, onClose }: CameraDialogProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  useEffect(() => {
    let stop: () => void = () => undefined;
    let closed = false;
    openCamera().then(
      (stream) => {
        stop = () => {
          for (const track of stream.getTracks()) track.stop();
        };
        if (closed) return stop();
        if (video.current) video.current.srcObject = stream;
      },
      () => setProblem('The camera cannot be used: there is none, or access was not allowed. Upload a photo instead.'),
    );
    return () => {
      closed = true;
      stop();
    };
  }, []);
  const take = () => {
    const source = video.current;
    if (source === null || source.videoWidth === 0) return;
    onPicture(pictureFrom(source, { width: source.videoWidth, height: source.videoHeight }));
    onClose();
  };
  return (
    <Dialog
      title={`Take a picture of ${withArticle(subject)}`}
      closeWord="Close"
      actions={
        <Button variant="primary" disabled={problem !== null} onClick={take}>
          Take the picture
        </Button>
      }
      onClose={onClose}
    >
      <p>{problem ?? `Place one ${subject} on a plain background that fills the frame.`}</p>
      {problem === null && <video ref={video} className="camera" autoPlay muted playsInline />}
    </Dialog>
  );
}

/** The camera that looks away from the screen, where there are two. */
async function openCamera(): Promise<MediaStream> {
  return navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
}
