import { useTranslation } from 'react-i18next';
import { useCodeWord } from '@/shared/words';
import './parameters.css';

type Content = {
  readonly name?: string | null;
  readonly permissions?: readonly string[];
  readonly mask?: string | null;
  readonly scope?: string | null;
};
type Props = { code: string; before: Content; after: Content };

/** What a role would be: permissions that come and go, and whatever else would be another than it is. */
export function RoleChange({ code, before, after }: Props) {
  const { t } = useTranslation();
  const word = useCodeWord();
  const had = before.permissions ?? [];
  const has = after.permissions ?? [];
  const listed = (codes: readonly string[]) =>
    codes.map((one) => word('permission', one)).join(t('unit.listSeparator'));
  const taken = listed(had.filter((one) => !has.includes(one)));
  const given = listed(has.filter((one) => !had.includes(one)));
  const isNew = before.name === null;
  return (
    <>
      <h3>{t(isNew ? 'rights.newRole' : 'rights.role', { name: after.name ?? code, code })}</h3>
      {given && (
        <p className="proposal-change">
          <span className="faint">{t('rights.given')}</span> <ins>{given}</ins>
        </p>
      )}
      {taken && (
        <p className="proposal-change">
          <span className="faint">{t('rights.taken')}</span> <del>{taken}</del>
        </p>
      )}
      {!isNew && <Other label={t('rights.name')} was={before.name} becomes={after.name} />}
      <Other
        label={t('rights.mask')}
        was={before.mask && word('mask', before.mask)}
        becomes={after.mask && word('mask', after.mask)}
      />
      <Other
        label={t('rights.scope')}
        was={before.scope && word('roleScope', before.scope)}
        becomes={after.scope && word('roleScope', after.scope)}
      />
    </>
  );
}

type OtherProps = { label: string; was?: string | null; becomes?: string | null };

function Other({ label, was, becomes }: OtherProps) {
  if (was === becomes) return null;
  return (
    <p className="proposal-change">
      <span className="faint">{label}</span>{' '}
      {was && (
        <>
          <del>{was}</del> <span aria-hidden>→</span>{' '}
        </>
      )}
      <ins>{becomes}</ins>
    </p>
  );
}
