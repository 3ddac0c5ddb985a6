import vue from '@vitejs/plugin-vue';

// The server of calls, during development: scripts/start.
const target = process.env.CALL_SERVER ?? 'http://localhost:8080';

export default {
  base: './',
  plugins: [vue()],
  server: { proxy: { '/dev': target, '/mqtt': { target, ws: true } } },
};
