/** How long whole requests take on the local deployment: under load, while artefacts change, and from a cold start. */
package dev.lmmrec.bench.serving;
