import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vitest/config";

// The same sources give the same bytes: names come from content, and nothing of the machine is in them.
export default defineConfig({
  plugins: [vue()],
  build: {
    outDir: "../static",
    emptyOutDir: true,
    sourcemap: false,
    target: "es2022",
    modulePreload: { polyfill: false },
    // The content security policy allows no data: scripts or fonts; small files stay files.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 700,
    rollupOptions: { input: ["index.html", "docs.html"] },
  },
  server: {
    proxy: {
      "/api": "http://127.0.0.1:8866",
      "/openapi.json": "http://127.0.0.1:8866",
      "/ws": { target: "ws://127.0.0.1:8866", ws: true },
    },
  },
  test: { include: ["tests/**/*.test.ts"] },
});
