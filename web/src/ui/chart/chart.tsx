// A chart with its sentence and its table. The library is loaded inside the panel, so that no page waits for it; who cannot
// see the picture reads the summary or opens the table.
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ChartOption, Drawn } from './engine.ts';
import styles from './chart.module.css';
import { type Palette, usePalette } from './palette.ts';

type Props = {
  title: string;
  // One sentence that says what the picture shows.
  summary: string;
  option: (palette: Palette) => ChartOption;
  height?: number;
  // The numbers as a table, and the words on the button that shows it.
  table?: ReactNode;
  tableLabel?: string;
  onPress?: (name: string) => void;
};

export function Chart({ title, summary, option, height = 280, table, tableLabel, onPress }: Props) {
  const palette = usePalette();
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.head}>
        <span className={styles.title}>{title}</span>
        {table && tableLabel ? (
          <button type="button" aria-pressed={asTable} className={styles.toggle} onClick={() => setAsTable(!asTable)}>
            {tableLabel}
          </button>
        ) : null}
      </figcaption>
      <p className={styles.summary}>{summary}</p>
      {asTable ? (
        table
      ) : (
        <Picture label={`${title}: ${summary}`} option={option(palette)} height={height} onPress={onPress} />
      )}
    </figure>
  );
}

type PictureProps = { label: string; option: ChartOption; height: number; onPress?: (name: string) => void };

function Picture({ label, option, height, onPress }: PictureProps) {
  const box = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const latest = useRef({ option, onPress });
  useEffect(() => {
    latest.current = { option, onPress };
    drawn.current?.set(option);
  });
  useEffect(() => {
    let gone = false;
    void import('./engine.ts').then(({ draw }) => {
      if (gone || !box.current) return;
      drawn.current = draw(box.current, latest.current.option, (name) => latest.current.onPress?.(name));
    });
    return () => {
      gone = true;
      drawn.current?.close();
      drawn.current = null;
    };
  }, []);
  return <div ref={box} role="img" aria-label={label} style={{ height }} />;
}
