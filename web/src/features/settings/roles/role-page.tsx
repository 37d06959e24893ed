// What one role may do: general rights, a level for each object and action, and the fields it sees less of.
import { useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { refreshDefinitions } from '../../../api/describe.ts';
import { isProblem, sentence } from '../../../api/problem.ts';
import { changeRecord, deleteRecord } from '../../../api/records.ts';
import type { RecordData } from '../../../api/types.ts';
import { count } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { classes } from '../../../ui/classes.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { NativeSelect } from '../../../ui/field/native-select.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { Head } from '../head.tsx';
import { namedIn } from '../named.ts';
import { useBase, useTakeOver } from '../use-base.ts';
import type { Member } from '../people/people-api.ts';
import { Matrix } from './matrix.tsx';
import {
  type Budget,
  budgets,
  classLevel,
  type FieldLevel,
  fieldClasses,
  fieldLevels,
  generalRights,
  readRights,
  setBudget,
  setClass,
  setGeneral,
  writeRights,
} from './rights-model.ts';
import { RoleDialog } from './role-dialog.tsx';
import styles from '../forms.module.css';
import shared from '../settings.module.css';

type Props = { role: RecordData; roles: RecordData[]; members: Member[] };

export function RolePage({ role, ...others }: Props) {
  const { base, isOutdated, take } = useBase(role, (one) => one.version);
  return <RoleForm key={base.version} role={base} {...others} onTake={isOutdated ? take : undefined} />;
}

// `onTake`: somebody saved the role since this began.
function RoleForm({ role, roles, members, onTake }: Props & { onTake?: () => void }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [start] = useState(() => readRights(String(role.rights)));
  const [rights, setRights] = useState(start);
  const [name, setName] = useState(String(role.name ?? ''));
  const [english, setEnglish] = useState(String(role.name_en ?? ''));
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(false);
  const [copying, setCopying] = useState(false);
  const [saved, setSaved] = useState(false);
  const [seen, setSeen] = useState(role.version);
  const changed = writeRights(rights) !== writeRights(start) || name !== role.name || english !== (role.name_en ?? '');
  useTakeOver(!!onTake && (saved || !changed), () => onTake?.());
  const holders = members.filter((member) => Array.isArray(member.roles) && member.roles.includes(String(role.key)));
  const run = async (work: () => Promise<unknown>, said: string) => {
    setBusy(true);
    setRefused('');
    try {
      await work();
      setSaved(true);
      await refreshDefinitions(client);
      toast(said, 'good');
      return true;
    } catch (error) {
      if (isProblem(error, 412)) setSeen(error.problem.current?.version ?? seen);
      setRefused(isProblem(error, 412) ? t('settings.stale') : sentence(error));
      setBusy(false);
      return false;
    }
  };
  const save = () =>
    run(
      () => changeRecord('roles', role.id, seen, { name, name_en: english || null, rights: writeRights(rights) }),
      t('settings.role.saved', { name }),
    );
  const remove = async () => {
    const gone = await run(() => deleteRecord('roles', role.id, role.version), t('settings.role.removed', { name }));
    if (gone) void navigate({ to: '/settings/roles' });
  };
  return (
    <>
      <Head
        title={namedIn(role)}
        back={{ to: '/settings/roles', label: t('settings.roles_title') }}
        help={
          holders.length > 0 ? t('settings.role.held_by', { count: holders.length }) : t('settings.role.held_by_none')
        }
        actions={
          <>
            <Button onPress={() => setCopying(true)}>{t('settings.role.copy')}</Button>
            {holders.length === 0 ? (
              <Button look="danger" isDisabled={busy} onPress={() => void remove()}>
                {t('settings.role.remove')}
              </Button>
            ) : null}
            <Button look="primary" isDisabled={!changed || busy} onPress={() => void save()}>
              {t('common.save')}
            </Button>
          </>
        }
      />
      {refused ? <Notice tone="bad">{refused}</Notice> : null}
      {holders.length > 0 ? <Holders holders={holders} /> : null}
      <div className={classes(styles.pair, styles.narrow)}>
        <TextInput label={t('settings.label_zh')} value={name} onChange={setName} isRequired />
        <TextInput label={t('settings.label_en')} value={english} onChange={setEnglish} />
      </div>
      <div className={styles.form}>
        <Group label={t('settings.role.general')}>
          {generalRights.map((right) => (
            <Checkbox
              key={right}
              isSelected={rights.general.includes(right)}
              onChange={(on) => setRights(setGeneral(rights, right, on))}
            >
              {t(`settings.general.${right}`)}
            </Checkbox>
          ))}
        </Group>
        <section aria-label={t('settings.role.classes')} className={styles.checks}>
          <p className={shared.help}>{t('settings.role.classes_help')}</p>
          <ul className={styles.fieldList}>
            {fieldClasses.map((name) => (
              <li key={name}>
                <span>{t(`settings.class.${name}`)}</span>
                <NativeSelect
                  label={t(`settings.class.${name}`)}
                  value={classLevel(rights, name)}
                  faint={classLevel(rights, name) === 'edit'}
                  onChange={(key) => setRights(setClass(rights, name, key as FieldLevel))}
                  options={fieldLevels.map((level) => ({ key: level, label: t(`settings.level.${level}`) }))}
                />
              </li>
            ))}
          </ul>
        </section>
        <div className={classes(styles.pair, styles.narrow)}>
          {(Object.keys(budgets) as Budget[]).map((name) => (
            <TextInput
              key={name}
              label={t(`settings.budget.${name}`)}
              help={t('settings.budget_help', { most: count(budgets[name]) })}
              inputMode="numeric"
              value={String(rights.budgets?.[name] ?? '')}
              onChange={(typed) => setRights(setBudget(rights, name, typed))}
            />
          ))}
        </div>
        <Matrix rights={rights} onChange={setRights} />
      </div>
      {copying ? <RoleDialog roles={roles} from={role} onClose={() => setCopying(false)} /> : null}
    </>
  );
}

const named_max = 8;

// Each leads to what that member sees with all the roles he holds.
function Holders({ holders }: { holders: Member[] }) {
  return (
    <ul className={styles.holders} aria-label={t('settings.role.holders')}>
      {holders.slice(0, named_max).map((one) => (
        <li key={one.id}>
          <Link to={`/settings/sight/${one.id}`} aria-label={t('settings.role.see_as', { name: String(one.name) })}>
            {String(one.name)}
          </Link>
        </li>
      ))}
      {holders.length > named_max ? <li>…</li> : null}
    </ul>
  );
}
