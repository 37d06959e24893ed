// A new token: what for, what it may do, how long. It is shown once, then only its fingerprint is kept.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { makeToken } from '../../../api/access.ts';
import { useCatalogue } from '../../../api/describe.ts';
import { useSession } from '../../../api/session.ts';
import type { ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { useSend } from '../../../records/form/use-send.ts';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { Group } from '../../../ui/field/group.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import styles from '../forms.module.css';
import { ShownOnceDialog } from '../shown-once-dialog.tsx';
import { days_max, isDays, scopesOf, type TokenLevel, tokenLevels, type TokenReach } from './tokens-model.ts';

const days_default = '90';

export function TokenDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [days, setDays] = useState(days_default);
  const [reach, setReach] = useState<TokenReach>({ level: 'read', imports: false, objects: [] });
  const [token, setToken] = useState<string | null>(null);
  const { send, busy, errors, rest } = useSend();
  const make = async () => {
    const ask = { name: name.trim(), scopes: scopesOf(reach), days: Number(days) };
    setToken((await makeToken(client, ask)).token);
  };
  if (token)
    return (
      <ShownOnceDialog
        title={t('settings.tokens.made', { name: name.trim() })}
        label={t('settings.tokens.token')}
        copy={t('settings.tokens.copy')}
        text={token}
        help={t('settings.tokens.made_help')}
        onClose={onClose}
      />
    );
  return (
    <FormDialog
      title={t('settings.tokens.add')}
      refusals={errors.scopes ? [...rest, errors.scopes] : rest}
      deed={t('settings.tokens.make')}
      isDisabled={busy || !name.trim() || !isDays(days)}
      onClose={onClose}
      onSubmit={() => void send(make)}
    >
      <div className={styles.pair}>
        <TextInput
          label={t('settings.tokens.name')}
          help={t('settings.tokens.name_help')}
          value={name}
          onChange={setName}
          error={errors.name}
          isRequired
          autoFocus
        />
        <TextInput
          label={t('settings.tokens.days')}
          help={t('settings.tokens.days_help', { most: days_max })}
          inputMode="numeric"
          value={days}
          onChange={setDays}
          error={errors.days}
          isRequired
        />
      </div>
      <ReachInput value={reach} onChange={setReach} />
    </FormDialog>
  );
}

function ReachInput({ value, onChange }: { value: TokenReach; onChange: (reach: TokenReach) => void }) {
  const { rights } = useSession();
  const objects = useCatalogue().objects.filter(isOfBusiness);
  const levels = tokenLevels.filter((level) => level !== 'admin' || rights.admin);
  const { objects: chosen } = value;
  return (
    <>
      <Select
        label={t('settings.tokens.may')}
        options={levels.map((level) => ({ key: level, label: t(`settings.tokens.level.${level}`) }))}
        value={value.level}
        onChange={(level) => onChange({ ...value, level: level as TokenLevel })}
      />
      {value.level === 'write' && rights.import ? (
        <Checkbox isSelected={value.imports} onChange={(imports) => onChange({ ...value, imports })}>
          {t('settings.tokens.imports')}
        </Checkbox>
      ) : null}
      {value.level === 'all' ? null : (
        <Group label={t('settings.tokens.objects')} help={t('settings.tokens.objects_help')}>
          {objects.map(({ name, plural_label }) => (
            <Checkbox
              key={name}
              isSelected={chosen.includes(name)}
              onChange={(on) =>
                onChange({ ...value, objects: on ? [...chosen, name] : chosen.filter((other) => other !== name) })
              }
            >
              {pick(plural_label)}
            </Checkbox>
          ))}
        </Group>
      )}
    </>
  );
}

const isOfBusiness = (object: ObjectDef) =>
  object.rights.read && (object.custom || object.group === 'customer' || object.group === 'process');
