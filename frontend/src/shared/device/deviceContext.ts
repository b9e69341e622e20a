import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Device } from './device';
import type { View } from './view';

export const DeviceContext = createContext<Device | null>(null);

export function useDevice(): Device {
  const device = useContext(DeviceContext);
  if (!device) throw new Error('useDevice is only for pages inside a DeviceRoot');
  return device;
}

export function useDeviceView(): View {
  const { view } = useDevice();
  return useSyncExternalStore(view.subscribe, view.now);
}
