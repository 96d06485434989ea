/** The extractor that needs no network: a reader of the room {@code reading} behind the port. */
package dev.lmmrec.extraction.extractor.embedded;
