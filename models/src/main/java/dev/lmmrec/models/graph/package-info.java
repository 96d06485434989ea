/** The graph over an artefact's item vectors along which an approximate search walks: built, written, mapped. */
package dev.lmmrec.models.graph;
