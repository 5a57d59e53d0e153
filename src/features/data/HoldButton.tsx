import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../../ui/form/Button.tsx';

/** Milliseconds between two pictures while the button is held. */
const INTERVAL = 200;

/** The longest edge of a picture that is taken: samples are far smaller. */
const LONGEST_EDGE = 320;

/** Props of {@link HoldButton}. */
export interface HoldButtonProps {
  readonly camera: MediaStream;
  /** The class that pictures are taken of. */
  readonly name: string;
  readonly onPicture: (picture: File) => void;
}

/** Takes pictures as long as it is held, one where it is pressed by the keyboard. */
export function HoldButton({ camera, name, onPicture }: HoldButtonProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [isHeld, setIsHeld] = useState(false);
  const take = useEffectEvent(() => {
    if (video.current !== null) void pictureOf(video.current).then((picture) => picture && onPicture(picture));
  });
  useEffect(() => {
    if (video.current !== null) video.current.srcObject = camera;
  }, [camera]);
  useEffect(() => {
    if (!isHeld) return;
    take();
    const timer = setInterval(take, INTERVAL);
    const release = () => setIsHeld(false);
    addEventListener('pointerup', release);
    addEventListener('pointercancel', release);
    return () => {
      clearInterval(timer);
      removeEventListener('pointerup', release);
      removeEventListener('pointercancel', release);
    };
  }, [isHeld]);
  return (
    <>
      <video ref={video} className="class-card-camera" autoPlay muted playsInline />
      <Button
        variant="outline"
        size="sm"
        onPointerDown={() => setIsHeld(true)}
        // A press by the keyboard has no pointer before it.
        onClick={({ detail }) => detail === 0 && take()}
      >
        Hold to take pictures<span className="vh"> of {name}</span>
      </Button>
    </>
  );
}

/** What a camera sees now, as a file; null until it sees something. */
async function pictureOf(video: HTMLVideoElement): Promise<File | null> {
  const { videoWidth, videoHeight } = video;
  if (videoWidth === 0) return null;
  const scale = Math.min(1, LONGEST_EDGE / Math.max(videoWidth, videoHeight));
  const canvas = new OffscreenCanvas(Math.round(videoWidth * scale), Math.round(videoHeight * scale));
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return new File([await canvas.convertToBlob({ type: 'image/png' })], 'camera.png', { type: 'image/png' });
}
