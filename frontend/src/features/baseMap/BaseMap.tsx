import { graphql, useFragment } from 'react-relay';
import type { BaseMap_baseMap$key } from '@/__generated__/BaseMap_baseMap.graphql';
import { BaseMapTools } from './BaseMapTools';

type Props = Pick<React.ComponentProps<typeof BaseMapTools>, 'map' | 'wanted' | 'onWanted'> & {
  baseMap: BaseMap_baseMap$key;
};

/** 底图: the bank's tile service beneath the grids. */
export function BaseMap({ baseMap, ...rest }: Props) {
  const { labels, ...said } = useFragment(
    graphql`
      fragment BaseMap_baseMap on BaseMap {
        tiles
        labels
        attribution
        approvalNumber
        largestZoom
      }
    `,
    baseMap,
  );
  return <BaseMapTools {...said} labels={labels ?? null} {...rest} />;
}
