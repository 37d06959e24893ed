// What the funnel is about, kept in the address.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useCatalogue } from '../../api/describe.ts';
import { recordQuery } from '../../api/records.ts';
import type { Reference } from '../../api/types.ts';
import { pick, t } from '../../i18n/i18n.ts';
import { ReferenceInput } from '../../records/fields/reference-input.tsx';
import { nameOf } from '../../records/fields/record-name.ts';
import { Button } from '../../ui/button/button.tsx';
import { DateInput } from '../../ui/date/date-input.tsx';
import { Select } from '../../ui/field/select.tsx';
import { type FunnelSearch, presetOf, presets, type Span } from './funnel-model.ts';
import styles from './funnel.module.css';

type Props = { search: FunnelSearch; span: Span; onChange: (next: FunnelSearch) => void };
const people = [
  ['owner', 'member'],
  ['team', 'team'],
  ['product', 'product'],
] as const;

export function Filters({ search, span, onChange }: Props) {
  const preset = presetOf(search);
  const narrowed = preset !== 'all' || people.some(([key]) => search[key]);
  const choose = (key: string | null) => {
    if (key === 'own') return onChange({ period: undefined, from: span.from ?? '2020-01-01', to: span.to });
    return onChange({ period: key === 'all' ? undefined : (key ?? undefined), from: undefined, to: undefined });
  };
  return (
    <div className={styles.filters} role="group" aria-label={t('funnel.filters')}>
      <Select
        label={t('funnel.period')}
        value={preset}
        onChange={choose}
        options={[...presets, 'own' as const].map((key) => ({ key, label: t(`funnel.period.${key}`) }))}
      />
      {preset === 'own' ? (
        <>
          <DateInput
            label={t('funnel.from')}
            value={search.from ?? null}
            onChange={(from) => onChange({ from: from ?? undefined })}
          />
          <DateInput
            label={t('funnel.to')}
            value={search.to ?? null}
            onChange={(to) => onChange({ to: to ?? undefined })}
          />
        </>
      ) : null}
      {people.map(([key, target]) => (
        <Who key={key} target={target} id={search[key]} onChange={(id) => onChange({ [key]: id })} />
      ))}
      {narrowed ? (
        <Button
          look="quiet"
          onPress={() =>
            onChange({
              period: undefined,
              from: undefined,
              to: undefined,
              owner: undefined,
              team: undefined,
              product: undefined,
            })
          }
        >
          {t('funnel.reset')}
        </Button>
      ) : null}
    </div>
  );
}

// The address knows an id only; its name is read once.
function Who(props: { target: string; id?: string; onChange: (id: string | undefined) => void }) {
  const object = useCatalogue().object(props.target);
  const [chosen, setChosen] = useState<Reference | null>(null);
  const isKnown = !props.id || chosen?.id === props.id;
  const found = useQuery({ ...recordQuery(object?.plural ?? '', props.id ?? ''), enabled: !!object && !isKnown });
  if (!object?.rights.read) return null;
  const name = isKnown ? chosen?.name : found.data && nameOf(object, found.data);
  return (
    <ReferenceInput
      label={props.target === 'member' ? t('funnel.by.owner') : pick(object.label)}
      placeholder={t('common.all')}
      target={props.target}
      value={props.id ? { id: props.id, name: name ?? '' } : null}
      onChange={(next) => {
        setChosen(next);
        if (next?.id !== props.id) props.onChange(next?.id);
      }}
    />
  );
}
