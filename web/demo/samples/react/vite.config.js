import react from '@vitejs/plugin-react';

// The server of calls, during development: scripts/start.
const target = process.env.CALL_SERVER ?? 'http://localhost:8080';

export default {
  base: './',
  plugins: [react()],
  server: { proxy: { '/dev': target, '/mqtt': { target, ws: true } } },
};
