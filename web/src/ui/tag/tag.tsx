import type { ReactNode } from 'react';
import { classes } from '../classes.ts';
import tones from '../tone/tone.module.css';
import styles from './tag.module.css';

export type TagTone = 'plain' | 'good' | 'bad' | 'warn' | 'info';

export function Tag({ tone = 'plain', children }: { tone?: TagTone; children: ReactNode }) {
  return <span className={classes(styles.tag, tones[tone] ?? tones.plain)}>{children}</span>;
}
