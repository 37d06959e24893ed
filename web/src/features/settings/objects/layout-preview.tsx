import type { Field, ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { classes } from '../../../ui/classes.ts';
import { Tag } from '../../../ui/tag/tag.tsx';
import type { LayoutDraft } from './layout-model.ts';
import styles from '../forms.module.css';

// The page of a record as it will stand.
export function LayoutPreview({ object, draft, loose }: { object: ObjectDef; draft: LayoutDraft; loose: Field[] }) {
  const line = (name: string) => {
    const field = object.fields.find((one) => one.name === name);
    return field ? (
      <li key={name}>
        {pick(field.label)}
        {field.required ? <span aria-hidden="true"> *</span> : null}
      </li>
    ) : null;
  };
  const part = (key: string, label: string, names: string[], condition = '') => (
    <div key={key} className={styles.previewPart}>
      <h4>
        {label} {condition ? <Tag tone="info">{t('settings.field.shown_when_short')}</Tag> : null}
      </h4>
      <ul>{names.map(line)}</ul>
    </div>
  );
  const shown = (names: string[]) => names.filter((name) => !draft.key.includes(name));
  return (
    <aside className={classes(styles.box, styles.preview)} aria-label={t('settings.layout.preview')}>
      <h3>{t('settings.layout.preview')}</h3>
      {part('key', pick(object.label), draft.key)}
      {draft.sections.map((section) =>
        part(section.id, section.zh || section.en || '…', shown(section.fields), section.shownWhen.trim()),
      )}
      {loose.length > 0 ? part('loose', t('settings.layout.loose'), shown(loose.map((field) => field.name))) : null}
    </aside>
  );
}
