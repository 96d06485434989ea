/**
 * What a run is to do, written down: one YAML file says which data, models, seeds and effort. Reading finds every
 * mistake of form, checking every mistake of meaning, and both say where it is and what is allowed. Nothing is run
 * here.
 */
package dev.lmmrec.training.configuration;
