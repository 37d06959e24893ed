// A box for one more word; what is in it already is the asker's to know.
import { useState } from 'react';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import styles from './import.module.css';

export function OneMore({ label, onAdd }: { label: string; onAdd: (word: string) => void }) {
  const [text, setText] = useState('');
  const word = text.trim();
  return (
    <form
      className={styles.oneMore}
      onSubmit={(event) => {
        event.preventDefault();
        if (word !== '') onAdd(word);
        setText('');
      }}
    >
      <TextInput aria-label={label} placeholder={label} value={text} onChange={setText} />
      <Button compact type="submit" isDisabled={word === ''}>
        {t('import.add')}
      </Button>
    </form>
  );
}
