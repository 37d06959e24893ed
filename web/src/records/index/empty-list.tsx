import type { ObjectDef } from '../../api/types.ts';
import { EmptyOffer } from '../empty-offer.tsx';
import { t, within } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button/button.tsx';
import { Empty } from '../../ui/empty/empty.tsx';

type Props = { object: ObjectDef; narrowed: boolean; onClear: () => void; onNew: () => void };

export function EmptyList(props: Props) {
  const name = within(props.object.label);
  if (props.narrowed) {
    return (
      <Empty
        title={t('records.none_match')}
        action={<Button onPress={props.onClear}>{t('records.clear_filter')}</Button>}
      >
        {t('records.none_match_help')}
      </Empty>
    );
  }
  return (
    <Empty
      title={t('records.empty', { objects: within(props.object.plural_label) })}
      action={
        <>
          {props.object.rights.create ? (
            <Button look="primary" onPress={props.onNew}>
              {t('records.new', { object: name })}
            </Button>
          ) : null}
          <EmptyOffer />
        </>
      }
    >
      {t('records.empty_help', { object: name })}
    </Empty>
  );
}
