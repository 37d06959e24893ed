import { Check, CircleAlert, Info } from 'lucide-react';
import { t } from '../../i18n/i18n.ts';
import { classes } from '../../ui/classes.ts';
import styles from './gate.module.css';

// Colour, picture and word say the same thing.
export function CheckMark({ met, strength }: { met: boolean; strength: 'hint' | 'warn' | 'block' }) {
  const word = met ? t('records.gate.met') : t(`records.gate.${strength}`);
  return (
    <span className={classes(styles.mark, met ? styles.met : styles[strength])} title={word}>
      {met ? (
        <Check size={12} strokeWidth={3} aria-hidden="true" />
      ) : strength === 'hint' ? (
        <Info size={12} aria-hidden="true" />
      ) : (
        <CircleAlert size={12} aria-hidden="true" />
      )}
      <span className="visually-hidden">{word}</span>
    </span>
  );
}
