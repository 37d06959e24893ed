// Which view opens the list for whoever has chosen none: for everybody, and for those of a role.
import type { Definition, ViewsOverlay } from '../../../../api/definitions.ts';
import type { ObjectDef } from '../../../../api/types.ts';
import { pick, t } from '../../../../i18n/i18n.ts';
import { NativeSelect } from '../../../../ui/field/native-select.tsx';
import forms from '../../forms.module.css';
import { openingOf, openWith } from './views-model.ts';
import { useRoles } from './use-roles.ts';

type Props = {
  object: ObjectDef;
  definition: Definition;
  busy: boolean;
  onSend: (next: ViewsOverlay, said: string) => Promise<boolean>;
};

export function Openings({ object, definition, busy, onSend }: Props) {
  const roles = useRoles();
  const views = definition.views
    .filter((view) => view.active)
    .map((view) => ({ key: view.key, label: pick(view.label), roles: view.roles }));
  const rows = [{ key: '', label: t('settings.views.everybody') }, ...roles];
  return (
    <section className={forms.uses}>
      <h3>{t('settings.views.opens')}</h3>
      <p>{t('settings.views.opens_help', { list: pick(object.plural_label) })}</p>
      <dl>
        {rows.map((role) => (
          <div key={role.key}>
            <dt>{role.label}</dt>
            <dd>
              <NativeSelect
                label={t('settings.views.opens_for', { role: role.label })}
                value={openingOf(definition, role.key)}
                isDisabled={busy}
                onChange={(view) =>
                  void onSend(
                    openWith(definition, role.key, view),
                    t('settings.views.opens_saved', { role: role.label }),
                  )
                }
                options={[
                  { key: '', label: t(role.key === '' ? 'common.all' : 'settings.views.as_everybody') },
                  ...views.filter(
                    (view) => view.roles.length === 0 || role.key === '' || view.roles.includes(role.key),
                  ),
                ]}
              />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
