import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { fieldErrors } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { renameOrganisation, useSession } from '../../api/session.ts';
import { t } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { Facts } from './facts.tsx';
import forms from './forms.module.css';
import { Head } from './head.tsx';
import styles from './settings.module.css';

export function Organisation() {
  const { organisation, rights } = useSession();
  const facts: [string, string][] = [
    [t('settings.currency'), organisation.currency],
    [t('settings.time_zone'), organisation.time_zone],
  ];
  return (
    <>
      <Head title={t('settings.organisation')} help={t('settings.organisation_help')} />
      {rights.admin ? <NameForm key={organisation.name} name={organisation.name} /> : null}
      <Facts facts={rights.admin ? facts : [[t('settings.organisation_name'), organisation.name], ...facts]} />
    </>
  );
}

function NameForm({ name: before }: { name: string }) {
  const client = useQueryClient();
  const [name, setName] = useState(before);
  const [refusal, setRefusal] = useState<unknown>(null);
  const save = async () => {
    setRefusal(null);
    try {
      await renameOrganisation(name);
      await client.invalidateQueries({ queryKey: keys.session });
      toast(t('settings.organisation_saved'), 'good');
    } catch (error) {
      setRefusal(error);
    }
  };
  const { fields, rest } = fieldErrors(refusal);
  return (
    <form
      noValidate
      className={forms.form}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className={forms.narrow}>
        <TextInput
          label={t('settings.organisation_name')}
          value={name}
          onChange={setName}
          error={fields.name ?? rest[0]}
          isRequired
        />
      </div>
      <div className={styles.actions}>
        <Button type="submit" look="primary" isDisabled={name.trim() === before || !name.trim()}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
}
