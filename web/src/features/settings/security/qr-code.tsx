// A QR code for a camera: dark on light in either theme, with the quiet zone of four squares that readers look for.
import { encode } from 'uqr';
import { qrPath } from './qr-path.ts';
import styles from './security.module.css';

const quiet = 4;

export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const side = size + 2 * quiet;
  return (
    <svg
      role="img"
      aria-label={label}
      className={styles.qr}
      viewBox={`${-quiet} ${-quiet} ${side} ${side}`}
      shapeRendering="crispEdges"
    >
      <path d={qrPath(data)} />
    </svg>
  );
}
