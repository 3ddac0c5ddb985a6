// As an application has it whose server is elsewhere during development.
const target = process.env.SERVER;

export default {
  base: './',
  logLevel: 'info',
  server: { proxy: { '/dev': target, '/mqtt': { target, ws: true } } },
};
