export function permissionsOf(sdl: string): string[];
export function permissionType(sdl: string): string;
export function mapMeasureType(sdl: string): string;
