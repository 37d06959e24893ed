// What everybody may do with the records of an object, whoever owns them: a rule of sharing for all records and everyone, one an object.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCatalogue } from '../../api/describe.ts';
import { changeRecord, createRecord, fewQuery } from '../../api/records.ts';
import { isProblem, sentence } from '../../api/problem.ts';
import type { ObjectDef, RecordData } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { Notice, Skeleton } from '../../ui/empty/empty.tsx';
import { NativeSelect } from '../../ui/field/native-select.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import styles from './forms.module.css';
import shared from './settings.module.css';
import { type DefaultLevel, defaultOf, defaultsFilter, levelsOf, ruleOf } from './default-access-model.ts';

const rules = fewQuery('sharing_rules', defaultsFilter, 1_000);

export function DefaultAccess() {
  const client = useQueryClient();
  const catalogue = useCatalogue();
  const asked = useQuery(rules);
  if (asked.isError) return <Notice tone="bad">{sentence(asked.error)}</Notice>;
  if (!asked.data) return <Skeleton lines={4} />;
  const all = asked.data.data;
  const may = catalogue.object('sharing_rule')?.rights.edit;
  const set = async (object: ObjectDef, level: DefaultLevel) => {
    try {
      await settle(all, object, level);
      toast(t('settings.default_access.saved', { object: pick(object.plural_label) }), 'good');
    } catch (error) {
      toast(isProblem(error, 412) ? t('settings.stale') : sentence(error), 'bad');
    }
    await client.invalidateQueries({ queryKey: rules.queryKey });
  };
  return (
    <section aria-label={t('settings.default_access')} className={styles.defaults}>
      <h2>{t('settings.default_access')}</h2>
      <p className={shared.help}>{t('settings.default_access_help')}</p>
      <ul className={styles.fieldList}>
        {catalogue.objects.filter(isOfBusiness).map((object) => (
          <li key={object.name}>
            <span>{pick(object.plural_label)}</span>
            <NativeSelect
              label={t('settings.default_access.of', { object: pick(object.plural_label) })}
              value={defaultOf(all, object.name)}
              faint={defaultOf(all, object.name) === 'private'}
              isDisabled={!may}
              onChange={(key) => void set(object, key as DefaultLevel)}
              options={levelsOf(object).map((level) => ({ key: level, label: t(`settings.default_access.${level}`) }))}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

const isOfBusiness = (object: ObjectDef) =>
  object.owned && (object.custom || object.group === 'customer' || object.group === 'process');

// One rule is made to say it; others of its kind for the object are put to rest.
async function settle(all: RecordData[], object: ObjectDef, level: DefaultLevel) {
  const [first, ...others] = all.filter((rule) => rule.object === object.name);
  for (const rule of others)
    if (rule.active) await changeRecord('sharing_rules', rule.id, rule.version, { active: false });
  const said = ruleOf(level);
  if (first) {
    const change = said ? { active: true, ...said } : { active: false };
    await changeRecord('sharing_rules', first.id, first.version, change);
  } else if (said) {
    const name = t('settings.default_access.rule', { object: pick(object.plural_label) });
    await createRecord('sharing_rules', { name, object: object.name, audience: 'everyone', active: true, ...said });
  }
}
