// A QR code for a camera: dark on light in either theme, with the quiet zone of four squares that readers look for. A square is a whole
// number of pixels, three at least: of uneven ones a reader makes nothing.
import { encode } from 'uqr';
import { qrPath } from './qr-path.ts';
import styles from './security.module.css';

const quiet = 4;
const side_px = 256;
const square_px_min = 3;

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { border: 0 });
  const side = size + 2 * quiet;
  const drawn_px = side * Math.max(square_px_min, Math.floor(side_px / side));
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.qr}
      width={drawn_px}
      height={drawn_px}
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <path d={qrPath(data)} />
    </svg>
  );
}
