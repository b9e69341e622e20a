import { fileURLToPath, URL } from 'node:url';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';
import relay from 'vite-plugin-relay';
import { packed } from './scripts/packed.ts';

const api = process.env.YUNGE_API ?? 'http://127.0.0.1:8000';
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** In development the phone's routes answer with the phone's page, as `api/spa.py` does in production. */
function phoneRoutes(): Plugin {
  return {
    name: 'yunge-phone-routes',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        if (/^\/h5(\/[^.]*)?(\?|$)/.test(request.url ?? '')) request.url = '/h5.html';
        next();
      });
    },
  };
}

export default defineConfig({
  base: '/',
  plugins: [relay, phoneRoutes(), packed()],
  resolve: { alias: { '@': here('./src') } },
  server: {
    proxy: { '/graphql': api, '/tiles': api, '/uploads': api, '/files': api, '/imports': api, '/exports': api },
  },
  // MapLibre starts its worker as a module, and says of it that it does nothing by being imported.
  worker: { format: 'es', rollupOptions: { treeshake: false } },
  build: {
    outDir: 'dist',
    manifest: true,
    sourcemap: false,
    target: ['es2020', 'chrome87', 'safari14'],
    // The map is one lazy chunk that is large by nature; tests/budgets.test.ts holds what matters.
    chunkSizeWarningLimit: 1400,
    rollupOptions: {
      input: { desk: here('./index.html'), h5: here('./h5.html') },
      onwarn(warning, warn) {
        // antd marks every module for React's servers; there is none here.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  test: {
    environment: 'jsdom',
    include: ['tests/**/*.test.{ts,tsx}'],
    setupFiles: ['tests/setup.ts'],
    restoreMocks: true,
    // Files share one loaded antd: half the time. `setup.ts` puts back whatever a test may have changed.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 20_000,
    // A store that another file opened may wait for setImmediate: faked, it would wait for ever.
    fakeTimers: { toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] },
  },
});
