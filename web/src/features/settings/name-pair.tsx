// What a thing is called in both languages.
import { t } from '../../i18n/i18n.ts';
import { TextInput } from '../../ui/field/text-input.tsx';
import styles from './forms.module.css';

type Props = {
  zh: string;
  en: string;
  onZh: (text: string) => void;
  onEn: (text: string) => void;
  errors: { zh?: string; en?: string };
};

export function NamePair({ zh, en, onZh, onEn, errors }: Props) {
  return (
    <div className={styles.pair}>
      <TextInput label={t('settings.label_zh')} value={zh} onChange={onZh} error={errors.zh} isRequired autoFocus />
      <TextInput label={t('settings.label_en')} value={en} onChange={onEn} error={errors.en} />
    </div>
  );
}
