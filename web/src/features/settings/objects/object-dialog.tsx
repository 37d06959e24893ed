// Naming an object, or adding one of the organisation's own.
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { Definition } from '../../../api/definitions.ts';
import { useCatalogue } from '../../../api/describe.ts';
import type { ObjectDef } from '../../../api/types.ts';
import { pick, t } from '../../../i18n/i18n.ts';
import { FormDialog } from '../../../records/form/form-dialog.tsx';
import { Button } from '../../../ui/button/button.tsx';
import { Notice } from '../../../ui/empty/empty.tsx';
import { Checkbox } from '../../../ui/field/checkbox.tsx';
import { Select } from '../../../ui/field/select.tsx';
import { TextInput } from '../../../ui/field/text-input.tsx';
import { toast } from '../../../ui/toast/toast.tsx';
import { NamePair } from '../name-pair.tsx';
import { useDefine } from '../use-define.ts';
import { errorsOf, keyFrom } from './field-model.ts';

const icons = [
  'custom',
  'package',
  'building',
  'note',
  'target',
  'users',
  'calendar-check',
  'shield',
  'wrench',
  'truck',
  'flag',
] as const;

export function ObjectDialog(props: { object?: ObjectDef; definition?: Definition; onClose: () => void }) {
  const { object, definition, onClose } = props;
  const catalogue = useCatalogue();
  const navigate = useNavigate();
  const { save, refusal, busy, isStale } = useDefine(definition);
  const [zh, setZh] = useState(object?.label.zh ?? '');
  const [en, setEn] = useState(object?.label.en ?? '');
  const [plural, setPlural] = useState(object?.plural_label.en ?? '');
  const [key, setKey] = useState('');
  const [icon, setIcon] = useState(object?.icon || 'custom');
  const [shared, setShared] = useState(false);
  const { at: errors, rest } = errorsOf(refusal);
  const name =
    object?.name ??
    (key ||
      keyFrom(
        en,
        catalogue.objects.map((one) => one.name),
        'x_',
      ));
  const isCustom = !object || object.custom;
  const send = async (retired: boolean) => {
    const label = { zh: zh.trim() || en.trim(), en: en.trim() || zh.trim() };
    const good = await save({
      object: name,
      label,
      plural_label: { zh: label.zh, en: plural.trim() || label.en },
      ...(isCustom ? { custom: true, icon, ...(object ? {} : { plural: `${name}s`, owned: !shared }) } : {}),
      ...(retired ? { retired: true } : {}),
      ...(object || !isCustom ? {} : { fields: [] }),
    });
    if (!good) return;
    toast(
      t(retired ? 'settings.object.retired' : object ? 'settings.object.saved' : 'settings.object.added', {
        name: pick(label),
      }),
      'good',
    );
    onClose();
    void navigate({ to: retired ? '/settings/objects' : `/settings/objects/${name}` });
  };
  return (
    <FormDialog
      title={object ? t('settings.object.edit_title', { name: pick(object.label) }) : t('settings.objects.add')}
      refusals={rest}
      isDisabled={busy}
      other={
        object?.custom ? (
          <Button look="danger" isDisabled={busy} onPress={() => void send(true)}>
            {t('settings.retire')}
          </Button>
        ) : null
      }
      onClose={onClose}
      onSubmit={() => void send(false)}
    >
      {isStale ? <Notice tone="warn">{t(object ? 'settings.stale' : 'settings.object.taken')}</Notice> : null}
      <NamePair zh={zh} en={en} onZh={setZh} onEn={setEn} errors={{ zh: errors.label }} />
      <TextInput label={t('settings.object.plural_en')} value={plural} onChange={setPlural} />
      {object ? null : (
        <TextInput
          label={t('settings.objects.key')}
          help={t('settings.field.key_help')}
          placeholder={name}
          value={key}
          onChange={(text) => setKey(text.trim())}
          error={errors.name}
        />
      )}
      {isCustom ? (
        <Select
          label={t('settings.object.icon')}
          value={icon}
          onChange={(one) => setIcon(one ?? 'custom')}
          options={icons.map((one) => ({ key: one, label: t(`settings.icon.${one}`) }))}
        />
      ) : null}
      {object ? null : (
        <Checkbox isSelected={shared} onChange={setShared}>
          {t('settings.object.shared')}
        </Checkbox>
      )}
    </FormDialog>
  );
}
