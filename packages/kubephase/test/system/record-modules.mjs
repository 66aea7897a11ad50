/** Given to Node.js with `--import`: writes the URL of every module that is loaded to the file named by RECORD_MODULES. */
import { register } from 'node:module';

register(
  `data:text/javascript,${encodeURIComponent(`
    import { appendFileSync } from 'node:fs';
    export async function resolve(specifier, context, next) {
      const found = await next(specifier, context);
      appendFileSync(process.env.RECORD_MODULES, found.url + '\\n');
      return found;
    }
  `)}`,
);
