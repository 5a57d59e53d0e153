import { useEffect } from 'react';
import { Button } from '../../ui/form/Button.tsx';

/** Props of {@link CardCamera}. */
export interface CardCameraProps {
  /** What the camera sees; `none` where it cannot be used, null where it was not asked for. */
  readonly stream: MediaStream | 'none' | null;
  readonly onStream: (stream: MediaStream | 'none' | null) => void;
}

/** Turns the camera on and off. Its pictures never leave the tab. */
export function CardCamera({ stream, onStream }: CardCameraProps) {
  useEffect(() => {
    if (!(stream instanceof MediaStream)) return;
    return () => {
      for (const track of stream.getTracks()) track.stop();
    };
  }, [stream]);
  if (stream === 'none')
    return <p role="alert">The camera cannot be used: there is none, or access was not allowed. Use files instead.</p>;
  const open = () =>
    navigator.mediaDevices
      .getUserMedia({ video: { facingMode: 'environment' } })
      .then(onStream, () => onStream('none'));
  return (
    <div>
      <Button variant="outline" size="sm" onClick={() => (stream === null ? void open() : onStream(null))}>
        {stream === null ? 'Use the camera' : 'Turn the camera off'}
      </Button>
    </div>
  );
}
