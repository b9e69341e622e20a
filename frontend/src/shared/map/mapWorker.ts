// A worker is a world of its own: it gets what older browsers lack, and syntax that they read.
import '../olderBrowsers';
import 'maplibre-gl/dist/maplibre-gl-worker.mjs';
