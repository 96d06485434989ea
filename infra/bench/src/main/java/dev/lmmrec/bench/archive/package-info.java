/** The zip of the scoring function that starts fast: jars alone, native libraries unpacked, classes archived. */
package dev.lmmrec.bench.archive;
