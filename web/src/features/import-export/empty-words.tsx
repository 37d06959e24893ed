// Words of a file that stand for nothing ("Select", "N/A"): each a mark that can be taken away, one box for the next.
import { X } from 'lucide-react';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Group } from '../../ui/field/group.tsx';
import { nameOf, type PlanObject } from './import-model.ts';
import styles from './import.module.css';
import { OneMore } from './one-more.tsx';
import { alike } from './word-model.ts';

type Props = { object: PlanObject; onChange: (words: string[]) => void };

export function EmptyWords({ object, onChange }: Props) {
  const add = (word: string) => {
    if (!object.empty.some((one) => alike(one, word))) onChange([...object.empty, word]);
  };
  return (
    <Group label={t('import.empty_words')} help={t('import.empty_words_help')}>
      {object.empty.length > 0 ? (
        <ul className={styles.marks} aria-label={t('import.empty_words_of', { name: nameOf(object) })}>
          {object.empty.map((one) => (
            <li key={one}>
              <Button
                compact
                aria-label={t('import.empty_words_remove', { word: one })}
                onPress={() => onChange(object.empty.filter((other) => other !== one))}
              >
                {one}
                <X size={13} aria-hidden="true" />
              </Button>
            </li>
          ))}
        </ul>
      ) : null}
      <OneMore label={t('import.empty_words_add')} onAdd={add} />
    </Group>
  );
}
