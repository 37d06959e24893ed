// A long text as it is read: mentions stand out by name.
import { parts } from '../../lib/mentions.ts';
import styles from './fields.module.css';

export function MentionText({ text }: { text: string }) {
  return parts(text).map((part, at) =>
    part.member ? (
      <span key={`${at}-${part.member}`} className={styles.mention}>
        {part.text}
      </span>
    ) : (
      part.text
    ),
  );
}
