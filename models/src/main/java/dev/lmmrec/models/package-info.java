/**
 * The artefact contract: what training hands to serving, as files in a directory that never change once written, and
 * the repository of versions with the pointer to the promoted one. Knows nothing of how models are trained or run.
 */
package dev.lmmrec.models;
