import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const eslint = new ESLint({ cwd: `${import.meta.dirname}/..` });

/** The rules that one line breaks in a file at that place. */
async function broken(filePath: string, line: string): Promise<(string | null)[]> {
  const [result] = await eslint.lintText(`${line}\n`, { filePath });
  return result!.messages.map(({ ruleId }) => ruleId);
}

const FEATURE = 'src/features/customers/CustomerCard.tsx';

describe('the zones', () => {
  it.each([
    ['shared reads a feature', 'src/shared/Section.tsx', "import '@/features/customers/customers.css';"],
    ['shared reads a feature by a relative path', 'src/shared/Section.tsx', "import '../features/customers/filter';"],
    ['shared reads a shell', 'src/shared/map/MapCanvas.tsx', "import type { A } from '@/desk/pages';"],
    ['shared reads all catalogues', 'src/shared/words.ts', "import { CATALOGUES } from '@/catalogues';"],
    ['the network layer reads shared', 'src/relay/network.ts', "import { newUuid } from '@/shared/uuid';"],
    ['a feature reads another', FEATURE, "import { StopCard } from '@/features/walk/StopCard';"],
    ['a feature reads another by a relative path', FEATURE, "import { StopCard } from '../walk/StopCard';"],
    ['a feature reads a shell', FEATURE, "import { BackBar } from '@/h5/BackBar';"],
    ['the desk reads the phone', 'src/desk/DeskPages.tsx', "import { BackBar } from '@/h5/BackBar';"],
    ['the phone reads the desk', 'src/h5/routes/MeRoute.tsx', "import { PAGES } from '@/desk/pages';"],
  ])('are closed where %s', async (_what, place, line) => {
    expect(await broken(place, line)).toEqual(['no-restricted-imports']);
  });

  it('are closed for what is loaded later, too', async () => {
    expect(await broken(FEATURE, "export const late = () => import('@/features/walk/StopCard');")).toEqual([
      'no-restricted-syntax',
    ]);
  });

  it.each([
    ['a feature reads itself', FEATURE, "import { TierTag } from './TierTag';"],
    ['a feature reads itself by its whole path', FEATURE, "import { TierTag } from '@/features/customers/TierTag';"],
    ['a feature reads shared', FEATURE, "import { Money } from '@/shared/Money';"],
    ['a shell puts features together', 'src/desk/pages.ts', "import { TierTag } from '@/features/customers/TierTag';"],
    ['shared reads its own folder above', 'src/shared/map/mapStyle.ts', "import { tokens } from '../tokens';"],
  ])('are open where %s', async (_what, place, line) => {
    expect(await broken(place, line)).toEqual([]);
  });
});

describe('what a file exports', () => {
  it.each([
    ['by default', 'export default 1;'],
    ['all of another', "export * from './TierTag';"],
    ['a part of another', "export { TierTag } from './TierTag';"],
  ])('is its own and has a name: not %s', async (_what, line) => {
    expect(await broken(FEATURE, line)).toEqual(['no-restricted-syntax']);
  });
});
