import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  resolve: { conditions: ['@funnelwatch/source', 'module', 'browser', 'development|production'] },
  server: {
    host: '127.0.0.1',
    port: 4401,
    proxy: { '/api': { target: 'http://127.0.0.1:4400', changeOrigin: true } },
  },
  build: {
    target: 'es2022',
    // A data: URL would need its own permission in the content security policy.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
  },
});
