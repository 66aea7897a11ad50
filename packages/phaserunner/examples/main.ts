import { coffee } from './coffee.ts';

process.exitCode = await coffee(process.argv.slice(2));
