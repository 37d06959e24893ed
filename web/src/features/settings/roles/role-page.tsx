// What one role may do: general rights, a level for each object and action, and the fields it sees less of.
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { refreshDefinitions } from '../../../api/describe.ts';
import { isProblem, sentence } from '../../../api/problem.ts';
import { changeRecord, deleteRecord } from '../../../api/records.ts';
import type { RecordData } from '../../../api/types.ts';
import { list } from '../../../i18n/format.ts';
import { t } from '../../../i18n/i18n.ts';
import { classes } from '../../../ui/classes.ts';
import { Button } from '../../../ui/button/button.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { Head } from '../head.tsx';
import type { Member } from '../people/people-api.ts';
import { Matrix } from './matrix.tsx';
import { generalRights, readRights, setGeneral, writeRights } from './rights-model.ts';
import { RoleDialog } from './role-dialog.tsx';
import styles from '../forms.module.css';

export function RolePage({ role, roles, members }: { role: RecordData; roles: RecordData[]; members: Member[] }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [start] = useState(() => readRights(String(role.rights)));
  const [rights, setRights] = useState(start);
  const [name, setName] = useState(String(role.name ?? ''));
  const [english, setEnglish] = useState(String(role.name_en ?? ''));
  const [refused, setRefused] = useState('');
  const [busy, setBusy] = useState(false);
  const [copying, setCopying] = useState(false);
  const changed = writeRights(rights) !== writeRights(start) || name !== role.name || english !== (role.name_en ?? '');
  const holders = members.filter((member) => Array.isArray(member.roles) && member.roles.includes(String(role.key)));
  const run = async (work: () => Promise<unknown>, said: string) => {
    setBusy(true);
    setRefused('');
    try {
      await work();
      await refreshDefinitions(client);
      toast(said, 'good');
      return true;
    } catch (error) {
      setRefused(isProblem(error, 412) ? t('settings.stale') : sentence(error));
      setBusy(false);
      return false;
    }
  };
  const save = () =>
    run(
      () =>
        changeRecord('roles', role.id, role.version, { name, name_en: english || null, rights: writeRights(rights) }),
      t('settings.role.saved', { name }),
    );
  const remove = async () => {
    const gone = await run(() => deleteRecord('roles', role.id, role.version), t('settings.role.removed', { name }));
    if (gone) void navigate({ to: '/settings/roles' });
  };
  return (
    <>
      <Head
        title={String(role.name)}
        back={{ to: '/settings/roles', label: t('settings.roles_title') }}
        help={
          holders.length > 0
            ? t('settings.role.held_by', {
                names: list(holders.slice(0, 8).map((one) => String(one.name))),
                count: holders.length,
              })
            : t('settings.role.held_by_none')
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
      <div className={classes(styles.pair, styles.narrow)}>
        <TextInput label={t('settings.label_zh')} value={name} onChange={setName} isRequired />
        <TextInput label={t('settings.label_en')} value={english} onChange={setEnglish} />
      </div>
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
      <Matrix rights={rights} onChange={setRights} />
      {copying ? <RoleDialog roles={roles} from={role} onClose={() => setCopying(false)} /> : null}
    </>
  );
}
