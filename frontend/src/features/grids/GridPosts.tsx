import { useTranslation } from 'react-i18next';
import './grids.css';

type Post = {
  readonly role: string;
  readonly from: string;
  readonly staff: { readonly id: string; readonly name: string };
};
type Props = { posts: readonly Post[]; isLarge: boolean };

/** Who works a grid, and since when. */
export function GridPosts({ posts, isLarge }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t('map.posts')}</h2>
      {posts.length === 0 ? (
        <p className="faint">{isLarge ? t('map.largeHasNoPosts') : t('map.noPosts')}</p>
      ) : (
        <ul className="plain">
          {posts.map(({ role, staff, from }) => (
            <li key={`${role}${staff.id}`}>
              <span className="tag tag-accent">{t(role === 'A' ? 'map.postA' : 'map.postB')}</span> {staff.name}{' '}
              <span className="faint number">{t('map.since', { day: from })}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
