import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { Map as MapLibre } from 'maplibre-gl';
import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS } from '@/features/baseMap/baseLayers';
import { BaseMapTools } from '@/features/baseMap/BaseMapTools';
import { BaseMapFields } from '@/features/parameters/BaseMapFields';
import { fieldText, readValue } from '@/features/parameters/values';
import { requestFor } from '@/shared/map/requests';
import { renderPage } from './harness';

/** As much of a map as layers are laid on: their order, their visibility, and who listens. */
function fakeMap() {
  const layers = [{ id: 'land' }, { id: 'grid-fill' }, { id: 'names' }];
  const sources: Record<string, object> = {};
  const visible: Record<string, string> = {};
  const heard = new Map<string, Set<(event: object) => void>>();
  const map = {
    getLayer: (id: string) => layers.find((layer) => layer.id === id),
    addSource: (id: string, source: object) => (sources[id] = source),
    addLayer: (layer: { id: string }, before: string) =>
      layers.splice(
        layers.findIndex(({ id }) => id === before),
        0,
        layer,
      ),
    setLayoutProperty: (id: string, _name: string, value: string) => (visible[id] = value),
    setPaintProperty: () => undefined,
    on: (name: string, hear: (event: object) => void) => heard.set(name, (heard.get(name) ?? new Set()).add(hear)),
    off: (name: string, hear: (event: object) => void) => heard.get(name)?.delete(hear),
  };
  const fire = (name: string, event: object = {}) => act(() => heard.get(name)?.forEach((hear) => hear(event)));
  return { map: map as unknown as MapLibre, layers, sources, visible, fire, heard };
}

const SAID = {
  tiles: 'https://t0.tianditu.gov.cn/vec/{z}/{x}/{y}',
  labels: 'https://t0.tianditu.gov.cn/cva/{z}/{x}/{y}',
  largestZoom: 17,
  attribution: '天地图',
  approvalNumber: 'GS(2024)0568号',
};
const CREDIT = '底图：天地图 审图号：GS(2024)0568号';
const SILENT = /底图服务没有应答/;

function Held({ map, labels = SAID.labels }: { map: MapLibre; labels?: string | null }) {
  const [wanted, setWanted] = useState({ isOn: true, hasLabels: true });
  return <BaseMapTools {...SAID} labels={labels} map={map} wanted={wanted} onWanted={setWanted} />;
}

describe('a base map', () => {
  it('lies beneath the grids with its names, each with its switch, and says whose it is while it is seen', async () => {
    const { map, layers, sources, visible } = fakeMap();
    renderPage(<Held map={map} />);
    expect(layers.map(({ id }) => id)).toEqual(['land', 'base-tiles', 'base-labels', 'grid-fill', 'names']);
    expect(sources['base-tiles']).toMatchObject({ type: 'raster', tiles: [SAID.tiles], maxzoom: 17 });
    screen.getByText(CREDIT);
    await userEvent.click(screen.getByRole('switch', { name: '底图注记' }));
    expect(visible).toEqual({ 'base-tiles': 'visible', 'base-labels': 'none' });
    await userEvent.click(screen.getByRole('switch', { name: '底图' }));
    expect(visible).toEqual({ 'base-tiles': 'none', 'base-labels': 'none' });
    expect(screen.queryByText(CREDIT)).toBeNull();
    expect(layers).toHaveLength(5);
  });

  it('without names of its own has one switch', () => {
    const { map, layers } = fakeMap();
    renderPage(<Held map={map} labels={null} />);
    expect(screen.getAllByRole('switch')).toHaveLength(1);
    expect(layers.map(({ id }) => id)).not.toContain('base-labels');
  });
});

describe('a service that does not answer', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('is said, and no more once tiles come', () => {
    const { map, visible, fire } = fakeMap();
    renderPage(<Held map={map} />);
    fire('error', { sourceId: 'grids' });
    expect(screen.queryByText(SILENT)).toBeNull();
    fire('error', { sourceId: 'base-tiles' });
    screen.getByText(SILENT);
    expect(visible['base-tiles']).toBe('visible');
    fire('sourcedata', { sourceId: 'base-tiles', tile: { state: 'loaded' } });
    expect(screen.queryByText(SILENT)).toBeNull();
  });

  it('and says nothing at all is taken off, so that nothing waits for it, until somebody tries again', () => {
    const { map, visible, fire, heard } = fakeMap();
    const { unmount } = renderPage(<Held map={map} />);
    fire('sourcedataloading', { sourceId: 'base-tiles' });
    fire('idle');
    act(() => vi.advanceTimersByTime(PATIENCE_MS));
    expect(visible['base-tiles']).toBe('visible');
    fire('sourcedataloading', { sourceId: 'base-tiles' });
    act(() => vi.advanceTimersByTime(PATIENCE_MS));
    expect(visible['base-tiles']).toBe('none');
    screen.getByText(SILENT);
    expect(screen.queryByText(CREDIT)).toBeNull();
    act(() => screen.getByRole('switch', { name: '底图注记' }).click());
    expect(visible['base-tiles']).toBe('visible');
    unmount();
    expect([...heard.values()].every((hearers) => hearers.size === 0)).toBe(true);
  });
});

it('tiles of others are asked for without cookies and without a header of ours', () => {
  const own = 'https://yunge.bank';
  expect(requestFor(`${own}/tiles/1`, own)).toMatchObject({ headers: { 'X-Yunge': '1' }, credentials: 'same-origin' });
  expect(requestFor('/tiles/1', own).headers).toEqual({ 'X-Yunge': '1' });
  for (const url of ['https://t0.tianditu.gov.cn/1', 'https://yunge.bank.evil.cn/1', 'http://yunge.bank/1'])
    expect(requestFor(url, own)).toEqual({ url });
});

describe('the form of a base map', () => {
  const KIND = { type: 'RULE', unit: '', allowed: [] };

  function Form({ onText }: { onText: (text: string) => void }) {
    const [text, setText] = useState(() => fieldText({}, KIND));
    return (
      <BaseMapFields
        text={text}
        onText={(next) => {
          setText(next);
          onText(next);
        }}
      />
    );
  }

  it('is filled in for 天地图 but for key and 审图号, leaves out what is empty, and can be emptied', () => {
    let value: unknown;
    render(<Form onText={(text) => (value = readValue(text, KIND))} />);
    fireEvent.click(screen.getByRole('button', { name: '填入天地图' }));
    expect(value).toMatchObject({ datum: 'CGCS2000', attribution: '天地图', largest_zoom: 18 });
    expect(Object.keys(value as object)).not.toContain('approval');
    fireEvent.change(screen.getByLabelText('最大级别'), { target: { value: '' } });
    fireEvent.change(screen.getByLabelText('密钥'), { target: { value: 'a1' } });
    fireEvent.change(screen.getByLabelText('坐标系'), { target: { value: 'GCJ02' } });
    expect(value).toMatchObject({ key: 'a1', datum: 'GCJ02' });
    expect(Object.keys(value as object)).not.toContain('largest_zoom');
    fireEvent.click(screen.getByRole('button', { name: '不用底图' }));
    expect(value).toEqual({});
  });
});
