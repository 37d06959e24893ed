import { useState } from 'react';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import styles from './list.module.css';
import { placeOf } from './place.ts';

export function JumpForm({ total, onJump }: { total: number; onJump: (row: number) => void }) {
  const [text, setText] = useState('');
  const place = placeOf(text, total);
  return (
    <form
      className={styles.jumpForm}
      onSubmit={(event) => {
        event.preventDefault();
        if (place !== null) onJump(place);
      }}
    >
      <TextInput
        label={t('list.jump')}
        help={place === null ? t('list.jump.help') : t('list.jump.row', { row: count(place + 1) })}
        value={text}
        onChange={setText}
        autoFocus
      />
      <Button type="submit" look="primary" isDisabled={place === null}>
        {t('list.jump.go')}
      </Button>
    </form>
  );
}
