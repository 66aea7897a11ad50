/** Property tests draw other values in every run, but in CI: what landed once must not fail there by chance. */
import { configureGlobal } from 'fast-check';

if (process.env['CI'] === 'true' && process.env['KUBEPHASE_FUZZ_RUNS'] === undefined) configureGlobal({ seed: 20_261_122 });
