// How many there are; pressed, the way to one of them: a row by its number, or a share of the list in percent.
import { useState } from 'react';
import { count } from '../../i18n/format.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { Popover } from '../../ui/popover/popover.tsx';
import { placeOf } from './place.ts';
import styles from './list.module.css';

// Fewer are seen at a glance.
const worth_jumping = 200;

export function Jump({ total, onJump }: { total: number | undefined; onJump?: (row: number) => void }) {
  const [text, setText] = useState('');
  const said = total === undefined ? '' : t('records.total', { count: count(total) });
  if (!onJump || total === undefined || total < worth_jumping)
    return (
      <span className={styles.total} aria-live="polite">
        {said}
      </span>
    );
  const place = placeOf(text, total);
  return (
    <span className={styles.total}>
      <Popover
        label={t('list.jump')}
        trigger={
          <Button look="quiet" className={styles.jump}>
            <span aria-live="polite">{said}</span>
          </Button>
        }
      >
        {(close) => (
          <form
            className={styles.jumpForm}
            onSubmit={(event) => {
              event.preventDefault();
              if (place === null) return;
              close();
              // Once the popover has given its focus back.
              setTimeout(() => onJump(place));
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
        )}
      </Popover>
    </span>
  );
}
