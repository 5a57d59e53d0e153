import { encode } from 'uqr';

/** Props of {@link QrCode}. */
export interface QrCodeProps {
  readonly text: string;
  readonly label: string;
}

/** The longest text that a code with the least correction of errors takes, in bytes. */
const MOST = 2953;

/** A text as a QR code (ISO/IEC 18004), dark on white in both themes, as cameras expect it. Nothing where it is too long. */
export function QrCode({ text, label }: QrCodeProps) {
  if (text.length > MOST) return <p className="muted">The link is too long for a QR code.</p>;
  const { data, size } = encode(text, { ecc: 'L', border: 4 });
  const rows = data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
  return (
    <svg className="qr" role="img" aria-label={label} viewBox={`0 0 ${size} ${size}`} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" />
      <path d={rows.join('')} fill="#000" />
    </svg>
  );
}
