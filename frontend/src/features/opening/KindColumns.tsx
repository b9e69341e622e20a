import { useTranslation } from 'react-i18next';
import { graphql, useFragment } from 'react-relay';
import type { KindColumns_kind$key } from '@/__generated__/KindColumns_kind.graphql';
import './opening.css';

/** The template, and what stands in its columns. */
export function KindColumns({ kind }: { kind: KindColumns_kind$key }) {
  const { t, i18n } = useTranslation();
  const { name, columns } = useFragment(
    graphql`
      fragment KindColumns_kind on ImportKind {
        name
        columns {
          name
          heading
          told
          example
          isNeeded
        }
      }
    `,
    kind,
  );
  return (
    <>
      {/* An outline is a map and nothing else. */}
      {name !== 'outline' && (
        <p className="opening-template">
          <a className="button-link" href={`/imports/templates/${name}.xlsx?language=${i18n.language}`} download>
            {t('opening.template')}
          </a>
          <span className="faint">{t('opening.templateHint')}</span>
        </p>
      )}
      <details className="opening-columns">
        <summary>{t('opening.columns')}</summary>
        <table className="import-columns">
          <thead>
            <tr>
              <th scope="col">{t('opening.column')}</th>
              <th scope="col">{t('opening.how')}</th>
              <th scope="col">{t('opening.example')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <tr key={column.name}>
                <th scope="row">
                  {column.heading} {column.isNeeded && <span className="tag">{t('opening.needed')}</span>}
                </th>
                <td>{column.told}</td>
                <td className="faint">{column.example}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  );
}
