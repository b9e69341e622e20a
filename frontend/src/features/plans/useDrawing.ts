import { useState } from 'react';
import type { Bounds } from '@/shared/map/geometry';
import { boundsOfAtoms } from './marks';
import { atomsOf, type Model } from './model';
import type { Mode } from './openPlanMap';
import type { Shading } from './shades';
import type { Proposal } from './usePlanBalances';
import type { Wish } from './usePlanActs';
import type { News } from './usePlanNews';

export type TabName = 'GRIDS' | 'ATOMS' | 'FINDINGS' | 'CHANGES' | 'BALANCE';
export type Drawing = ReturnType<typeof useDrawing>;

const NO_NEWS: News = [];

/** What one person has in hand: what is chosen, where it is to go, how the map looks. Nothing of it is the draft's. */
export function useDrawing(model: Model, carryOut: (wish: Wish) => Promise<boolean>) {
  const [mode, setMode] = useState<Mode>('PICK');
  const [shading, setShading] = useState<Shading>('GRID');
  const [tab, setTab] = useState<TabName>('GRIDS');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [target, setTarget] = useState<string | null>(null);
  const [over, setOver] = useState<{ ids: readonly string[]; grid: string | null } | null>(null);
  const [look, setLook] = useState<{ bounds: Bounds } | null>(null);
  const [news, setNews] = useState(NO_NEWS);
  const [preview, setPreview] = useState<Proposal | null>(null);
  const [locked, setLocked] = useState<ReadonlySet<string>>(new Set());

  const gridOf = (atom: string | null) => (atom === null ? null : (model.atoms.get(atom)?.gridCode ?? null));
  const clear = () => {
    setChosen(new Set());
    setTarget(null);
  };
  const take = (ids: readonly string[], isAdding: boolean) =>
    setChosen((was) => new Set(isAdding ? [...was, ...ids] : ids));
  const toggle = (ids: readonly string[], isOn: boolean) =>
    setChosen((was) => {
      const next = new Set(was);
      for (const id of ids) {
        if (isOn) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  const pick = (id: string | null, isAdding: boolean) => {
    if (id === null) {
      if (!isAdding) clear();
    } else if (isAdding) toggle([id], !chosen.has(id));
    else setChosen((was) => (was.size === 1 && was.has(id) ? new Set() : new Set([id])));
  };
  const lookAt = (ids: Iterable<string>) => {
    const bounds = boundsOfAtoms(
      model,
      [...ids].flatMap((id) => model.atoms.get(id) ?? []),
    );
    if (bounds) setLook({ bounds });
  };
  /** Chooses the atoms of a grid, those of its small grids, or those without one, and looks there. */
  const chooseGrid = (code: string | null) => {
    const small =
      code === null
        ? [null]
        : [code, ...[...model.grids.values()].filter(({ parentCode }) => parentCode === code).map((one) => one.code)];
    const ids = small.flatMap((one) => atomsOf(model, one).map(({ id }) => id));
    setChosen(new Set(ids));
    lookAt(ids);
  };
  const assign = async (ids: readonly string[], gridCode: string | null) => {
    if (await carryOut({ act: { assign: { atomIds: ids, gridCode } } })) clear();
  };
  const dragOver = (ids: readonly string[], atom: string | null) => setOver({ ids, grid: gridOf(atom) });
  const drop = (ids: readonly string[], atom: string | null) => {
    setOver(null);
    const grid = gridOf(atom);
    const going = ids.filter((id) => gridOf(id) !== grid);
    if (grid !== null && going.length > 0) void assign(going, grid);
  };
  const lock = (name: string, isOn: boolean) =>
    setLocked((was) => new Set(isOn ? [...was, name] : [...was].filter((one) => one !== name)));
  const hear = (found: News) => setNews(found.filter(({ mine }) => !mine));
  return {
    ...{
      mode,
      setMode,
      shading,
      setShading,
      tab,
      setTab,
      chosen,
      target,
      setTarget,
      over,
      look,
      news,
      locked,
      preview,
      setPreview,
    },
    ...{ clear, take, toggle, pick, lookAt, chooseGrid, assign, dragOver, drop, lock, hear },
    forgetNews: () => setNews(NO_NEWS),
  };
}
