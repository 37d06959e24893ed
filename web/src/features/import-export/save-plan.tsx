// Keeping the plan: anew under a name, or in the place of the one it was taken from.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get } from '../../api/client.ts';
import { fieldErrors } from '../../api/problem.ts';
import { keys } from '../../api/query-keys.ts';
import { changeRecord, createRecord } from '../../api/records.ts';
import type { RecordData } from '../../api/types.ts';
import { t } from '../../i18n/i18n.ts';
import form from '../../records/form/form.module.css';
import { Button } from '../../ui/button/button.tsx';
import { Dialog } from '../../ui/dialog/dialog.tsx';
import { Notice } from '../../ui/empty/empty.tsx';
import { Select } from '../../ui/field/select.tsx';
import { TextInput } from '../../ui/field/text-input.tsx';
import { toast } from '../../ui/toast/toast.tsx';
import { plans } from './take-plan.ts';
import type { ImportState } from './use-import.ts';

export function SavePlan({ state, onClose }: { state: ImportState; onClose: () => void }) {
  const client = useQueryClient();
  const [name, setName] = useState(state.saved?.name ?? '');
  const [shared, setShared] = useState('me');
  const [refusal, setRefusal] = useState<unknown>(null);
  const { fields, rest } = fieldErrors(refusal);
  const done = async (work: Promise<RecordData>) => {
    setRefusal(null);
    try {
      const saved = await work;
      await client.invalidateQueries({ queryKey: keys.lists(plans) });
      state.change(() => ({ saved: { id: saved.id, name: String(saved.name) } }));
      toast(t('import.plan_saved', { name: String(saved.name) }), 'good');
      onClose();
    } catch (error) {
      setRefusal(error);
    }
  };
  const replace = async (id: string): Promise<RecordData> => {
    const old = await get<RecordData>(`/${plans}/${id}`);
    return changeRecord(plans, id, old.version, { name: name.trim(), plan: state.text });
  };
  const old = state.saved;
  return (
    <Dialog
      size="small"
      title={t('import.plan_save')}
      onClose={onClose}
      onSubmit={() => void done(createRecord(plans, { name: name.trim(), plan: state.text, shared }))}
      footer={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          {old ? (
            <Button isDisabled={!name.trim()} onPress={() => void done(replace(old.id))}>
              {t('import.plan_replace', { name: old.name })}
            </Button>
          ) : null}
          <Button type="submit" look="primary" isDisabled={!name.trim()}>
            {old ? t('import.plan_save_new') : t('common.save')}
          </Button>
        </>
      }
    >
      <div className={form.form}>
        {rest.length > 0 || fields.plan ? <Notice tone="bad">{[...rest, fields.plan].join(' ')}</Notice> : null}
        <TextInput
          label={t('import.plan_name')}
          help={t('import.plan_name_help')}
          value={name}
          onChange={setName}
          error={fields.name}
          isRequired
          autoFocus
        />
        <Select
          label={t('import.plan_shared')}
          value={shared}
          onChange={(key) => setShared(key ?? 'me')}
          error={fields.shared}
          options={(['me', 'team', 'all'] as const).map((key) => ({ key, label: t(`views.shared.${key}`) }))}
        />
      </div>
    </Dialog>
  );
}
